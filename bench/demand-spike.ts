import { SpikeForecaster, type SpikeRequest, SpikeWatch } from '@crossparcel/demand';
import { DemandReference } from '@crossparcel/files';
import { generatorOf } from '@crossparcel/numerics';
import type { Contest } from './contest.ts';

const SHARES = 10_000;
const UPDATES = 200;
const DAY = 86_400;
const HORIZON = 7 * DAY;
const LEVELS = new Map([0.1, 0.5, 0.9].map((level) => [String(level), level]));

/** Shares of one post over a day, ever more slowly, with followers over four powers of ten. */
const drawShares = (): [number, number][] => {
  const random = generatorOf(4);
  return Array.from({ length: SHARES }, (_, at) => [
    DAY * (at / SHARES) ** 2,
    at === 0 ? 1e6 : 10 ** (1 + 4 * random.unit()),
  ]);
};

/** A new share of a post with many, and the size, path and state by then: as it comes, and by reading all again. */
export const spikeContest = (): Contest => {
  const { rules, ...models } = new DemandReference().spikeModels();
  const forecaster = new SpikeForecaster(models, rules);
  const events = drawShares();
  const request: SpikeRequest = { id: 'P', kind: 'shares', observedUntil: DAY, horizon: HORIZON, events };
  const sound = (answer: { readonly ok: boolean }): void => {
    if (!answer.ok) throw new Error('no answer');
  };
  return {
    title: `a share of a post with ${SHARES.toLocaleString('en-US')}, then its size, path and state (1 ms an update is 1,000/s)`,
    unit: 'updates/s',
    contestants: [
      {
        name: 'crossparcel, share by share',
        run: () => {
          const watch = new SpikeWatch(forecaster, request);
          for (let update = 1; update <= UPDATES; update += 1) {
            watch.event(DAY + update, 500);
            sound(watch.answer(HORIZON, LEVELS));
          }
          return UPDATES;
        },
      },
      {
        name: 'crossparcel, reading all again (10 updates)',
        run: () => {
          for (let update = 1; update <= 10; update += 1) sound(forecaster.answer(request, LEVELS));
          return 10;
        },
      },
    ],
  };
};
