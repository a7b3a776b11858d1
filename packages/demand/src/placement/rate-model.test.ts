import { generatorOf } from '@crossparcel/numerics';
import { describe, expect, it } from 'vitest';
import { rateFeatures } from './rate-features.ts';
import { learnRateLine, type PlacementModelRecord, RateModel, rateRows } from './rate-model.ts';

const random = generatorOf(3);
const drawn = (rate: number, periods: number): number[] =>
  Array.from({ length: periods }, () => Math.round(-rate * Math.log(1 - random.unit())));
const known = (values: readonly number[]) => ({ values, everywhere: values });
const many = Array.from({ length: 80 }, (_, at) => known(drawn(1 + (at % 20), 30)));

const record: PlacementModelRecord = {
  id: 'test',
  validFrom: '2026-01-01',
  validTo: null,
  source: 'drawn',
  readOn: '2026-01-01',
  confidence: 'illustrative',
  dispersion: 0.3,
  givenUp: 0.4,
  growth: 1,
  span: 4,
  priorRows: 100,
  lines: [learnRateLine(rateRows(many, { gap: 2, span: 4, scale: 1 }), 2)],
};
const meanOf = (rates: readonly number[] | undefined): number =>
  (rates ?? []).reduce((sum, rate) => sum + rate, 0) / (rates?.length ?? 1);

describe('the rate model', () => {
  it('expects about what is sold, and more of what sells more', () => {
    const model = new RateModel(record, [], 1);
    const slow = meanOf(model.rates(known(drawn(3, 30)), 2));
    const fast = meanOf(model.rates(known(drawn(15, 30)), 2));
    expect(slow).toBeGreaterThan(1.5);
    expect(slow).toBeLessThan(6);
    expect(fast).toBeGreaterThan(slow * 2);
  });

  it('is hardly moved by a single bulk order', () => {
    const bulk = drawn(6, 30).with(25, 900);
    const mean = bulk.slice(-13).reduce((sum, value) => sum + value, 0) / 13;
    expect(meanOf(new RateModel(record, [], 1).rates(known(bulk), 2))).toBeLessThan(mean / 2);
  });

  it('is narrower for steady demand than for unsteady demand of the same rate', () => {
    const model = new RateModel(record, [], 1);
    const spread = (values: readonly number[]) => {
      const rates = model.rates(known(values), 2) ?? [];
      return Math.log(((rates[8] as number) + 1) / ((rates[1] as number) + 1));
    };
    const steady = Array.from({ length: 30 }, (_, at) => 10 + (at % 2));
    const unsteady = Array.from({ length: 30 }, (_, at) => (at % 2 === 0 ? 21 : 0));
    expect(spread(steady)).toBeLessThan(spread(unsteady));
  });

  it('learns from the file it serves: where demand keeps falling, less is expected', () => {
    const falling = Array.from({ length: 120 }, (_, at) =>
      known(Array.from({ length: 24 }, (_unused, week) => Math.round((20 + at) * 0.8 ** week * 10))),
    );
    const [first] = falling;
    const alone = meanOf(new RateModel(record, [], 1).rates(first as (typeof falling)[number], 2));
    const taught = meanOf(new RateModel(record, falling, 1).rates(first as (typeof falling)[number], 2));
    expect(taught).toBeLessThan(alone);
  });

  it('learns of a few products how far such stray', () => {
    const steady = Array.from({ length: 6 }, (_, at) =>
      known(Array.from({ length: 30 }, (_unused, week) => 18 + ((week * 7 + at) % 5))),
    );
    const [first] = steady as [(typeof steady)[number]];
    const [alone, taught] = [[], steady].map((file) => new RateModel(record, file, 1).rates(first, 2) ?? []) as [
      readonly number[],
      readonly number[],
    ];
    const spread = (rates: readonly number[]) => Math.log((rates[8] as number) / (rates[1] as number));
    expect(spread(taught)).toBeLessThan(0.9 * spread(alone));
  });

  it('reads nothing at or after the end, and says nothing of what never sold', () => {
    const values = drawn(5, 20);
    const changed = values.map((value, at) => (at < 12 ? value : value + 50));
    expect(rateFeatures(changed, changed, 12, 1)).toEqual(rateFeatures(values, values, 12, 1));
    expect(new RateModel(record, [], 1).rates(known(new Array(20).fill(0)), 2)).toBeUndefined();
  });
});
