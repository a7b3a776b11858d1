import {
  type LaunchAnswer,
  LaunchForecaster,
  type LaunchRequest,
  launchAnswerSchema,
  launchRequestSchema,
} from '@crossparcel/demand';
import { DemandReference } from '@crossparcel/files';
import type { RecordCommand } from '../conventions/batch-answerer.ts';
import { levelsOption } from './forecast-levels.ts';

/** `crossparcel forecast launch`: what a new product will sell in eight weeks, from its first days. */
export const forecastLaunch: RecordCommand<LaunchRequest, LaunchAnswer> = {
  name: 'forecast launch',
  summary: 'what a new product will sell in the next eight weeks, from the order lines of its first days',
  input: launchRequestSchema,
  output: launchAnswerSchema,
  columns: ['id', 'horizonDays', 'quantiles'],
  options: [{ flags: '--levels <levels>', description: 'levels of the quantiles; 0.1,0.5,0.9 when left out' }],
  prepare({ levels = '0.1,0.5,0.9' }) {
    const forecaster = new LaunchForecaster(new DemandReference().demandModels().launch);
    const asked = levelsOption(levels);
    return (request) => forecaster.answer(request, asked);
  },
};
