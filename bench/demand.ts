import { readFile } from 'node:fs/promises';
import init, { AutoETS } from '@bsull/augurs/ets';
import { compileBaseline, Forecaster, modelFor } from '@crossparcel/demand';
import { DemandReference } from '@crossparcel/files';
import { generatorOf } from '@crossparcel/numerics';
import type { Contest } from './contest.ts';
import { spikeContest } from './demand-spike.ts';

const SERIES = 2000;
const POINTS = 100;
const HORIZON = 8;
const WEEKS_PER_YEAR = 365.25 / 7;
/** Series that the peer answers in a round. */
const PEER_SERIES = 50;
const LEVELS = [0.1, 0.5, 0.9];
const CLAIM = 0.8;

/** Lumpy weekly demand: rates and shares of weeks without demand differ by series. */
const drawSeries = (): number[][] => {
  const random = generatorOf(1);
  return Array.from({ length: SERIES }, () => {
    const rate = Math.exp(3 * random.unit());
    const idle = 0.8 * random.unit();
    return Array.from({ length: POINTS }, () =>
      random.unit() < idle ? 0 : Math.round(-rate * Math.log(1 - random.unit())),
    );
  });
};

/** Forecasts with quantiles, eight weeks ahead, of a whole file at once. */
export const contests = async (): Promise<Contest[]> => {
  // Its own loading fetches a file, which Node does not: it gets the bytes.
  const wasm = new URL('./ets_bg.wasm', import.meta.resolve('@bsull/augurs/ets'));
  await init({ module_or_path: await readFile(wasm) });
  const series = drawSeries();
  const model = modelFor(new DemandReference().demandModels().baseline.map(compileBaseline), WEEKS_PER_YEAR);
  return [
    {
      title: `${SERIES.toLocaleString('en-US')} series of ${POINTS} points, ${HORIZON} steps with quantiles, one core`,
      unit: 'series/s',
      contestants: [
        {
          name: 'crossparcel, weights and shape of intervals learned from the file',
          run: () => {
            const forecaster = new Forecaster(model, { perYear: WEEKS_PER_YEAR, horizon: HORIZON }, series);
            let sum = 0;
            for (const values of series)
              for (const { curve } of forecaster.forecast(values)) for (const level of LEVELS) sum += curve.at(level);
            if (!(sum > 0)) throw new Error('nothing forecast');
            return SERIES;
          },
        },
        {
          name: `augurs AutoETS, intervals of 80 % (${PEER_SERIES} series)`,
          run: () => {
            for (const values of series.slice(0, PEER_SERIES)) {
              const ets = new AutoETS(1, 'ZZN');
              ets.fit(values);
              ets.predict(HORIZON, CLAIM);
            }
            return PEER_SERIES;
          },
        },
      ],
    },
    spikeContest(),
  ];
};
