/** How much is added to a rate before its logarithm is taken, so that a rate of nothing has one. */
export const RATE_OFFSET = 0.2;
/** Quantile of a window above which a value counts as a one-off, and is cut back to it. */
const CAP_LEVEL = 0.9;
/** Windows over which rates are taken, in multiples of the shortest; the third sets the cap. */
const WINDOWS = [2, 4, 8, 13, 26] as const;
const BASE_WINDOW = 13;
const BASE_PLACE = 3;
/** Features of a history. */
export const RATE_FEATURES = 12;
/** The feature of how large the rate is, and the last one, of how unsteady demand was: what the width of an interval goes by. */
export const SIZE_FEATURE = 4;
export const UNSTEADY_FEATURE = RATE_FEATURES - 1;
/** Unsteadiness below which none is told apart. */
const STEADY = 0.05;

const logRate = (rate: number): number => Math.log(rate + RATE_OFFSET);

/** The value that a share of the last values does not exceed, at least 1. */
const capOf = (values: readonly number[], end: number, window: number): number => {
  const last = values.slice(Math.max(0, end - window), end).sort((one, other) => one - other);
  return Math.max(1, last[Math.floor(CAP_LEVEL * (last.length - 1))] ?? 1);
};

interface Window {
  readonly values: readonly number[];
  readonly first: number;
  readonly end: number;
}

/** Mean of the last values, one-off ones cut back, over no more periods than since the first sale (two at least). */
const cappedRate = ({ values, first, end }: Window, window: number, cap: number): number => {
  const periods = Math.min(window, Math.max(2, end - first));
  let sum = 0;
  for (let at = Math.max(0, end - periods); at < end; at += 1) sum += Math.min(values[at] as number, cap);
  return sum / periods;
};

/**
 * What a history says about the rate of the periods after `end` (its values before that alone are read): logarithms of rates over
 * several windows with one-off bulk orders cut back (winsorised at the 90 % quantile), of the uncut rate, of the rate of
 * the product at all its facilities, the share of periods with demand, how young it is, and how far its
 * values lay from the rate on average. Undefined without any sale.
 * `scale` is how many periods a week has.
 */
export const rateFeatures = (
  values: readonly number[],
  everywhere: readonly number[],
  end: number,
  scale: number,
): Float64Array | undefined => {
  const first = values.findIndex((value) => value > 0);
  if (first < 0 || first >= end) return undefined;
  const base = BASE_WINDOW * scale;
  const cap = capOf(values, end, base);
  const window = { values, first, end };
  const rates = WINDOWS.map((weeks) =>
    logRate(cappedRate(window, weeks * scale, weeks > BASE_WINDOW ? capOf(values, end, weeks * scale) : cap)),
  );
  const whole = { values: everywhere, first, end };
  const wholeCap = capOf(everywhere, end, base);
  const mean = Math.exp(rates[BASE_PLACE] as number) - RATE_OFFSET;
  let raw = 0;
  let selling = 0;
  let deviation = 0;
  for (let at = Math.max(0, end - base); at < end; at += 1) {
    raw += values[at] as number;
    if ((values[at] as number) > 0) selling += 1;
    deviation += Math.abs((values[at] as number) - mean);
  }
  return Float64Array.of(
    1,
    ...rates,
    logRate(raw / base),
    selling / base,
    logRate(cappedRate(whole, base, wholeCap)),
    logRate(cappedRate(whole, 4 * scale, wholeCap)),
    Math.max(0, 1 - (end - first) / base),
    Math.log(deviation / Math.min(base, end) / (mean + RATE_OFFSET) + STEADY),
  );
};
