import type { House } from './house.ts';
import { forgetOld } from './http/idempotency.ts';
import { makePlacements } from './placement/placing.ts';
import { makePlans } from './plans/planning.ts';
import { relayOutbox } from './webhooks/deliver.ts';

/** How long each worker rests when it found nothing to do, in milliseconds. */
const SEQUENCE_MS = 1000;
const RELAY_MS = 500;
const PLAN_MS = 1000;
const TIDY_MS = 3_600_000;
const JOB_POLL_SECONDS = 2;

interface Loop {
  stop(): Promise<void>;
}

/** Does a round of work again and again; a round that fails is logged and tried again. */
const loop = (house: House, name: string, restMs: number, round: (stopping: AbortSignal) => Promise<boolean>): Loop => {
  const stopping = new AbortController();
  let wake = (): void => undefined;
  const run = async () => {
    while (!stopping.signal.aborted) {
      const foundWork = await round(stopping.signal).catch((error: unknown) => {
        house.metrics.failures.inc({ worker: name });
        house.log.error({ err: error, worker: name }, 'round failed');
        return false;
      });
      if (foundWork || stopping.signal.aborted) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, restMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const ended = run();
  return {
    stop: async () => {
      stopping.abort();
      wake();
      await ended;
    },
  };
};

/** Workers of an installation: they sequence and sign the log, relay the outbox, and do jobs. */
export const startWorkers = async (house: House): Promise<Loop> => {
  await house.jobs.work(JOB_POLL_SECONDS);
  const loops = [
    loop(house, 'sequencer', SEQUENCE_MS, async () => {
      house.metrics.sequenced.inc(await house.sequencer.run());
      return false;
    }),
    loop(house, 'relay', RELAY_MS, async () => {
      const relayed = await relayOutbox(house.database, house.jobs);
      house.metrics.relayed.inc(relayed);
      return relayed > 0;
    }),
    loop(house, 'planning', PLAN_MS, async () => (await makePlans(house.database, house.atlas)) > 0),
    loop(house, 'placement', PLAN_MS, async (stopping) => (await makePlacements(house.database, stopping)) > 0),
    loop(house, 'tidying', TIDY_MS, async () => {
      await forgetOld(house.database);
      await house.database.tidy();
      return false;
    }),
  ];
  return {
    stop: async () => {
      await Promise.all(loops.map((one) => one.stop()));
    },
  };
};
