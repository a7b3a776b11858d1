import {
  type SpikeAnswer,
  SpikeForecaster,
  type SpikeRequest,
  spikeAnswerSchema,
  spikeRequestSchema,
} from '@crossparcel/demand';
import { DemandReference } from '@crossparcel/files';
import type { RecordCommand } from '../conventions/batch-answerer.ts';
import { levelsOption } from './forecast-levels.ts';

/** `crossparcel spike`: what a post, video or launch comes to by a horizon, from its first readings. */
export const spike: RecordCommand<SpikeRequest, SpikeAnswer> = {
  name: 'spike',
  summary: 'what a post, video or launch comes to, from its first readings',
  input: spikeRequestSchema,
  output: spikeAnswerSchema,
  columns: ['id', 'state', 'observed', 'median', 'quantiles'],
  options: [{ flags: '--levels <levels>', description: 'levels of the quantiles; 0.1,0.5,0.9 when left out' }],
  prepare({ levels = '0.1,0.5,0.9' }) {
    const { rules, ...models } = new DemandReference().spikeModels();
    const forecaster = new SpikeForecaster(models, rules);
    const asked = levelsOption(levels);
    return (request) => forecaster.answer(request, asked);
  },
};
