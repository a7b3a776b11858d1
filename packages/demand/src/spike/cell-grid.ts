import * as z from 'zod';
import { SPIKE_LEVELS } from './span.ts';

const cellSchema = z.object({
  /** What a level starts from. */
  offsets: z.array(z.number()).length(SPIKE_LEVELS.length),
  /** A slope for each feature; one list for all levels, or one a level. */
  slopes: z.array(z.array(z.number())).min(1),
});
type CellRecord = z.infer<typeof cellSchema>;

/** Lines through features, a cell for each age and each part of the way (in logarithms) from it to the horizon. */
export const cellGridSchema = z.object({
  ages: z.array(z.number().positive()).min(1),
  /** Parts of the way, ascending to 1; at 0 nothing has grown. */
  parts: z.array(z.number().positive()).min(1),
  /** By age, then by part. */
  cells: z.array(z.array(cellSchema)),
});
export type CellGridRecord = z.infer<typeof cellGridSchema>;

/** The place in an ascending list before a value, and how far on it lies towards the next; held at both ends. */
export const between = (values: readonly number[], value: number): readonly [number, number] => {
  const above = values.findIndex((one) => one >= value);
  if (above === 0) return [0, 0];
  if (above < 0) return [values.length - 1, 0];
  const [low, high] = [values[above - 1] as number, values[above] as number];
  return [above - 1, (value - low) / (high - low)];
};

const answerOf = ({ offsets, slopes }: CellRecord, features: readonly number[]): number[] =>
  offsets.map((offset, level) => {
    const lines = slopes[Math.min(level, slopes.length - 1)] as readonly number[];
    return lines.reduce((sum, slope, at) => sum + slope * (features[at] as number), offset);
  });

/** A grid of lines ready to be asked between its ages and parts. */
export class CellGrid {
  readonly #record: CellGridRecord;
  readonly #logAges: readonly number[];

  constructor(record: CellGridRecord) {
    this.#record = record;
    this.#logAges = record.ages.map(Math.log);
  }

  /**
   * What the lines give at each level, blended between the nearest cells once `as` made growths of it: what has not begun
   * has not grown. Features come without the constant.
   */
  answer(features: readonly number[], age: number, part: number, as = (value: number) => value): number[] {
    const sum = SPIKE_LEVELS.map(() => 0);
    const [row, onward] = between(this.#logAges, Math.log(age));
    const [column, along] = between([0, ...this.#record.parts], part);
    for (const [ageStep, ageWeight] of [1 - onward, onward].entries()) {
      for (const [partStep, partWeight] of [1 - along, along].entries()) {
        const cell = this.#record.cells[row + ageStep]?.[column + partStep - 1];
        const weight = ageWeight * partWeight;
        if (!cell || weight === 0) continue;
        for (const [level, value] of answerOf(cell, features).entries())
          sum[level] = (sum[level] as number) + weight * as(value);
      }
    }
    return sum;
  }
}
