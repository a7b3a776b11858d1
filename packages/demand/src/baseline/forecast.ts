import { QuantileCurve } from '@crossparcel/numerics';
import { blend, type Shape } from './blend.ts';
import { LEVELS, METHODS, meanAhead, type Simple, type Steps, stepsOf } from './methods.ts';
import type { BaselineModel } from './model.ts';
import { levelOf } from './scale.ts';
import { type Held, isCounts, shares, Trials } from './trials.ts';

/** What is expected of a period: the mean, and the whole distribution by its quantiles. */
export interface StepForecast {
  readonly mean: number;
  readonly curve: QuantileCurve;
}

/**
 * Forecasts the series of one file, all on a grid with `perYear` steps in a year. Trees learned across series, quantiles of
 * recent periods, TSB with a negative binomial, and seasons are averaged quantile by quantile. The last periods of some
 * series are kept back first: what each method would have lost on them shifts the weights (Fissler and Ziegel 2016: the
 * pinball loss is what quantiles answer for), and the shape of intervals is set by how often they held.
 */
export class Forecaster {
  readonly #model: BaselineModel;
  readonly #perYear: number;
  readonly #horizon: number;
  readonly #weights: readonly number[];
  /** How quantiles become ends of intervals on this file. */
  readonly shape: Shape;
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
    const trials = new Trials(histories, horizon, (past) => this.#byMethod(past, model.weights));
    this.#weights = trials.weigh(model);
    this.shape = trials.shape(this.#weights);
    this.held = trials.claims(this.#weights, this.shape);
  }

  /** Weight of each method on this file. */
  get weights(): Readonly<Record<string, number>> {
    return Object.fromEntries(METHODS.map((method, index) => [method, this.#weights[index] ?? 0]));
  }

  /**
   * The coming periods of a history (oldest first, zeros given, at least one value). `only` asks one simple method instead of
   * all, where ours was found to do worse.
   */
  forecast(values: readonly number[], only?: Simple): StepForecast[] {
    if (only === 'zero' || !values.some((value) => value > 0)) return this.#nothing();
    const mean = meanAhead(values);
    if (only) {
      const grid = { perYear: this.#perYear, forest: this.#model.forest };
      return stepsOf(only, values, this.#horizon, grid).map((quantiles) => ({
        mean,
        curve: new QuantileCurve(LEVELS, [...quantiles]),
      }));
    }
    const weights =
      isFlat(values) || levelOf(values) > this.#model.mostLevel ? withoutTrees(this.#weights) : this.#weights;
    const byMethod = this.#byMethod(values, weights);
    const shaped = { counts: isCounts(values), shape: this.shape };
    return Array.from({ length: this.#horizon }, (_, step) => ({
      mean,
      curve: new QuantileCurve(LEVELS, [...blend(byMethod, weights, step, shaped)]),
    }));
  }

  #nothing(): StepForecast[] {
    const curve = new QuantileCurve(
      LEVELS,
      LEVELS.map(() => 0),
    );
    return Array.from({ length: this.#horizon }, () => ({ mean: 0, curve }));
  }

  /** What the methods that count for something expect. */
  #byMethod(values: readonly number[], weights: readonly number[]): readonly Steps[] {
    const given = { perYear: this.#perYear, forest: this.#model.forest };
    return METHODS.map((method, index) =>
      (weights[index] as number) > 0 ? stepsOf(method, values, this.#horizon, given) : [],
    );
  }
}

const isFlat = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** Trees measure in ups and downs: of a history without any, or far steadier than those learned from, they know nothing. */
const withoutTrees = (weights: readonly number[]): readonly number[] => {
  const others = weights.map((weight, method) => (METHODS[method] === 'trees' ? 0 : weight));
  return others.some((weight) => weight > 0) ? shares(others) : weights;
};
