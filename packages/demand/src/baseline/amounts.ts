import { negativeBinomialQuantiles, normalQuantile } from '@crossparcel/numerics';

/** Units up to which a mean is counted one by one; above, and for amounts that are no counts, it is cut into as many. */
const UNITS = 100;
/** Squared coefficient of variation below which an amount in no units is taken for normal: a hundredth is as narrow as units are. */
const NARROW = 0.04;
/** Variance of counts over their mean, below which a negative binomial has none to give. */
const LEAST_DISPERSION = 1.05;
/** A mean so small that no level worth asking for has any demand, and a squared coefficient of variation beyond all sense. */
const NOTHING = 1e-9;
const MOST_SPREAD = 1e9;

/**
 * Quantiles of a demand with a mean and a variance at ascending levels: a negative binomial for counts; for large ones, and for
 * amounts in no units, the same cut into hundredths of the mean (a gamma distribution but for that); where they vary less
 * than either can, normal and held to 0 or more.
 */
export const amountQuantiles = (
  { mean, variance, counts }: { mean: number; variance: number; counts: boolean },
  levels: readonly number[],
): Float64Array => {
  if (!(mean > 0) || (counts && mean < NOTHING)) return new Float64Array(levels.length);
  const small = counts && mean <= UNITS;
  const spread = Math.min(variance / mean / mean, MOST_SPREAD);
  if (small ? variance < LEAST_DISPERSION * mean : spread < NARROW)
    return Float64Array.from(levels, (level) => Math.max(0, mean * (1 + Math.sqrt(spread) * normalQuantile(level))));
  if (small) return Float64Array.from(negativeBinomialQuantiles(mean, variance, levels));
  const unit = mean / UNITS;
  return Float64Array.from(negativeBinomialQuantiles(UNITS, spread * UNITS ** 2, levels), (count) => count * unit);
};

/** The least variance that a count with a mean is given where the history alone does not bear out less. */
export const leastVariance = (mean: number): number => LEAST_DISPERSION * mean;
