/** Coefficients of the Lanczos approximation (g = 7, n = 9). */
const LANCZOS = [
  0.999_999_999_999_809_9, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_1,
  -176.615_029_162_140_6, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6,
  1.505_632_735_149_311_6e-7,
];
const G = 7;

/** The natural logarithm of the gamma function for x > 0 (Lanczos 1964), with a relative error below 1e-13. */
export const logGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  const sum = LANCZOS.reduce((total, value, index) => total + (index === 0 ? value : value / (shifted + index)), 0);
  const base = shifted + G + 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
};

/** Terms that are added up one by one before the normal approximation stands in. */
const MOST_TERMS = 2000;

/** The standard normal quantile (Acklam's rational approximation, relative error below 1.2e-9). */
export const normalQuantile = (level: number): number => {
  const tail = Math.min(level, 1 - level);
  if (tail >= 0.024_25) return central(level - 0.5);
  const q = Math.sqrt(-2 * Math.log(tail));
  const top =
    ((((-0.007_784_894_002_430_293 * q - 0.322_396_458_041_136_5) * q - 2.400_758_277_161_838) * q -
      2.549_732_539_343_734) *
      q +
      4.374_664_141_464_968) *
      q +
    2.938_163_982_698_783;
  const bottom =
    (((0.007_784_695_709_041_462 * q + 0.322_467_129_070_039_8) * q + 2.445_134_137_142_996) * q +
      3.754_408_661_907_416) *
      q +
    1;
  return level < 0.5 ? top / bottom : -top / bottom;
};

const central = (q: number): number => {
  const r = q * q;
  const top =
    (((((-39.696_830_286_653_76 * r + 220.946_098_424_520_5) * r - 275.928_510_446_968_7) * r + 138.357_751_867_269) *
      r -
      30.664_798_066_147_16) *
      r +
      2.506_628_277_459_239) *
    q;
  const bottom =
    ((((-54.476_098_798_224_06 * r + 161.585_836_858_040_9) * r - 155.698_979_859_886_6) * r + 66.801_311_887_719_72) *
      r -
      13.280_681_552_885_72) *
      r +
    1;
  return top / bottom;
};

/**
 * Quantiles of a negative binomial count with a mean and a variance above it (Johnson, Kemp and Kotz, Univariate Discrete
 * Distributions, ch. 5), at ascending levels within (0, 1). Each is the smallest count not exceeded with at least that
 * probability. Means of many hundreds use the normal approximation. Throws a RangeError unless variance > mean ≥ 0.
 */
export const negativeBinomialQuantiles = (mean: number, variance: number, levels: readonly number[]): number[] => {
  if (mean === 0) return levels.map(() => 0);
  if (!(mean > 0 && variance > mean))
    throw new RangeError(`no negative binomial has mean ${mean}, variance ${variance}`);
  const size = (mean * mean) / (variance - mean);
  const failure = 1 - mean / variance;
  const deviation = Math.sqrt(variance);
  let count = 0;
  let probability = Math.exp(size * Math.log(mean / variance));
  let below = probability;
  return levels.map((level) => {
    while (below < level && count < MOST_TERMS) {
      count += 1;
      probability *= ((size + count - 1) / count) * failure;
      below += probability;
    }
    return below >= level ? count : Math.max(count, Math.round(mean + deviation * normalQuantile(level)));
  });
};

/**
 * The chance that a negative binomial count with a mean and a variance above it comes to `count` or more. Counts of many
 * hundreds use the normal approximation. Throws a RangeError unless variance > mean ≥ 0.
 */
export const negativeBinomialTail = (count: number, mean: number, variance: number): number => {
  if (count <= 0) return 1;
  if (mean === 0) return 0;
  if (!(mean > 0 && variance > mean))
    throw new RangeError(`no negative binomial has mean ${mean}, variance ${variance}`);
  if (count > MOST_TERMS) return normalTail((count - 0.5 - mean) / Math.sqrt(variance));
  const size = (mean * mean) / (variance - mean);
  const failure = 1 - mean / variance;
  // Summed upwards from the count, so that a small chance is not lost beside 1.
  let log = size * Math.log(mean / variance) - logGamma(size) + logGamma(size + count) - logGamma(count + 1);
  log += count * Math.log(failure);
  let term = Math.exp(log);
  let sum = 0;
  for (let at = count; term > 0 && (at < mean || term > sum * 1e-9); at += 1) {
    sum += term;
    term *= ((size + at) / (at + 1)) * failure;
  }
  return Math.min(1, sum);
};

/** The chance that a standard normal value is above z (Abramowitz and Stegun 26.2.17, absolute error below 7.5e-8). */
const normalTail = (z: number): number => {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(z));
  const series =
    t * (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  const beyond = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z >= 0 ? beyond : 1 - beyond;
};
