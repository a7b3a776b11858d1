import { negativeBinomialQuantiles, normalQuantile } from '@crossparcel/numerics';

/** A negative binomial has more variance than its mean; counts that vary less are held to this. */
const LEAST_DISPERSION = 1.05;
/** Units up to which a mean is counted one by one; above, and for amounts that are no counts, it is cut into as many. */
const UNITS = 100;
/** Squared coefficient of variation below which an amount in no units is taken for normal: a hundredth is as narrow as units are. */
const NARROW = 0.04;

/**
 * Quantiles of a demand with a mean and a variance at ascending levels: a negative binomial for counts; for large ones, and for
 * amounts in no units, the same cut into hundredths of the mean (a gamma distribution but for that), or where they vary
 * little, normal and held to 0 or more.
 */
export const amountQuantiles = (
  { mean, variance, counts }: { mean: number; variance: number; counts: boolean },
  levels: readonly number[],
): Float64Array => {
  if (!(mean > 0)) return new Float64Array(levels.length);
  if (counts && mean <= UNITS)
    return Float64Array.from(negativeBinomialQuantiles(mean, Math.max(LEAST_DISPERSION * mean, variance), levels));
  const spread = variance / mean ** 2;
  if (spread < NARROW)
    return Float64Array.from(levels, (level) => Math.max(0, mean * (1 + Math.sqrt(spread) * normalQuantile(level))));
  const unit = mean / UNITS;
  return Float64Array.from(negativeBinomialQuantiles(UNITS, spread * UNITS ** 2, levels), (count) => count * unit);
};
