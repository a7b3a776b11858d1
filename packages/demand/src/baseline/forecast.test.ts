import { generatorOf } from '@crossparcel/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CurveForest } from '../trees/curve-forest.ts';
import { Forecaster } from './forecast.ts';
import { LEVELS } from './methods.ts';
import type { BaselineModel } from './model.ts';

/** A model without trees: the methods of single series alone. */
const model: BaselineModel = {
  mostStepsPerYear: 400,
  weights: [0, 1, 1, 1, 1],
  trust: 30,
  mostLevel: 6,
  forest: new CurveForest({ bases: [], trees: [] }),
};
const days = { perYear: 365.25, horizon: 7 };

const poisson = (rate: number, random: { unit(): number }): number => {
  let count = 0;
  for (let left = Math.exp(-rate), chance = random.unit(); chance > left; chance *= random.unit()) count += 1;
  return count;
};

describe('a forecast', () => {
  it('has ascending quantiles that are never negative, for any history', () => {
    const history = fc.array(fc.oneof(fc.constant(0), fc.nat(1000)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(history, fc.constantFrom(12, 365.25 / 7, 365.25), (values, perYear) => {
        const forecaster = new Forecaster(model, { perYear, horizon: 5 }, [values]);
        const steps = forecaster.forecast(values);
        expect(steps).toHaveLength(5);
        for (const { mean, curve } of steps) {
          expect(mean).toBeGreaterThanOrEqual(0);
          const quantiles = LEVELS.map((level) => curve.at(level));
          for (const [place, value] of quantiles.entries())
            expect(value).toBeGreaterThanOrEqual(quantiles[place - 1] ?? 0);
        }
      }),
    );
  });

  it('is that value for a constant history, and nothing for one without demand', () => {
    const alone = new Forecaster({ ...model, weights: [0, 1, 0, 1, 0] }, days, []);
    for (const { mean, curve } of alone.forecast(new Array(30).fill(4)))
      expect([mean, curve.at(0.1), curve.at(0.5), curve.at(0.9)]).toEqual([4, 4, 4, 4]);
    for (const { mean, curve } of alone.forecast([0, 0, 0])) expect([mean, curve.at(0.99)]).toEqual([0, 0]);
  });

  it('follows weekdays that differ', () => {
    const random = generatorOf(2);
    const histories = Array.from({ length: 60 }, () =>
      Array.from({ length: 98 }, (_, day) => poisson(day % 7 === 5 ? 40 : 4, random)),
    );
    const forecaster = new Forecaster(model, days, histories);
    const steps = forecaster.forecast(histories[0] ?? []);
    expect(steps[5]?.curve.at(0.5)).toBeGreaterThan(25);
    expect(steps[4]?.curve.at(0.5)).toBeLessThan(12);
  });

  it('holds its intervals about as often as it says on periods that it did not see', () => {
    const random = generatorOf(4);
    const histories = Array.from({ length: 200 }, () => {
      const rate = 2 + 20 * random.unit();
      return Array.from({ length: 67 }, () => poisson(rate, random));
    });
    const pasts = histories.map((values) => values.slice(0, -7));
    const forecaster = new Forecaster(model, { perYear: 52, horizon: 7 }, pasts);
    let held = 0;
    for (const [index, past] of pasts.entries())
      for (const [step, { curve }] of forecaster.forecast(past).entries()) {
        const actual = histories[index]?.[60 + step] ?? 0;
        if (actual >= curve.at(0.1) && actual <= curve.at(0.9)) held += 1;
      }
    const share = held / (histories.length * 7);
    expect(share).toBeGreaterThan(0.75);
    expect(share).toBeLessThan(0.9);
    const claim = forecaster.held.find(({ claimed }) => claimed === 0.8);
    expect(Math.abs((claim?.held ?? 0) - share)).toBeLessThan(0.06);
  });

  it('gives weight to what did best on the periods kept back: smoothing where there are trends', () => {
    const histories = Array.from({ length: 60 }, (_, series) =>
      Array.from({ length: 60 }, (_, at) => 50 + (2 + (series % 5)) * at),
    );
    const forecaster = new Forecaster(model, { perYear: 52, horizon: 4 }, histories);
    expect(forecaster.weights.smoothing).toBeGreaterThan(0.9);
    const [next] = forecaster.forecast(histories[0] ?? []);
    expect(next?.curve.at(0.5)).toBeGreaterThan(160);
    expect(next?.mean).toBeGreaterThan(160);
  });

  it('does not ask trees of periods shorter than those that they learned from', () => {
    const learned = { ...model, weights: [1, 1, 0, 0, 0], mostStepsPerYear: 60 };
    expect(new Forecaster(learned, days, []).weights).toMatchObject({ trees: 0, recent: 1 });
  });

  it('keeps its first weights where histories are too short to try', () => {
    const forecaster = new Forecaster(model, days, [[1, 2, 3]]);
    expect(forecaster.held).toEqual([]);
    expect(forecaster.weights).toEqual({ trees: 0, recent: 0.25, tsb: 0.25, seasonal: 0.25, smoothing: 0.25 });
  });
});
