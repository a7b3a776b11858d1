import { generatorOf } from '@crossparcel/numerics';
import { describe, expect, it } from 'vitest';
import { BinnedRows } from './bins.ts';
import { Forest, forestSchema } from './forest.ts';
import { growForest } from './grow.ts';
import type { Growth } from './tree-grower.ts';

const growth: Growth = { trees: 60, leaves: 8, rate: 0.15, leafRows: 20, rowShare: 0.7, featureShare: 1 };
const random = generatorOf(3);
const rows = Array.from({ length: 4000 }, () => Float64Array.from([random.unit(), random.unit()]));
/** A step at a half of the first feature; uniform noise as wide as the second. */
const values = Float64Array.from(rows, ([x = 0, spread = 0]) => (x > 0.5 ? 10 : 0) + spread * random.unit());
const data = { values, weights: new Float64Array(values.length).fill(1) };
const binned = new BinnedRows(rows);

describe('boosted trees', () => {
  it.each([0.1, 0.5, 0.9])('find the quantile at %d where it depends on features', (level) => {
    const forest = new Forest(growForest(binned, data, { kind: 'quantile', level }, growth, generatorOf(1)));
    for (const [x, spread] of [
      [0.2, 0.9],
      [0.8, 0.9],
      [0.8, 0.5],
    ] as const) {
      const expected = (x > 0.5 ? 10 : 0) + spread * level;
      expect(Math.abs(forest.answer(Float64Array.from([x, spread])) - expected)).toBeLessThan(0.12);
    }
    const below = rows.filter((row, at) => (values[at] ?? 0) <= forest.answer(row)).length;
    expect(Math.abs(below / rows.length - level)).toBeLessThan(0.03);
  });

  it('let heavy rows count for more', () => {
    const weights = Float64Array.from(values, (value) => (value > 5 ? 50 : 1));
    const stump = { ...growth, trees: 1, leaves: 1, rate: 1 };
    const record = growForest(binned, { values, weights }, { kind: 'quantile', level: 0.5 }, stump, generatorOf(1));
    expect(new Forest(record).answer(Float64Array.from([0.2, 0.5]))).toBeGreaterThan(10);
  });

  it('are the same for the same seed, and come back from their record', () => {
    const grow = () => growForest(binned, data, { kind: 'quantile', level: 0.5 }, growth, generatorOf(5));
    const record = grow();
    expect(grow()).toEqual(record);
    const kept = new Forest(forestSchema.parse(JSON.parse(JSON.stringify(record))));
    for (const row of rows.slice(0, 50)) expect(kept.answer(row)).toBe(new Forest(record).answer(row));
  });
});
