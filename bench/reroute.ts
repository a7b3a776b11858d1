import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Reference } from '@crossparcel/files';
import { DelayHistory, LivePolicy } from '@crossparcel/transport';
import type { LiveEvent, LiveScenario } from '../packages/transport/src/repair/live/protocol.ts';
import { nextAvailable } from '../packages/transport/src/repair/live/test/next-available.ts';
import {
  type Outcome,
  type Policy,
  type Practice,
  practiceHistory,
  practiceOf,
  Simulation,
} from '../packages/transport/src/repair/live/test/practice.ts';
import type { Contest, Done } from './contest.ts';

const SEEDS = 12;

/** A recorded scenario with its costs of knowing everything and of never planning again. */
interface Recorded extends Practice {
  readonly bound: { readonly cost_usd: number };
  readonly baselines: { readonly static: { readonly cost_usd: number } };
}

const recorded = (): Recorded[] => {
  const folder = fileURLToPath(new URL('../../shared/data/flights/practice/', import.meta.url));
  if (!existsSync(folder)) return [];
  return ['P1', 'P2', 'P3'].map((name) => {
    const { events, bound, baselines, ...scenario } = JSON.parse(
      readFileSync(`${folder}${name}.json`, 'utf8'),
    ) as LiveScenario & Recorded & { events: LiveEvent[] };
    const landed = new Map(
      events.flatMap(({ type, f, v }) => (type === 'ARR' || type === 'ICNX' ? [[f, v ?? 0]] : [])),
    );
    const ready = new Map(
      scenario.shipments.map(({ id, inbound = '', ready: planned }) => [
        id,
        Math.max(planned, landed.get(inbound) ?? 0),
      ]),
    );
    return { scenario, events, ready, bound, baselines };
  });
};

const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

/** Plays scenarios, tells once what they came to, and how long each answer took. */
const player = (
  name: string,
  practices: readonly Practice[],
  policyOf: (scenario: LiveScenario) => Policy,
  tell: (outcomes: readonly Outcome[]) => string,
) => {
  let told = false;
  return {
    name,
    run: async (): Promise<Done> => {
      const timesMs: number[] = [];
      const outcomes = practices.map((practice) => {
        const policy = policyOf(practice.scenario);
        const timed: Policy = (message) => {
          const started = performance.now();
          const reply = policy(message);
          timesMs.push(performance.now() - started);
          return reply;
        };
        return new Simulation(practice).run(timed);
      });
      if (!told) process.stdout.write(`${name}: ${tell(outcomes)}\n`);
      told = true;
      return { amount: timesMs.length, timesMs };
    },
  };
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const plain = (outcomes: readonly Outcome[]): string => {
  const usd = sum(outcomes.map((one) => one.usd));
  const onTime = share(sum(outcomes.map(({ onTimeKg }) => onTimeKg)), sum(outcomes.map(({ kg }) => kg)));
  const refused = outcomes.flatMap((one) => one.refused).length;
  return `${usd.toFixed(0)} USD, ${onTime} on time, ${sum(outcomes.map(({ moves }) => moves))} moves, ${refused} refused`;
};

/** The same with the share of what knowing everything would save that is saved, on average. */
const besideBound =
  (practices: readonly Recorded[]) =>
  (outcomes: readonly Outcome[]): string => {
    const recovered = outcomes.map(({ usd }, index) => {
      const { bound, baselines } = practices[index] as Recorded;
      return (baselines.static.cost_usd - usd) / (baselines.static.cost_usd - bound.cost_usd);
    });
    return `${plain(outcomes)}, ${(sum(recovered) / recovered.length).toFixed(3)} of the avoidable cost recovered`;
  };

const live = (history: DelayHistory) => (scenario: LiveScenario) => {
  const policy = new LivePolicy(scenario, history, new Reference().liveSettings());
  return (message: Parameters<Policy>[0]) => (message.type === 'init' ? policy.first() : policy.answer(message));
};

/** Live repair beside what is done where nobody plans again; cost and punctuality are told above the times. */
export const contests = async (): Promise<Contest[]> => {
  const madeUp = Array.from({ length: SEEDS }, (_, index) => practiceOf(index + 1));
  const practices = recorded();
  const made: Contest = {
    title: `${SEEDS} made-up scenarios of three days, 28 flights and 36 shipments`,
    unit: 'answers/s',
    contestants: [
      player('live repair', madeUp, live(new DelayHistory(practiceHistory)), plain),
      player('next available flight', madeUp, nextAvailable, plain),
    ],
  };
  if (practices.length === 0) return [made];
  const history = new DelayHistory(new Reference().delayHistory());
  const real: Contest = {
    title: 'three recorded windows of five days, days that the history leaves out',
    unit: 'answers/s',
    contestants: [
      player('live repair', practices, live(history), besideBound(practices)),
      player('next available flight', practices, nextAvailable, besideBound(practices)),
    ],
  };
  return [made, real];
};
