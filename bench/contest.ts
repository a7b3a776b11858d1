import { median } from '@crossparcel/numerics';

/** What a contestant did in one round: how much, and how long each piece took to be answered where that is asked. */
export interface Done {
  readonly amount: number;
  readonly timesMs?: readonly number[];
}

/** Something that is timed: does its work once and says how much of it there was. */
export interface Contestant {
  readonly name: string;
  run(): Promise<number | Done> | number;
}

/** One question of a benchmark: ours first, then peers or bounds, all measured in the same run. */
export interface Contest {
  readonly title: string;
  readonly unit: string;
  readonly contestants: readonly Contestant[];
}

const measure = async (contestant: Contestant): Promise<{ rate: number; timesMs: readonly number[] }> => {
  const started = performance.now();
  const done = await contestant.run();
  const tookMs = performance.now() - started;
  const { amount, timesMs = [] } = typeof done === 'number' ? { amount: done } : done;
  return { rate: (amount * 1000) / tookMs, timesMs };
};

const figure = (rate: number): string => Math.round(rate).toLocaleString('en-US');

/** The 50th and 99th percentile (nearest rank) of times in milliseconds. */
const percentiles = (times: readonly number[]): string => {
  if (times.length === 0) return '';
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN).toFixed(0);
  return `   p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
};

/**
 * Runs the contestants in turn, several rounds, each round beginning with another one, and gives medians of their rates
 * and of the ratio to the first within a round, so that a busy moment of the machine hits all of them.
 */
export const hold = async ({ title, unit, contestants }: Contest, rounds: number): Promise<string> => {
  const rates = contestants.map((): number[] => []);
  const times = contestants.map((): number[] => []);
  for (const contestant of contestants) await contestant.run();
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const index = (round + turn) % contestants.length;
      const { rate, timesMs } = await measure(contestants[index] as Contestant);
      rates[index]?.push(rate);
      for (const time of timesMs) times[index]?.push(time);
    }
  }
  const lines = contestants.map(({ name }, index) => {
    const own = rates[index] ?? [];
    const ratio = median(own.map((rate, round) => rate / (rates[0]?.[round] ?? rate)));
    return `  ${name.padEnd(52)} ${figure(median(own)).padStart(12)} ${unit}   ${ratio.toFixed(2)}x${percentiles(times[index] ?? [])}\n`;
  });
  return `${title}\n${lines.join('')}`;
};
