import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type Assignment,
  type CapacityConsignment,
  type CapacityLeg,
  CapacityModel,
  type CapacityProblem,
} from '@crossparcel/transport';
import { madeUpProblem } from './capacity-instance.ts';
import { relaxedFromScratch } from './capacity-peer.ts';
import type { Contest, Done } from './contest.ts';

const NANOS = 1_000_000_000;
const KG = 1000;
const CUSTOMS_MIN = 420;
/** Flights cancelled one after the other: those with the dearest load by their bid prices. */
const CANCELLED = 8;

/** A practice scenario of the shared data, as far as it is read here. */
interface Practice {
  readonly flights: readonly {
    readonly id: string;
    readonly std: number;
    readonly cutoff: number;
    readonly cap: number;
    readonly ports: readonly {
      readonly port: string;
      readonly lane: string;
      readonly mins: number;
      readonly rate: number;
    }[];
  }[];
  readonly shipments: readonly {
    readonly id: string;
    readonly lane: string;
    readonly kg: number;
    readonly cluster: string;
    readonly ready: number;
    readonly due: number;
  }[];
  readonly inject: Readonly<Record<string, readonly [number, number]>>;
}

const nanos = (price: number): number => Math.round(price * NANOS);

const pathsOf = ({ lane, cluster, ready }: Practice['shipments'][number], { flights, inject }: Practice) =>
  flights.flatMap(({ std, cutoff, ports }, leg) =>
    ready > std - cutoff
      ? []
      : ports.flatMap(({ port, lane: to, mins, rate }) => {
          const truck = to === lane ? inject[`${port}>${cluster}`] : undefined;
          if (!truck) return [];
          return [{ legs: [leg], otherPerKg: nanos(rate + truck[0]), arrives: std + mins + CUSTOMS_MIN + truck[1] }];
        }),
  );

/** The shipments and flights of a practice scenario by the timetable, each shipment whole; undefined without shared data. */
const practiceProblem = (): CapacityProblem | undefined => {
  const file = fileURLToPath(new URL('../../shared/data/flights/practice/P1.json', import.meta.url));
  if (!existsSync(file)) return undefined;
  const practice = JSON.parse(readFileSync(file, 'utf8')) as Practice;
  const legs = practice.flights.map(({ id, cap, std, ports }): CapacityLeg => {
    return { id, capacityGrams: cap * KG, pricePerKg: 0, day: Math.floor(std / 1440), gateway: ports[0]?.port ?? '' };
  });
  const consignments = practice.shipments.map((shipment): CapacityConsignment => {
    return {
      id: shipment.id,
      massGrams: shipment.kg * KG,
      pieces: 1,
      due: shipment.due,
      latePerKg: nanos(0.4),
      latePerKgDay: nanos(0.6),
      unflownPerKg: nanos(12),
      paths: pathsOf(shipment, practice),
    };
  });
  return { currency: 'USD', legs, consignments };
};

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

const figures = ({ costs, bound, relaxed }: Assignment): string =>
  `cost ${(costs.total / 100).toFixed(0)} USD, ${percent((costs.total - bound) / bound)} above the bound ${(bound / 100).toFixed(0)} (linear program ${(relaxed / 100).toFixed(0)})`;

const times = (work: () => void): Done => {
  const started = performance.now();
  work();
  return { amount: 1, timesMs: [performance.now() - started] };
};

const contestsOn = async (name: string, problem: CapacityProblem): Promise<Contest[]> => {
  const model = await CapacityModel.open(problem);
  const first = model.assign();
  const paths = problem.consignments.reduce((sum, one) => sum + one.paths.length, 0);
  const size = `${problem.consignments.length} consignments, ${paths} paths, ${problem.legs.length} legs`;
  const dear = first.legs
    .map(({ usedGrams, bidPerKg }, leg) => ({ leg, worth: usedGrams * bidPerKg }))
    .sort((one, other) => other.worth - one.worth)
    .slice(0, CANCELLED);
  const cancel = (): { done: Done; last: Assignment } => {
    let last = first;
    const timesMs = dear.map(({ leg }) => {
      const started = performance.now();
      model.change([{ kind: 'room', leg, capacityGrams: 0 }]);
      last = model.reassign();
      return performance.now() - started;
    });
    const restored = dear.map(({ leg }) => {
      return { kind: 'room' as const, leg, capacityGrams: problem.legs[leg]?.capacityGrams ?? 0 };
    });
    const started = performance.now();
    model.change(restored);
    model.reassign();
    timesMs.push(performance.now() - started);
    return { done: { amount: timesMs.length, timesMs }, last };
  };
  const peer = await relaxedFromScratch(problem);
  const after = cancel().last;
  return [
    {
      title: `assigned, ${name}: ${size}\n  ${figures(first)}; peer's linear program ${(peer() / 100).toFixed(0)}`,
      unit: 'times/s',
      contestants: [
        {
          name: 'crossparcel: whole, with bound and bid prices',
          run: async () => {
            const started = performance.now();
            const fresh = await CapacityModel.open(problem);
            fresh.assign();
            fresh.dispose();
            return { amount: 1, timesMs: [performance.now() - started] };
          },
        },
        { name: 'bound: HiGHS from scratch, the linear program alone', run: async () => times(() => peer()) },
      ],
    },
    {
      title: `assigned again after each of ${CANCELLED} cancellations and when all fly again, ${name}\n  after the last cancellation: ${figures(after)}`,
      unit: 'times/s',
      contestants: [
        { name: 'crossparcel: kept', run: async () => cancel().done },
        { name: 'bound: HiGHS from scratch, the linear program alone', run: async () => times(() => peer()) },
      ],
    },
  ];
};

/** Capacity: shipments to flights beside the linear program alone, anew and after cancellations. */
export const contests = async (): Promise<Contest[]> => {
  const size = { legs: 20_000, consignments: 5000, parcels: 100_000, paths: 12 };
  const practice = practiceProblem();
  return [
    ...(await contestsOn(
      'a made-up week, 100,000 parcels, goods fill 3 % of all room',
      madeUpProblem(1, { ...size, load: 0.03 }),
    )),
    ...(await contestsOn('the same network twice as full', madeUpProblem(2, { ...size, load: 0.06 }))),
    ...(practice ? await contestsOn('practice scenario P1 by its timetable', practice) : []),
  ];
};
