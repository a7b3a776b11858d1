import * as z from 'zod';
import { CellGrid, cellGridSchema } from './cell-grid.ts';
import { TruncatedLines, type TruncatedQuestion, truncatedLinesSchema } from './truncated-lines.ts';

/** Lines to the last horizon, and to instants before it. */
export const growthLinesSchema = z.object({ ends: truncatedLinesSchema, ways: cellGridSchema });
export type GrowthLinesRecord = z.infer<typeof growthLinesSchema>;

/** Growths by lines, whatever part of the way to the last horizon is asked for. */
export class GrowthLines {
  readonly ends: TruncatedLines;
  readonly #ways: CellGrid;
  readonly #last: number;

  constructor({ ends, ways }: GrowthLinesRecord) {
    this.ends = new TruncatedLines(ends);
    this.#ways = new CellGrid(ways);
    this.#last = ways.parts.at(-1) ?? 0;
  }

  /** Growths in logarithms, by level; `part` of the way, in logarithms, from the age to the last horizon. */
  growths(question: TruncatedQuestion, part: number): number[] {
    const end = this.ends.growths(question);
    if (part >= 1) return end;
    const onward = Math.max(0, (part - this.#last) / (1 - this.#last));
    const way = this.#ways.answer(question.features, question.age, Math.min(part, this.#last));
    // Nothing on the way is more than what it leads to.
    return way.map((growth, level) => {
      const most = end[level] as number;
      return (1 - onward) * Math.min(growth, most) + onward * most;
    });
  }
}
