import { volumeMm3 } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Carton } from './carton.ts';
import { fillCarton, type Placement } from './fill.ts';
import { type Goods, orientations } from './goods.ts';
import { Packer } from './packer.ts';
import type { Tariff } from './tariff.ts';

const carton = (
  id: string,
  lengthMm: number,
  widthMm: number,
  heightMm: number,
  price: number,
  maxGrossGrams = 30_000,
): Carton => ({
  id,
  inner: { lengthMm, widthMm, heightMm },
  outer: { lengthMm: lengthMm + 6, widthMm: widthMm + 6, heightMm: heightMm + 6 },
  tareGrams: 100,
  maxGrossGrams,
  price,
});

const cartons = [
  carton('S', 150, 100, 80, 100),
  carton('M', 250, 200, 120, 200),
  carton('L', 420, 320, 250, 500),
  carton('XL', 600, 400, 400, 900),
];
const flat: Tariff = { maxGrossGrams: 20_000, price: () => 1000 };
const byVolume: Tariff = { maxGrossGrams: 20_000, price: (outer) => Math.ceil(volumeMm3(outer) / 8000) };

const goods = fc
  .array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 12 }),
      size: fc.record({
        lengthMm: fc.integer({ min: 5, max: 300 }),
        widthMm: fc.integer({ min: 5, max: 200 }),
        heightMm: fc.integer({ min: 5, max: 150 }),
      }),
      massGrams: fc.integer({ min: 1, max: 4000 }),
      vertical: fc.option(fc.subarray(['length', 'width', 'height'] as const, { minLength: 1 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list): Goods[] =>
    list.map(({ vertical, ...one }, index) => ({ id: `item-${index}`, ...one, ...(vertical && { vertical }) })),
  );

const overlaps = (a: Placement, b: Placement): boolean =>
  a.x < b.x + b.lengthMm &&
  b.x < a.x + a.lengthMm &&
  a.y < b.y + b.widthMm &&
  b.y < a.y + a.widthMm &&
  a.z < b.z + b.heightMm &&
  b.z < a.z + a.heightMm;

const sharedBase = (above: Placement, below: Placement): number => {
  const along = Math.min(above.x + above.lengthMm, below.x + below.lengthMm) - Math.max(above.x, below.x);
  const across = Math.min(above.y + above.widthMm, below.y + below.widthMm) - Math.max(above.y, below.y);
  return along > 0 && across > 0 ? along * across : 0;
};

const checkPlacements = (placements: readonly Placement[], all: readonly Goods[], inner: Carton['inner']): void => {
  for (const [index, one] of placements.entries()) {
    expect(one.x + one.lengthMm).toBeLessThanOrEqual(inner.lengthMm);
    expect(one.y + one.widthMm).toBeLessThanOrEqual(inner.widthMm);
    expect(one.z + one.heightMm).toBeLessThanOrEqual(inner.heightMm);
    const source = all.find((candidate) => candidate.id === one.item) as Goods;
    expect(orientations(source)).toContainEqual({
      lengthMm: one.lengthMm,
      widthMm: one.widthMm,
      heightMm: one.heightMm,
    });
    const earlier = placements.slice(0, index);
    for (const other of earlier) {
      expect(overlaps(one, other)).toBe(false);
      // Loadable from above in the order given: nothing placed before stands over it.
      if (other.z >= one.z + one.heightMm) expect(sharedBase(other, one)).toBe(0);
    }
    const support =
      one.z === 0
        ? 1
        : earlier
            .filter((other) => other.z + other.heightMm === one.z)
            .reduce((sum, other) => sum + sharedBase(one, other), 0) /
          (one.lengthMm * one.widthMm);
    expect(support).toBeGreaterThanOrEqual(1);
  }
};

describe('filling a carton', () => {
  it('places units inside, apart, wholly supported, and loadable from above', () => {
    fc.assert(
      fc.property(goods, fc.constantFrom(...cartons), (list, { inner }) => {
        const { placements, placed, massGrams } = fillCarton(list, inner, 10_000);
        checkPlacements(placements, list, inner);
        expect(massGrams).toBeLessThanOrEqual(10_000);
        for (const [index, one] of list.entries()) {
          expect(placements.filter((placement) => placement.item === one.id)).toHaveLength(placed[index] ?? 0);
          expect(placed[index]).toBeLessThanOrEqual(one.quantity);
        }
      }),
    );
  });

  it('fills a grid of equal units to the last place', () => {
    const cube: Goods = { id: 'cube', quantity: 1000, size: { lengthMm: 50, widthMm: 50, heightMm: 50 }, massGrams: 1 };
    expect(fillCarton([cube], { lengthMm: 500, widthMm: 500, heightMm: 500 }, 100_000).placed).toEqual([1000]);
  });

  it('obeys this side up and no turning', () => {
    const tall: Goods = { id: 'tall', quantity: 1, size: { lengthMm: 50, widthMm: 50, heightMm: 200 }, massGrams: 1 };
    const low = { lengthMm: 300, widthMm: 300, heightMm: 100 };
    expect(fillCarton([tall], low, 1000).placed).toEqual([1]);
    expect(fillCarton([{ ...tall, vertical: ['height'] }], low, 1000).placed).toEqual([0]);
    const wide: Goods = { id: 'wide', quantity: 1, size: { lengthMm: 100, widthMm: 300, heightMm: 10 }, massGrams: 1 };
    expect(fillCarton([{ ...wide, fixed: true }], { lengthMm: 300, widthMm: 100, heightMm: 100 }, 1000).placed).toEqual(
      [0],
    );
  });
});

describe('packing an order', () => {
  it('puts every unit into exactly one parcel or names it as unpacked', () => {
    fc.assert(
      fc.property(goods, (list) => {
        const { parcels, unpacked } = new Packer(cartons).pack(list, byVolume);
        for (const one of list) {
          const packed = parcels.flatMap((parcel) => parcel.lines).filter((line) => line.item === one.id);
          const left = unpacked.filter((line) => line.item === one.id);
          const count = [...packed, ...left].reduce((sum, line) => sum + line.quantity, 0);
          expect(count).toBe(one.quantity);
        }
        for (const parcel of parcels) {
          const net = parcel.lines.reduce(
            (sum, line) => sum + line.quantity * (list.find((one) => one.id === line.item)?.massGrams ?? 0),
            0,
          );
          expect(parcel.grossGrams).toBe(net + (parcel.carton?.tareGrams ?? 0));
          expect(parcel.grossGrams).toBeLessThanOrEqual(Math.min(20_000, parcel.carton?.maxGrossGrams ?? 20_000));
          if (parcel.carton) checkPlacements(parcel.placements, list, parcel.carton.inner);
          if (parcel.carton)
            expect(parcel.placements).toHaveLength(parcel.lines.reduce((sum, line) => sum + line.quantity, 0));
        }
      }),
    );
  });

  it('does not depend on the order in which cartons are listed, nor on what was packed before', () => {
    fc.assert(
      fc.property(goods, goods, (list, before) => {
        const renamed = before.map((one) => ({ ...one, id: `other-${one.id}` }));
        const used = new Packer([...cartons].reverse());
        used.pack(renamed, byVolume);
        expect(used.pack(list, byVolume)).toEqual(new Packer(cartons).pack(list, byVolume));
      }),
    );
  });

  it('takes the carton for which carton and postage together cost least', () => {
    const one: Goods = { id: 'a', quantity: 1, size: { lengthMm: 140, widthMm: 90, heightMm: 70 }, massGrams: 300 };
    expect(new Packer(cartons).pack([one], flat).parcels[0]?.carton?.id).toBe('S');
    const dearSmall: Tariff = { maxGrossGrams: 20_000, price: (outer) => (outer.lengthMm < 200 ? 5000 : 100) };
    expect(new Packer(cartons).pack([one], dearSmall).parcels[0]?.carton?.id).toBe('M');
  });

  it('splits what is too heavy for one parcel', () => {
    const bricks: Goods = {
      id: 'brick',
      quantity: 9,
      size: { lengthMm: 100, widthMm: 100, heightMm: 50 },
      massGrams: 4000,
    };
    const { parcels, unpacked } = new Packer(cartons).pack([bricks], flat);
    expect(unpacked).toEqual([]);
    expect(parcels.map((parcel) => parcel.lines[0]?.quantity)).toEqual([4, 4, 1]);
  });

  it('sends in its own packing what no carton holds, and says why something cannot go', () => {
    const pole: Goods = { id: 'pole', quantity: 2, size: { lengthMm: 900, widthMm: 30, heightMm: 30 }, massGrams: 500 };
    const { parcels } = new Packer(cartons).pack([pole], flat);
    expect(parcels.map((parcel) => [parcel.carton, parcel.grossGrams])).toEqual([
      [undefined, 500],
      [undefined, 500],
    ]);
    const short: Tariff = { maxGrossGrams: 20_000, price: (outer) => (outer.lengthMm > 600 ? undefined : 1) };
    expect(new Packer(cartons).pack([pole], short).unpacked).toEqual([
      { item: 'pole', quantity: 2, reason: 'too-large' },
    ]);
    const anvil: Goods = {
      id: 'anvil',
      quantity: 1,
      size: { lengthMm: 100, widthMm: 100, heightMm: 100 },
      massGrams: 25_000,
    };
    expect(new Packer(cartons).pack([anvil], flat).unpacked).toEqual([
      { item: 'anvil', quantity: 1, reason: 'too-heavy' },
    ]);
  });
});
