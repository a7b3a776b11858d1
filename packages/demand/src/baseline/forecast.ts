import { QuantileCurve } from '@crossparcel/numerics';
import { LEVELS, METHODS, meanAhead, type Steps, stepsOf } from './methods.ts';
import type { BaselineModel } from './model.ts';
import { fromFirstSale, normalScale } from './scale.ts';

/** What is expected of a period: the mean, and the whole distribution by its quantiles. */
export interface StepForecast {
  readonly mean: number;
  readonly curve: QuantileCurve;
}

/** How often an interval held on the periods that were kept back from a file to try the forecast on. */
export interface Held {
  readonly claimed: number;
  readonly held: number;
}

/** Series of a file that are tried, at most; drawn evenly. */
const MOST_TRIED = 300;
/** Periods that a history must keep when its last ones are kept back. */
const LEAST_KEPT = 8;
/** Series that must be tried before widths change; as many count for half of a model's trust in what a file shows. */
const LEAST_TRIED = 20;
/** Periods kept back without which a width stays as it is. */
const LEAST_HELD = 100;
/** Ends of the intervals whose claims are checked, as places in `LEVELS`. */
const INTERVALS = [
  { low: 2, high: 4 },
  { low: 1, high: 5 },
  { low: 0, high: 6 },
];
const MIDDLE = LEVELS.indexOf(0.5);
/** The interval of 80 %, whose claim the width answers for. */
const OUTER = INTERVALS[1] as (typeof INTERVALS)[number];
/** Factors by which intervals may be widened or narrowed about the median, nearest to none first. */
const FACTORS = [1, 1.03, 0.97, 1.06, 0.94, 1.1, 0.9, 1.2, 0.85, 1.3, 0.8];
/** Width about the median where demand of none lies within the interval of 80 %, and where it does not. */
interface Widths {
  readonly fromNone: number;
  readonly apart: number;
}
/**
 * The share that the interval of 80 % should hold before its width is touched. An interval from none can miss on one
 * side only, so that its ends hold more than they claim unless that is looked after closely. Others hold less on the periods
 * to come than on those kept back, by which weights and widths were chosen.
 */
const HELD_SHARE = { fromNone: { least: 0.79, most: 0.825 }, apart: { least: 0.79, most: 0.88 } };

interface Trial {
  readonly actual: readonly number[];
  readonly scale: number;
  readonly byMethod: readonly Steps[];
}

const pinball = (level: number, error: number): number => Math.max(level * error, (level - 1) * error);

/** A level that averaging has moved off a count by less than this is that count: an end of 5.9 would leave out the 6 it means. */
const NEAR_COUNT = 0.15;
const toCount = (value: number): number => {
  const count = Math.round(value);
  return count >= 1 && Math.abs(value - count) < NEAR_COUNT ? count : value;
};

const isFromNone = (quantiles: Float64Array): boolean => (quantiles[OUTER.low] as number) <= 0;

/** Quantiles averaged level by level with weights (Vincent 1912), then stretched about the median. */
const blend = (byMethod: readonly Steps[], weights: readonly number[], step: number, widths: Widths): Float64Array => {
  const quantiles = new Float64Array(LEVELS.length);
  for (const [method, steps] of byMethod.entries()) {
    const part = steps[step];
    const weight = weights[method] as number;
    for (let level = 0; part && level < quantiles.length; level += 1)
      quantiles[level] = (quantiles[level] as number) + weight * (part[level] as number);
  }
  const middle = quantiles[MIDDLE] as number;
  const width = isFromNone(quantiles) ? widths.fromNone : widths.apart;
  // No demand at all is an end that narrowing must not lift.
  return quantiles.map((value) => (value <= 0 ? 0 : toCount(Math.max(0, middle + width * (value - middle)))));
};

const shares = (weights: readonly number[]): number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
};

/**
 * Forecasts the series of one file, all on a grid with `perYear` steps in a year. Trees learned across series, quantiles of
 * recent periods, TSB with a negative binomial, and seasons are averaged quantile by quantile. The last periods of some
 * series are kept back first: what each method would have lost on them shifts the weights (Fissler and Ziegel 2016: the
 * pinball loss is what quantiles answer for), and the width of intervals is set by how often they held.
 */
export class Forecaster {
  readonly #model: BaselineModel;
  readonly #perYear: number;
  readonly #horizon: number;
  #weights: readonly number[];
  #widths: Widths = { fromNone: 1, apart: 1 };
  /** How often intervals held on the periods kept back; none where histories are too short or too few to try. */
  readonly held: readonly Held[];

