import { median } from '@crossparcel/numerics';

/** Something that is timed: does its work once and says how much of it there was. */
export interface Contestant {
  readonly name: string;
  run(): Promise<number> | number;
}

/** One question of a benchmark: ours first, then peers or bounds, all measured in the same run. */
export interface Contest {
  readonly title: string;
  readonly unit: string;
  readonly contestants: readonly Contestant[];
}

const measure = async (contestant: Contestant): Promise<number> => {
  const started = performance.now();
  const amount = await contestant.run();
  return (amount * 1000) / (performance.now() - started);
};

const figure = (rate: number): string => Math.round(rate).toLocaleString('en-US');

/**
 * Runs the contestants in turn, several rounds, each round beginning with another one, and gives medians of their rates
 * and of the ratio to the first within a round, so that a busy moment of the machine hits all of them.
 */
export const hold = async ({ title, unit, contestants }: Contest, rounds: number): Promise<string> => {
  const rates = contestants.map((): number[] => []);
  for (const contestant of contestants) await contestant.run();
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const index = (round + turn) % contestants.length;
      rates[index]?.push(await measure(contestants[index] as Contestant));
    }
  }
  const lines = contestants.map(({ name }, index) => {
    const own = rates[index] ?? [];
    const ratio = median(own.map((rate, round) => rate / (rates[0]?.[round] ?? rate)));
    return `  ${name.padEnd(44)} ${figure(median(own)).padStart(14)} ${unit}   ${ratio.toFixed(2)}x\n`;
  });
  return `${title}\n${lines.join('')}`;
};
