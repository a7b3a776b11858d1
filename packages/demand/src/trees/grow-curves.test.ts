import { generatorOf } from '@crossparcel/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BinnedRows } from './bins.ts';
import { CurveForest, curveForestSchema, meanOfForests } from './curve-forest.ts';
import { growCurves } from './grow-curves.ts';
import { selected } from './selection.ts';
import type { Growth } from './tree-grower.ts';

const growth: Growth = { trees: 120, leaves: 8, rate: 0.15, leafRows: 20, rowShare: 0.7, featureShare: 1 };
const LEVELS = [0.1, 0.5, 0.9];
const random = generatorOf(3);
const rows = Array.from({ length: 4000 }, () => Float64Array.from([random.unit(), random.unit()]));
/** A step at a half of the first feature; uniform noise as wide as the second. */
const values = Float64Array.from(rows, ([x = 0, spread = 0]) => (x > 0.5 ? 10 : 0) + spread * random.unit());
const record = growCurves(new BinnedRows(rows), values, LEVELS, growth, generatorOf(1));

const answer = (forest: CurveForest, features: readonly number[]): number[] => {
  const sums = new Float64Array(forest.levels);
  forest.addTo(sums, Float64Array.from(features));
  return [...sums];
};

describe('boosted trees for several levels', () => {
  it('answer with their mean when several are made one', () => {
    const other = growCurves(new BinnedRows(rows), values, LEVELS, growth, generatorOf(2));
    const both = answer(new CurveForest(meanOfForests([record, other])), [0.7, 0.4]);
    const [one, two] = [record, other].map((forest) => answer(new CurveForest(forest), [0.7, 0.4]));
    for (const [place, found] of both.entries())
      expect(found).toBeCloseTo(((one?.[place] ?? 0) + (two?.[place] ?? 0)) / 2, 3);
    expect(() => meanOfForests([])).toThrow(RangeError);
  });

  it.each([
    [0.2, 0.9],
    [0.8, 0.9],
    [0.8, 0.5],
  ])('find the quantiles at %d, %d', (x, spread) => {
    for (const [place, found] of answer(new CurveForest(record), [x, spread]).entries())
      expect(Math.abs(found - ((x > 0.5 ? 10 : 0) + spread * (LEVELS[place] ?? 0)))).toBeLessThan(0.15);
  });

  it('are the same for the same seed, and come back from their record', () => {
    expect(growCurves(new BinnedRows(rows), values, LEVELS, growth, generatorOf(1))).toEqual(record);
    const kept = new CurveForest(curveForestSchema.parse(JSON.parse(JSON.stringify(record))));
    for (const row of rows.slice(0, 50))
      expect(answer(kept, [...row])).toEqual(answer(new CurveForest(record), [...row]));
  });

  it('need a level', () => {
    expect(() => growCurves(new BinnedRows(rows), values, [], growth, generatorOf(1))).toThrow('level');
  });
});

describe('selection', () => {
  it('finds what sorting would put at a place', () => {
    const lists = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(lists, fc.nat(39), (list, drawn) => {
        const place = drawn % list.length;
        expect(selected(Float64Array.from(list), list.length, place)).toBe(list.toSorted((a, b) => a - b)[place]);
      }),
    );
  });
});
