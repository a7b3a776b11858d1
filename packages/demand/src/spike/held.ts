import * as z from 'zod';

/** How often intervals held on items that were not learned from, all of them at one age. */
export const heldSchema = z.object({
  /** Seconds. */
  age: z.number().positive(),
  items: z.int().positive(),
  /** Shares of the items in intervals that claim 50, 80 and 95 %. */
  in50: z.number(),
  in80: z.number(),
  in95: z.number(),
  /** Mean width of the interval of 80 % in logarithms, by what it went by. */
  width: z.record(z.string(), z.number()),
});
export type Held = z.infer<typeof heldSchema>;

/** The record whose age is nearest, in logarithms. */
export const heldNear = (records: readonly Held[], age: number): Held | undefined =>
  records.toSorted((one, other) => Math.abs(Math.log(one.age / age)) - Math.abs(Math.log(other.age / age)))[0];
