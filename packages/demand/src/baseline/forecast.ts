import { QuantileCurve } from '@crossparcel/numerics';
import { blend, type Shape } from './blend.ts';
import { seasonOf } from './features.ts';
import { type History, historyOf } from './history.ts';
import { LEVELS, METHODS, meanAhead, RECENT, type Simple, type Steps, stepsOf } from './methods.ts';
import type { BaselineModel } from './model.ts';
import { dispersionOf, levelOf } from './scale.ts';
import { Seasons } from './seasons.ts';
import { outlooks } from './smoothing.ts';
import { type Held, shares, Trials } from './trials.ts';

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
  readonly #seasons: Seasons;
  readonly #dispersion: number;
  /** How quantiles become ends of intervals on this file. */
  readonly shape: Shape;
  /** How often intervals held on the periods kept back; none where histories are too short or too few to try. */
  readonly held: readonly Held[];

  /** `ends` gives for each history the number of its last period on a grid that all share; without it all end together. */
  constructor(
    model: BaselineModel,
    { perYear, horizon }: { perYear: number; horizon: number },
    histories: readonly (readonly number[])[],
    ends: readonly number[] = [],
  ) {
    // Trees know nothing of periods shorter than those that they learned from.
    this.#model = perYear > model.mostStepsPerYear ? { ...model, weights: limitedTo(model.weights, NO_TREES) } : model;
    this.#perYear = perYear;
    this.#horizon = horizon;
    this.#dispersion = dispersionOf(histories);
    const season = seasonOf(perYear);
    const before = new Seasons(
      histories.map((values) => values.slice(0, -horizon)),
      season,
      histories.map((_, series) => (ends[series] ?? 0) - horizon),
    );
    const trials = new Trials(histories, ends, horizon, (past, end) =>
      this.#byMethod(historyOf(past, this.#dispersion, before.adjust(past, end)), this.#model.weights),
    );
    this.#weights = trials.weigh(this.#model);
    this.shape = trials.shape(this.#weights);
    this.held = trials.claims(this.#weights, this.shape);
    this.#seasons = new Seasons(histories, season, ends);
  }

  /** Weight of each method on this file. */
  get weights(): Readonly<Record<string, number>> {
    return Object.fromEntries(METHODS.map((method, index) => [method, this.#weights[index] ?? 0]));
  }

  /**
   * The coming periods of a history (oldest first, zeros given, at least one value) that ends with period `end`. `only` asks one
   * simple method instead of all, where ours was found to do worse.
   */
  forecast(
    values: readonly number[],
    { only, end = 0 }: { only?: Simple | undefined; end?: number } = {},
  ): StepForecast[] {
    if (only === 'zero' || !values.some((value) => value > 0)) return this.#nothing();
    if (only) return this.#simply(only, values);
    const history = historyOf(values, this.#dispersion, this.#seasons.adjust(values, end));
    const weights = this.#weightsFor(values);
    const byMethod = this.#byMethod(history, weights);
    const means = this.#means(history, weights);
    const shaped = { counts: history.counts, shape: this.shape };
    return Array.from({ length: this.#horizon }, (_, step) => ({
      mean: means[step] as number,
      curve: new QuantileCurve(LEVELS, [...blend(byMethod, weights, step, shaped)]),
    }));
  }

  /** Means of the steps: those of the simple methods, and of the smoothed trend as far as that counts. */
  #means(history: History, weights: readonly number[]): number[] {
    const trending = weights[METHODS.indexOf('smoothing')] as number;
    const flat = (1 - trending) * meanAhead(history.values);
    return outlooks(history.values, this.#horizon, this.#dispersion).map(
      ({ mean }, step) => (flat + trending * mean) * history.factor(step + 1),
    );
  }

  #weightsFor(values: readonly number[]): readonly number[] {
    const flat = isFlat(values);
    const few = values.length < (flat ? FEW_OF_A_KIND : RECENT);
    const weights = few ? limitedTo(this.#weights, FOR_FEW) : this.#weights;
    return flat || levelOf(values) > this.#model.mostLevel ? limitedTo(weights, NO_TREES) : weights;
  }

  /** What one method expects, as it stands in reports: without seasons. */
  #simply(method: Exclude<Simple, 'zero'>, values: readonly number[]): StepForecast[] {
    const history = historyOf(values, this.#dispersion);
    const mean = meanAhead(values);
    return stepsOf(method, history, this.#horizon, { perYear: this.#perYear, forest: this.#model.forest }).map(
      (quantiles) => ({ mean, curve: new QuantileCurve(LEVELS, [...quantiles]) }),
    );
  }

  #nothing(): StepForecast[] {
    const curve = new QuantileCurve(
      LEVELS,
      LEVELS.map(() => 0),
    );
    return Array.from({ length: this.#horizon }, () => ({ mean: 0, curve }));
  }

  /** What the methods that count for something expect. */
  #byMethod(history: History, weights: readonly number[]): readonly Steps[] {
    const given = { perYear: this.#perYear, forest: this.#model.forest };
    return METHODS.map((method, index) =>
      (weights[index] as number) > 0 ? stepsOf(method, history, this.#horizon, given) : [],
    );
  }
}

/** Histories shorter than this say nothing by never changing. */
const FEW_OF_A_KIND = 4;

type Limits = readonly (number | undefined)[];
/** Weights for histories too short for their periods to show a distribution, which a file's longer ones say nothing of. */
const FOR_FEW: Limits = METHODS.map(
  (method) => ({ trees: 0.3, recent: 0, tsb: 0.3, seasonal: 0, smoothing: 0.4 })[method],
);
/** Trees measure in ups and downs: of a history without any, or far steadier than those learned from, they know nothing. */
const NO_TREES: Limits = METHODS.map((method) => (method === 'trees' ? 0 : undefined));

const isFlat = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** Weights put in the place of those that are above 0, where one is given; as they are when none would remain. */
const limitedTo = (weights: readonly number[], limits: Limits): readonly number[] => {
  const limited = weights.map((weight, method) => (weight > 0 ? (limits[method] ?? weight) : 0));
  return limited.some((weight) => weight > 0) ? shares(limited) : weights;
};
