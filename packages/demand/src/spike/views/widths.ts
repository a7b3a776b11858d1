import * as z from 'zod';

/** Levels at which totals of views are held. */
export const VIEW_LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const;

/** How far levels lie from the median, for some histories and horizons. */
export const widthsSchema = z.strictObject({
  /** For videos read once, or more often. */
  readings: z.enum(['one', 'several']),
  /** For horizons up to so many times the age. */
  upTo: z.number().positive().nullable(),
  /** Distance of each level from the median, as a multiple of that between the median and the forest's end on its side. */
  factors: z.array(z.number().nonnegative()).length(VIEW_LEVELS.length),
});
export type Widths = z.infer<typeof widthsSchema>;

/** The width for a video read once or several times, and a horizon so many times its age. */
export const widthFor = (widths: readonly Widths[], several: boolean, ratio: number): Widths => {
  const own = widths.filter(({ readings }) => (readings === 'several') === several);
  const found = own.find(({ upTo }) => upTo === null || ratio <= upTo) ?? own.at(-1) ?? widths[0];
  if (!found) throw new RangeError('a model of views needs widths');
  return found;
};

/** Relative growths at all levels, from those of the forests: the ends, set by factors about the median. */
export const spread = ([low = 0, middle = 0, high = 0]: readonly number[], { factors }: Widths): number[] => {
  const below = Math.max(0, middle - low);
  const above = Math.max(0, high - middle);
  return VIEW_LEVELS.map((level, place) => {
    const factor = factors[place] as number;
    return level < 0.5 ? middle - factor * below : middle + factor * above;
  });
};