  constructor(
    model: BaselineModel,
    { perYear, horizon }: { perYear: number; horizon: number },
    histories: readonly (readonly number[])[],
  ) {
    this.#model = model;
    this.#perYear = perYear;
    this.#horizon = horizon;
    this.#weights = shares(model.weights);
    const trials = this.#trials(histories);
    if (trials.length > 0) this.#weights = this.#weigh(trials);
    if (trials.length >= LEAST_TRIED) {
      this.#widths = {
        fromNone: fittedWidth(trials, this.#weights, 'fromNone'),
        apart: fittedWidth(trials, this.#weights, 'apart'),
      };
    }
    this.held = trials.length === 0 ? [] : this.#claims(trials);
  }

  /** Weight of each method on this file. */
  get weights(): Readonly<Record<string, number>> {
    return Object.fromEntries(METHODS.map((method, index) => [method, this.#weights[index] ?? 0]));
  }

  /** By how much intervals from none, and others, are stretched about the median on this file. */
  get widths(): Widths {
    return this.#widths;
  }

  /** The coming periods of a history (oldest first, zeros given, at least one value). */
  forecast(values: readonly number[]): StepForecast[] {
    if (!values.some((value) => value > 0)) {
      const curve = new QuantileCurve(
        LEVELS,
        LEVELS.map(() => 0),
      );
      return Array.from({ length: this.#horizon }, () => ({ mean: 0, curve }));
    }
    const byMethod = this.#byMethod(values);
    const weights = isFlat(values) ? withoutTrees(this.#weights) : this.#weights;
    const mean = meanAhead(values);
    return Array.from({ length: this.#horizon }, (_, step) => {
      const quantiles = blend(byMethod, weights, step, this.#widths);
      return { mean, curve: new QuantileCurve(LEVELS, [...quantiles]) };
    });
  }

  #byMethod(values: readonly number[]): readonly Steps[] {
    const given = { perYear: this.#perYear, forests: this.#model.forests };
    return METHODS.map((method, index) =>
      (this.#weights[index] as number) > 0 ? stepsOf(method, values, this.#horizon, given) : [],
    );
  }

  #trials(histories: readonly (readonly number[])[]): Trial[] {
    const able = histories.filter((values) => {
      const past = fromFirstSale(values.slice(0, -this.#horizon));
      return past.length >= LEAST_KEPT && (past[0] as number) > 0;
    });
    const stride = Math.max(1, able.length / MOST_TRIED);
    return Array.from({ length: Math.min(MOST_TRIED, able.length) }, (_, index) => {
      const values = able[Math.floor(index * stride)] as readonly number[];
      const past = values.slice(0, -this.#horizon);
      const scale = normalScale(fromFirstSale(past));
      return { actual: values.slice(-this.#horizon), scale, byMethod: this.#byMethod(past) };
    });
  }

  #weigh(trials: readonly Trial[]): number[] {
    const losses = METHODS.map((_, method) => {
      const alone = METHODS.map((_other, index) => (index === method ? 1 : 0));
      return (this.#weights[method] as number) > 0 ? lossOf(trials, alone) : Number.POSITIVE_INFINITY;
    });
    const least = Math.min(...losses);
    // A few series say little.
    const trust = (this.#model.trust * trials.length) / (trials.length + LEAST_TRIED);
    const shifted = losses.map((loss, method) => {
      const excess = least > 0 ? loss / least - 1 : 0;
      return (this.#weights[method] as number) * Math.exp(-trust * excess);
    });
    return shares(shifted.map((weight) => (Number.isFinite(weight) ? weight : 0)));
  }

  #claims(trials: readonly Trial[]): Held[] {
    return INTERVALS.map((ends) => ({
      claimed: Number(((LEVELS[ends.high] as number) - (LEVELS[ends.low] as number)).toFixed(2)),
      held: heldShare(trials, this.#weights, this.#widths, ends).share,
    }));
  }
}

const AS_IS: Widths = { fromNone: 1, apart: 1 };

const isFlat = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** Trees measure in ups and downs: of a history without any they know nothing. */
const withoutTrees = (weights: readonly number[]): readonly number[] => {
  const others = weights.map((weight, method) => (METHODS[method] === 'trees' ? 0 : weight));
  return others.some((weight) => weight > 0) ? shares(others) : weights;
};

/** The factor nearest to none with which the interval of 80 % held about as often as it should. */
const fittedWidth = (trials: readonly Trial[], weights: readonly number[], kind: keyof Widths): number => {
  const { least, most } = HELD_SHARE[kind];
  const tried = FACTORS.map((factor) => {
    const { share, count } = heldShare(trials, weights, { ...AS_IS, [kind]: factor }, OUTER, kind);
    return { factor, off: count < LEAST_HELD ? 0 : Math.max(0, least - share, share - most) };
  });
  return tried.reduce((best, one) => (one.off < best.off ? one : best)).factor;
};

/** Scaled pinball loss over all levels, each series counting alike. */
const lossOf = (trials: readonly Trial[], weights: readonly number[]): number => {
  let loss = 0;
  for (const { actual, scale, byMethod } of trials) {
    for (const [step, value] of actual.entries()) {
      const quantiles = blend(byMethod, weights, step, AS_IS);
      for (const [level, quantile] of quantiles.entries())
        loss += pinball(LEVELS[level] as number, value - quantile) / scale;
    }
  }
  return loss;
};

const heldShare = (
  trials: readonly Trial[],
  weights: readonly number[],
  widths: Widths,
  { low, high }: { low: number; high: number },
  kind?: keyof Widths,
): { share: number; count: number } => {
  let held = 0;
  let count = 0;
  for (const { actual, byMethod } of trials) {
    for (const [step, value] of actual.entries()) {
      const quantiles = blend(byMethod, weights, step, widths);
      if (kind !== undefined && isFromNone(quantiles) !== (kind === 'fromNone')) continue;
      if (value >= (quantiles[low] as number) && value <= (quantiles[high] as number)) held += 1;
      count += 1;
    }
  }
  return { share: held / count, count };
};
