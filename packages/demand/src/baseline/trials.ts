import { blend, INTERVALS, PLAIN, type Shape } from './blend.ts';
import { LEVELS, METHODS, type Steps } from './methods.ts';
import type { BaselineModel } from './model.ts';
import { fromFirstSale, isCounts, normalScale } from './scale.ts';

/** How often an interval held on the periods that were kept back from a file to try the forecast on. */
export interface Held {
  readonly claimed: number;
  readonly held: number;
}

/** Series of a file that are tried, at most; drawn evenly. */
const MOST_TRIED = 300;
/** Origins from which a series is tried at most, where series are few. */
const MOST_ORIGINS = 6;
/** Periods that a history must keep when its last ones are kept back. */
const LEAST_KEPT = 8;
/** Series that must be tried before a shape changes; as many count for half of a model's trust in what a file shows. */
const LEAST_TRIED = 20;
/** The interval of 80 %, whose claim the shape answers for. */
const OUTER = INTERVALS[1];
/** Between what the share that it held may lie before the shape is touched, and between what it must lie once it is. */
const HELD_SHARE = { least: 0.77, most: 0.9 };
const SHAPED_SHARE = { least: 0.77, most: 0.885 };
/** Shapes tried where intervals hold too little, and where they hold too much, nearest to plain first. */
const WIDER: readonly Shape[] = [1.05, 1.1, 1.2, 1.3, 1.5].map((width) => ({ ...PLAIN, width }));
const NARROWER: readonly Shape[] = [
  ...[-0.25, 0, 0.1, 0.2, 0.3, 0.4, 0.5].map((reach) => ({ ...PLAIN, reach })),
  ...[0.95, 0.9, 0.85, 0.8].map((width) => ({ width, reach: 0.5 })),
];

/** A history whose last periods were kept back, and what each method said of them. */
interface Trial {
  readonly actual: readonly number[];
  readonly counts: boolean;
  readonly scale: number;
  readonly byMethod: readonly Steps[];
}

const pinball = (level: number, error: number): number => Math.max(level * error, (level - 1) * error);

/** Shares of a whole. */
export const shares = (weights: readonly number[]): number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
};

/** The last periods of some series of a file, kept back to see what each way of forecasting loses on them. */
export class Trials {
  readonly #trials: readonly Trial[];

  /**
   * `ask` gives what each method forecasts of a history that ends with a period. Where series are few, each is tried from several
   * origins, a horizon apart.
   */
  constructor(
    histories: readonly (readonly number[])[],
    ends: readonly number[],
    horizon: number,
    ask: (past: readonly number[], end: number) => readonly Steps[],
  ) {
    const origins = Math.min(MOST_ORIGINS, Math.max(1, Math.floor(MOST_TRIED / Math.max(1, histories.length))));
    const able = histories.flatMap((values, series) => {
      const back: { series: number; left: number }[] = [];
      for (let origin = 1; origin <= origins; origin += 1) {
        const left = origin * horizon;
        const past = fromFirstSale(values.slice(0, -left));
        const least = origin === 1 ? LEAST_KEPT : Math.max(LEAST_KEPT, values.length / 2);
        if (past.length >= least && (past[0] as number) > 0) back.push({ series, left });
      }
      return back;
    });
    const stride = Math.max(1, able.length / MOST_TRIED);
    this.#trials = Array.from({ length: Math.min(MOST_TRIED, able.length) }, (_, index) => {
      const { series, left } = able[Math.floor(index * stride)] as { series: number; left: number };
      const values = histories[series] as readonly number[];
      const past = values.slice(0, -left);
      return {
        actual: values.slice(-left, left === horizon ? undefined : horizon - left),
        counts: isCounts(past),
        scale: normalScale(fromFirstSale(past)),
        byMethod: ask(past, (ends[series] ?? 0) - left),
      };
    });
  }

  get count(): number {
    return this.#trials.length;
  }

  /** What the file makes of a model's weights: a method that loses more here loses weight (Fissler and Ziegel 2016 on the loss). */
  weigh(model: BaselineModel): number[] {
    const prior = shares(model.weights);
    if (this.count === 0) return prior;
    const losses = METHODS.map((_, method) => {
      const alone = METHODS.map((_other, index) => (index === method ? 1 : 0));
      return (prior[method] as number) > 0 ? this.#loss(alone) : Number.POSITIVE_INFINITY;
    });
    const least = Math.min(...losses);
    const shifted = losses.map((loss, method) => {
      const excess = least > 0 ? loss / least - 1 : 0;
      return (prior[method] as number) * Math.exp(-this.#trust(model.trust) * excess);
    });
    return shares(shifted.map((weight) => (Number.isFinite(weight) ? weight : 0)));
  }

  /** A few series say little. */
  #trust(trust: number): number {
    return (trust * this.count) / (this.count + LEAST_TRIED);
  }

  /** Scaled pinball loss over all levels, each series counting alike. */
  #loss(weights: readonly number[]): number {
    let loss = 0;
    for (const { actual, counts, scale, byMethod } of this.#trials)
      for (const [step, value] of actual.entries())
        for (const [level, quantile] of blend(byMethod, weights, step, { counts, shape: PLAIN }).entries())
          loss += pinball(LEVELS[level] as number, value - quantile) / scale;
    return loss;
  }

  /** The shape nearest to plain with which the interval of 80 % held about as often as it should. */
  shape(weights: readonly number[]): Shape {
    if (this.count < LEAST_TRIED) return PLAIN;
    const plain = this.#held(weights, PLAIN, OUTER);
    if (plain >= HELD_SHARE.least && plain <= HELD_SHARE.most) return PLAIN;
    const off = (share: number) => Math.max(0, SHAPED_SHARE.least - share, share - SHAPED_SHARE.most);
    let best = { shape: PLAIN, off: off(plain) };
    for (const shape of plain < HELD_SHARE.least ? WIDER : NARROWER) {
      if (best.off === 0) break;
      const tried = { shape, off: off(this.#held(weights, shape, OUTER)) };
      if (tried.off < best.off) best = tried;
    }
    return best.shape;
  }

  /** How often the intervals of 50, 80 and 95 % held. */
  claims(weights: readonly number[], shape: Shape): Held[] {
    if (this.count === 0) return [];
    return INTERVALS.map((ends) => ({
      claimed: Number(((LEVELS[ends.high] as number) - (LEVELS[ends.low] as number)).toFixed(2)),
      held: this.#held(weights, shape, ends),
    }));
  }

  #held(weights: readonly number[], shape: Shape, { low, high }: { low: number; high: number }): number {
    let held = 0;
    let count = 0;
    for (const { actual, counts, byMethod } of this.#trials) {
      for (const [step, value] of actual.entries()) {
        const quantiles = blend(byMethod, weights, step, { counts, shape });
        if (value >= (quantiles[low] as number) && value <= (quantiles[high] as number)) held += 1;
        count += 1;
      }
    }
    return held / count;
  }
}
