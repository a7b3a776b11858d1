import { type TruncatedLogistic, truncatedChance, truncatedQuantile } from '@crossparcel/numerics';
import * as z from 'zod';
import { between } from './cell-grid.ts';
import { SPIKE_LEVELS } from './span.ts';

const lineSchema = z.object({
  offset: z.number(),
  slopes: z.array(z.number()),
  /** Of the logistic distribution around the line. */
  scale: z.number().positive(),
  /** Where each of `SPIKE_LEVELS` lies in that distribution. */
  levels: z.array(z.number().gt(0).lt(1)).length(SPIKE_LEVELS.length),
  /** The log of the smallest total that the line gave to what it was learned from. */
  smallest: z.number(),
});

/** Lines through growths to the last horizon, an age each, learned from what came to a least total. */
export const truncatedLinesSchema = z.object({
  ages: z.array(z.number().positive()).min(1),
  lines: z.array(lineSchema),
});
export type TruncatedLinesRecord = z.infer<typeof truncatedLinesSchema>;

/** What a line is asked for: features, the age, the log of what was seen, and of the least total learned from. */
export interface TruncatedQuestion {
  readonly features: readonly number[];
  readonly age: number;
  readonly seen: number;
  readonly least: number;
}

/** The lines hold for so many of their scales below the smallest total that they learned from, and fade out over so many more. */
const BELOW = 1;
const FADE = 3;

/**
 * Lines whose answers hold for what comes to a least total, as all that they were learned from did (truncated regression,
 * Hausman and Wise 1977). All answers are blended between the nearest ages.
 */
export class TruncatedLines {
  readonly #record: TruncatedLinesRecord;
  readonly #logAges: readonly number[];

  constructor(record: TruncatedLinesRecord) {
    this.#record = record;
    this.#logAges = record.ages.map(Math.log);
  }

  /** Growths in logarithms, by level. */
  growths(question: TruncatedQuestion): number[] {
    return SPIKE_LEVELS.map((_, at) =>
      this.#blended(question, (around, { levels }) => truncatedQuantile(levels[at] as number, around)),
    );
  }

  /** What it comes to where nothing is known of its end, as the median growth, and how likely that is the least total. */
  alone(question: TruncatedQuestion): { growth: number; chance: number } {
    const growth = this.#blended(question, ({ middle }) => middle);
    return { growth: Math.max(0, growth), chance: this.#blended(question, truncatedChance) };
  }

  /** 1 for what grows to about as much as anything learned from did, less than that from there on down to 0. */
  share(question: TruncatedQuestion): number {
    return this.#blended(question, ({ middle, scale }, { smallest }) =>
      Math.min(1, Math.max(0, 1 + ((middle + question.seen - smallest) / scale + BELOW) / FADE)),
    );
  }

  #blended(
    { features, age, seen, least }: TruncatedQuestion,
    answer: (around: TruncatedLogistic, line: TruncatedLinesRecord['lines'][number]) => number,
  ): number {
    const [row, onward] = between(this.#logAges, Math.log(age));
    let sum = 0;
    for (const [step, weight] of [1 - onward, onward].entries()) {
      const line = this.#record.lines[row + step];
      if (!line || weight === 0) continue;
      const middle = line.slopes.reduce((total, slope, at) => total + slope * (features[at] as number), line.offset);
      sum += weight * answer({ middle, scale: line.scale, least: least - seen }, line);
    }
    return sum;
  }
}
