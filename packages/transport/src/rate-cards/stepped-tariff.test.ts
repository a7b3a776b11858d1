import { parseDay } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompiledCard } from './card.ts';
import { rateCardSchema } from './record.ts';

const dated = {
  validFrom: '2026-01-01',
  validTo: null,
  source: 'a test',
  readOn: '2026-01-01',
  confidence: 'confirmed',
};
const cardOf = (rates: object[], surcharges: object[] = []) =>
  new CompiledCard(
    rateCardSchema.parse({
      ...{ id: 'c', carrier: 'C', service: 'S', currency: 'USD', ...dated },
      rates: rates.map((rate) => ({ name: 'r', ...dated, ...rate })),
      surcharges: surcharges.map((one) => ({ name: 's', ...dated, ...one })),
    }),
    (price) => price,
  );
const trip = { country: '', zone: '', day: parseDay('2026-06-01') as number };
const pounds = {
  limits: { sides: 'in', lengthPlusGirth: 130, weight: { value: 20, unit: 'lb' } },
  weight: {
    unit: 'lb',
    step: 1,
    exactBelow: 1,
    dimensional: { sides: 'in', divisor: 139, when: { volumeAbove: 1728 } },
  },
  price: { kind: 'by-weight', upTo: [0.9999375, 1, 2, 3, 5, 20], prices: [7, 8, 9, 10, 12, 30] },
};
const box = (lengthMm: number, widthMm: number, heightMm: number) => ({ lengthMm, widthMm, heightMm });

describe('a card as packing sees it', () => {
  it('lists the heaviest gram of each step', () => {
    const tariff = cardOf([pounds]).tariff(trip);
    expect(tariff.maxGrossGrams).toBe(9071);
    expect(tariff.massEdges).toEqual([453, 907, 1360, 2267, 9071]);
    expect(tariff.price(box(100, 100, 100), 9071)).toBe(30e9);
    expect(tariff.price(box(100, 100, 100), 9072)).toBeUndefined();
  });

  it('lists only rows that have a price in the zone, by what weighs no more after rounding', () => {
    const zoned = new CompiledCard(
      rateCardSchema.parse({
        ...{ id: 'c', carrier: 'C', service: 'S', currency: 'USD', surcharges: [], ...dated },
        zones: { names: ['1', '2'], by: 'zone' },
        rates: [
          {
            name: 'r',
            weight: { unit: 'g', step: 100 },
            price: {
              kind: 'by-weight',
              upTo: [250, 500, 900],
              prices: [
                [1, 1],
                [2, 2],
                [3, null],
              ],
            },
            ...dated,
          },
        ],
      }),
      (price) => price,
    );
    expect(zoned.tariff({ ...trip, zone: '1' }).massEdges).toEqual([200, 500, 900]);
    expect(zoned.tariff({ ...trip, zone: '2' })).toMatchObject({ massEdges: [200, 500], maxGrossGrams: 500 });
    expect(zoned.tariff({ ...trip, zone: '1' }).price(box(1, 1, 1), 201)).toBe(2e9);
    expect(zoned.tariff({ ...trip, zone: '3' })).toMatchObject({ massEdges: [], maxGrossGrams: 0 });
  });

  it('lists steps of surcharges, of a first weight and of formats too', () => {
    const weighed = { id: 'w', amount: { kind: 'by-weight', unit: 'kg', bands: [{ upTo: 1, price: 1 }] } };
    const express = {
      limits: { weight: { value: 2, unit: 'kg' } },
      weight: { unit: 'g', step: 500, from: 500 },
      price: { kind: 'first-and-additional', first: 10, additional: 2 },
    };
    expect(cardOf([express], [weighed]).tariff(trip).massEdges).toEqual([500, 1000, 1500, 2000]);
    const perKg = { weight: { unit: 'g', step: 1 }, price: { kind: 'per-kg', bands: [{ perKg: 1, perParcel: 1 }] } };
    expect(cardOf([perKg]).tariff(trip)).toMatchObject({ maxGrossGrams: Infinity, massEdges: [] });
  });

  it('finds the smallest reduction of each measure that makes a parcel cheaper', () => {
    const tariff = cardOf([pounds]).tariff(trip);
    // 13 × 13 × 13 in is 16 lb by size; 12 × 12 × 12 is not above the threshold, 10 × 13 × 13 neither.
    expect(tariff.cheaperEdges(box(305, 306, 308), 2267)).toEqual([
      { change: 'length', by: 51, saves: 18e9 },
      { change: 'width', by: 52, saves: 18e9 },
      { change: 'height', by: 54, saves: 18e9 },
    ]);
    expect(tariff.cheaperEdges(box(100, 100, 100), 908)).toEqual([{ change: 'mass', by: 1, saves: 1e9 }]);
    expect(tariff.cheaperEdges(box(100, 100, 100), 100)).toEqual([]);
    expect(tariff.cheaperEdges(box(5000, 100, 100), 100)).toEqual([]);
  });

  it('saves what it says, and a millimetre or gram less of a change saves nothing', () => {
    const tariff = cardOf([pounds]).tariff(trip);
    const side = fc.integer({ min: 1, max: 800 });
    fc.assert(
      fc.property(side, side, side, fc.integer({ min: 1, max: 9071 }), (length, width, height, grams) => {
        const outer = box(length, width, height);
        const now = tariff.price(outer, grams) ?? Infinity;
        for (const { change, by, saves } of tariff.cheaperEdges(outer, grams)) {
          const at = (less: number) =>
            change === 'mass'
              ? tariff.price(outer, grams - less)
              : tariff.price({ ...outer, [`${change}Mm`]: outer[`${change}Mm`] - less }, grams);
          expect(saves).toBeGreaterThan(0);
          expect(now - (at(by) ?? Infinity)).toBe(saves);
          expect(at(by - 1) ?? Infinity).toBeGreaterThanOrEqual(now);
        }
      }),
    );
  });
});

describe('a surcharge', () => {
  const amount = fc.oneof(
    fc.record({ kind: fc.constant('fixed'), price: fc.integer({ min: 0, max: 50 }) }),
    fc.record({
      kind: fc.constant('percent'),
      percent: fc.integer({ min: 0, max: 90 }),
      of: fc.constantFrom('base', 'subtotal'),
    }),
    fc.integer({ min: 0, max: 20 }).map((price) => ({ kind: 'by-weight', unit: 'lb', bands: [{ upTo: 3, price }] })),
  );
  const when = fc.option(fc.record({ above: fc.record({ length: fc.integer({ min: 1, max: 800 }) }) }), {
    nil: undefined,
  });
  const surcharge = fc.record({
    id: fc.uuid(),
    group: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
    when,
    amount,
  });

  it('never lowers a price, whatever others there are', () => {
    const side = fc.integer({ min: 1, max: 800 });
    const parcel = fc.record({ lengthMm: side, widthMm: side, heightMm: side });
    fc.assert(
      fc.property(
        fc.array(surcharge, { maxLength: 4 }),
        surcharge,
        parcel,
        fc.integer({ min: 1, max: 9000 }),
        (some, one, outer, grams) => {
          const before = cardOf([pounds], some).quote(outer, grams, trip)?.price;
          const after = cardOf([pounds], [...some, one]).quote(outer, grams, trip)?.price;
          if (before === undefined) expect(after).toBeUndefined();
          else expect(after).toBeGreaterThanOrEqual(before);
        },
      ),
    );
  });
});
