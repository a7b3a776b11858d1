import { QuantileCurve } from '@crossparcel/numerics';
import { Forecaster, type StepForecast } from '../baseline/forecast.ts';
import type { BaselineModel } from '../baseline/model.ts';
import { fromFirstSale, normalScale } from '../baseline/scale.ts';
import { Advice, TOTAL } from '../monitor/advice.ts';
import { reconciled } from './reconcile.ts';

/** The history of a series that groups add up; all end with the same period, oldest first. */
export interface BottomSeries {
  readonly id: string;
  readonly values: readonly number[];
  /** The group it belongs to at each level, from the bottom up. */
  readonly groups: readonly string[];
}

/** What is expected of a series, a group or the total. */
export interface NodeForecast {
  readonly name: string;
  readonly level: string;
  readonly steps: readonly StepForecast[];
}

/** The level below those named by the groups. */
export const BOTTOM_LEVEL = 'series';

/** Sums are steadier than the series that trees learned from: from here on, in units of their ups and downs, trees are not asked. */
const MOST_LEVEL = 3;

interface Group {
  readonly name: string;
  readonly level: string;
  readonly members: readonly number[];
  readonly values: readonly number[];
}

const sumOf = (series: readonly BottomSeries[], members: readonly number[]): number[] => {
  const histories = members.map((place) => series[place]?.values ?? []);
  const length = histories.reduce((most, values) => Math.max(most, values.length), 0);
  const sums = new Array<number>(length).fill(0);
  for (const values of histories)
    for (const [index, value] of values.entries()) {
      // All end together: a history that begins later is taken for no demand before.
      const at = length - values.length + index;
      sums[at] = (sums[at] ?? 0) + value;
    }
  return sums;
};

const groupsOf = (series: readonly BottomSeries[], levels: readonly string[]): Group[] => {
  const places = [...series.keys()];
  const named = levels.flatMap((level, at) =>
    [...Map.groupBy(places, (place) => series[place]?.groups[at] ?? '')].map(([name, members]) => ({
      name,
      level,
      members,
    })),
  );
  return [...named, { name: TOTAL, level: TOTAL, members: places }].map((group) => ({
    ...group,
    values: sumOf(series, group.members),
  }));
};

const scaledCurve = ({ levels, values }: QuantileCurve, factor: number): QuantileCurve =>
  new QuantileCurve(
    levels,
    values.map((value) => value * factor),
  );

const varianceOf = (values: readonly number[]): number => normalScale(fromFirstSale(values)) ** 2;

/**
 * Forecasts series, their groups and the total so that means add up: each is forecast by itself, groups with the weights that the
 * groups' own last periods give, then means are reconciled. A group's quantiles are its own, scaled with its mean; those
 * of the series stay as they are. First the series, then groups level by level, then the total. `levels` name the groups' levels;
 * `advice` names groups that a simple method served better.
 */
export const forecastHierarchy = (
  model: BaselineModel,
  grid: { perYear: number; horizon: number },
  series: readonly BottomSeries[],
  levels: readonly string[],
  advice = new Advice(),
): NodeForecast[] => {
  const groups = groupsOf(series, levels);
  const bottomForecaster = new Forecaster(
    model,
    grid,
    series.map(({ values }) => values),
  );
  const groupForecaster = new Forecaster(
    { ...model, mostLevel: Math.min(model.mostLevel, MOST_LEVEL) },
    grid,
    groups.map(({ values }) => fromFirstSale(values)),
  );
  const bottom = series.map(({ values, groups: own }) =>
    bottomForecaster.forecast(values, { only: advice.ofSeries(levels, own) }),
  );
  const above = groups.map(({ name, level, values }) =>
    groupForecaster.forecast(fromFirstSale(values), { only: advice.of(level, name) }),
  );
  const variances = {
    bottom: series.map(({ values }) => varianceOf(values)),
    above: groups.map(({ values }) => varianceOf(values)),
  };
  const byStep = Array.from({ length: grid.horizon }, (_, step) =>
    reconciled(series.length, [
      ...bottom.map((steps, place) => ({
        members: [place],
        mean: steps[step]?.mean ?? 0,
        variance: variances.bottom[place] as number,
      })),
      ...groups.map(({ members }, place) => ({
        members,
        mean: above[place]?.[step]?.mean ?? 0,
        variance: variances.above[place] as number,
      })),
    ]),
  );
  return [
    ...series.map(({ id }, place) => ({
      name: id,
      level: BOTTOM_LEVEL,
      steps: (bottom[place] ?? []).map(({ curve }, step) => ({ mean: byStep[step]?.[place] ?? 0, curve })),
    })),
    ...groups.map(({ name, level, members }, place) => ({
      name,
      level,
      steps: (above[place] ?? []).map(({ mean, curve }, step) => {
        const sum = members.reduce((total, member) => total + (byStep[step]?.[member] ?? 0), 0);
        return { mean: sum, curve: mean > 0 ? scaledCurve(curve, sum / mean) : curve };
      }),
    })),
  ];
};
