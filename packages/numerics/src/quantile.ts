/**
 * The quantile of a sample at a level from 0 to 1, by linear interpolation between order statistics (definition 7 of
 * Hyndman and Fan, 1996). Throws a RangeError for an empty sample.
 */
export const sampleQuantile = (sample: readonly number[], level: number): number => {
  const sorted = [...sample].sort((a, b) => a - b);
  const position = (sorted.length - 1) * level;
  const lower = sorted[Math.floor(position)];
  const upper = sorted[Math.ceil(position)];
  if (lower === undefined || upper === undefined) throw new RangeError('no quantile of an empty sample');
  return lower + (upper - lower) * (position - Math.floor(position));
};

/** The middle of a sample. */
export const median = (sample: readonly number[]): number => sampleQuantile(sample, 0.5);
