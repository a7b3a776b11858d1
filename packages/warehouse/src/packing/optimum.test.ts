import { volumeMm3 } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapestByForce } from '../../test/brute-force.ts';
import type { Carton } from './carton.ts';
import type { Goods } from './goods.ts';
import { Packer } from './packer.ts';
import type { Packing } from './packing.ts';
import type { Tariff } from './tariff.ts';

const box = (id: string, lengthMm: number, widthMm: number, heightMm: number, price: number): Carton => {
  const inner = { lengthMm, widthMm, heightMm };
  return { id, inner, outer: inner, tareGrams: 1, maxGrossGrams: 40, price };
};
const cartons = [box('flat', 4, 3, 1, 2), box('small', 3, 3, 2, 3), box('long', 5, 2, 2, 3), box('large', 5, 4, 3, 7)];
const stepped: Tariff = {
  maxGrossGrams: 40,
  price: (outer, grossGrams) => 10 + 4 * Math.ceil(Math.max(grossGrams, volumeMm3(outer) / 4) / 7),
};
const totalOf = ({ parcels }: Packing): number =>
  parcels.reduce((sum, { cartonPrice, postage }) => sum + cartonPrice + postage, 0);

const side = fc.integer({ min: 1, max: 4 });
const fewUnits = (most: number) =>
  fc
    .array(
      fc.record({
        size: fc.record({ lengthMm: side, widthMm: side, heightMm: fc.integer({ min: 1, max: 3 }) }),
        massGrams: fc.integer({ min: 0, max: 20 }),
      }),
      { minLength: 1, maxLength: most },
    )
    .map((list): Goods[] => list.map((one, index) => ({ id: `item-${index}`, quantity: 1, ...one })));

describe('the optimum', () => {
  it('is found for up to four units: brute force over all positions finds nothing cheaper, and nothing else', () => {
    fc.assert(
      fc.property(fewUnits(4), (list) => {
        const packing = new Packer(cartons).pack(list, stepped, { effort: 'normal' });
        const forced = cheapestByForce(
          list,
          cartons,
          (carton, mass) =>
            (mass + 1 > 40 ? Number.POSITIVE_INFINITY : carton.price) +
            (stepped.price(carton.outer, mass + 1) as number),
        );
        if (packing.unpacked.length > 0) expect(forced).toBe(Number.POSITIVE_INFINITY);
        else expect(totalOf(packing)).toBe(forced);
        if (packing.proven && packing.unpacked.length === 0) expect(packing.bound).toBe(forced);
      }),
      { numRuns: 60 },
    );
  });

  it('is never below the bound, whatever the effort', () => {
    const many = fewUnits(9).map((list) => list.map((one, index) => ({ ...one, quantity: 1 + (index % 3) })));
    fc.assert(
      fc.property(many, (list) => {
        const packer = new Packer(cartons);
        const [normal, thorough] = (['normal', 'thorough'] as const).map((effort) =>
          packer.pack(list, stepped, { effort }),
        );
        for (const { bound = 0 } of [normal, thorough] as Packing[]) {
          expect(bound).toBeLessThanOrEqual(totalOf(normal as Packing));
          expect(bound).toBeLessThanOrEqual(totalOf(thorough as Packing));
        }
      }),
      { numRuns: 60 },
    );
  });
});
