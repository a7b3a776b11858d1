import { volumeMm3 } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../test/loading-checker.ts';
import type { Carton } from './carton.ts';
import { EFFORTS } from './effort.ts';
import type { Goods } from './goods.ts';
import { Packer } from './packer.ts';
import type { Packing } from './packing.ts';
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
/** Steps like those of a parcel service: by started half kilogram, dearer above a volume, nothing above 12 kg. */
const stepped: Tariff = {
  maxGrossGrams: 12_000,
  price: (outer, grossGrams) =>
    400 + 150 * Math.ceil(Math.max(grossGrams, volumeMm3(outer) / (volumeMm3(outer) > 8_000_000 ? 3000 : 9000)) / 500),
};

const side = (max: number) => fc.integer({ min: 5, max });
const goods = fc
  .array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 12 }),
      size: fc.record({ lengthMm: side(300), widthMm: side(200), heightMm: side(150) }),
      massGrams: fc.integer({ min: 1, max: 4000 }),
      vertical: fc.option(fc.subarray(['length', 'width', 'height'] as const, { minLength: 1 }), { nil: undefined }),
      fixed: fc.option(fc.constant(true), { nil: undefined, freq: 8 }),
      maxLoadGrams: fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined, freq: 5 }),
      clearanceMm: fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined, freq: 5 }),
      kinds: fc.option(fc.subarray(['food', 'soap']), { nil: undefined, freq: 3 }),
      apartFrom: fc.option(fc.subarray(['food', 'soap']), { nil: undefined, freq: 8 }),
      ownPacking: fc.constantFrom('when-too-large' as const, 'allowed' as const, undefined),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list): Goods[] => list.map((one, index) => ({ id: `item-${index}`, ...one })));

const totalOf = ({ parcels }: Packing, { perParcel = 0 }: Tariff): number =>
  parcels.reduce((sum, { cartonPrice, postage }) => sum + cartonPrice + postage + perParcel, 0);

const check = (packing: Packing, list: readonly Goods[], tariff: Tariff): void => {
  const itemOf = (id: string) => list.find((one) => one.id === id) as Goods;
  for (const one of list) {
    const packed = packing.parcels.flatMap(({ lines }) => lines).filter(({ item }) => item === one.id);
    const left = packing.unpacked.filter(({ item }) => item === one.id);
    expect([...packed, ...left].reduce((sum, { quantity }) => sum + quantity, 0)).toBe(one.quantity);
  }
  for (const parcel of packing.parcels) {
    const net = parcel.lines.reduce((sum, { item, quantity }) => sum + quantity * itemOf(item).massGrams, 0);
    expect(parcel.grossGrams).toBe(net + (parcel.carton?.tareGrams ?? 0));
    expect(parcel.grossGrams).toBeLessThanOrEqual(Math.min(tariff.maxGrossGrams, parcel.carton?.maxGrossGrams ?? 1e9));
    expect(parcel.postage).toBe(tariff.price(parcel.outer, parcel.grossGrams));
    const units = parcel.lines.flatMap(({ item, quantity }) => Array.from({ length: quantity }, () => itemOf(item)));
    for (const [index, unit] of units.entries()) {
      const company = units.toSpliced(index, 1).flatMap(({ kinds = [] }) => [...kinds]);
      expect(unit.apartFrom?.filter((kind) => company.includes(kind)) ?? []).toEqual([]);
    }
    if (!parcel.carton) {
      expect(parcel.lines).toEqual([{ item: parcel.lines[0]?.item, quantity: 1 }]);
      continue;
    }
    expect(faultsOf(parcel.placements, parcel.carton.inner, list)).toEqual([]);
    for (const { item, quantity } of parcel.lines)
      expect(parcel.placements.filter((placement) => placement.item === item)).toHaveLength(quantity);
  }
};

describe('packing an order', () => {
  it.each(EFFORTS)('gives sound parcels that hold every unit once, or names it as unpacked (%s)', (effort) => {
    fc.assert(
      fc.property(goods, fc.constantFrom(byVolume, stepped), (list, tariff) => {
        check(new Packer(cartons).pack(list, tariff, { effort }), list, tariff);
      }),
      { numRuns: effort === 'thorough' ? 20 : 60 },
    );
  });

  it('does not depend on the order of goods or cartons, nor on what was packed before', () => {
    fc.assert(
      fc.property(goods, goods, (list, before) => {
        const used = new Packer([...cartons].reverse());
        used.pack(before, byVolume, { effort: 'normal' });
        const turned = used.pack([...list].reverse(), byVolume, { effort: 'normal' });
        expect(turned).toEqual(new Packer(cartons).pack(list, byVolume, { effort: 'normal' }));
      }),
      { numRuns: 30 },
    );
  });

  it('never makes a plan dearer when the tariff gets cheaper', () => {
    const few = goods.map((list) => list.map((one) => ({ ...one, quantity: Math.min(one.quantity, 3) })));
    fc.assert(
      fc.property(few, fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 9000 }), (list, off, above) => {
        const cheaper: Tariff = {
          ...stepped,
          price: (outer, gross) => (stepped.price(outer, gross) as number) - (gross > above ? off : 0),
        };
        const [dear, cheap] = [stepped, cheaper].map((tariff) =>
          totalOf(new Packer(cartons).pack(list, tariff, { effort: 'normal' }), tariff),
        );
        expect(cheap).toBeLessThanOrEqual(dear as number);
      }),
      { numRuns: 60 },
    );
  });

  it('takes the carton for which carton and postage together cost least', () => {
    const one: Goods = { id: 'a', quantity: 1, size: { lengthMm: 140, widthMm: 90, heightMm: 70 }, massGrams: 300 };
    expect(new Packer(cartons).pack([one], flat).parcels[0]?.carton?.id).toBe('S');
    const dearSmall: Tariff = { maxGrossGrams: 20_000, price: (outer) => (outer.lengthMm < 200 ? 5000 : 100) };
    expect(new Packer(cartons).pack([one], dearSmall).parcels[0]?.carton?.id).toBe('M');
  });

  it('sends two parcels where the tariff makes them cheaper than one, and one where handling outweighs that', () => {
    const jars: Goods = { id: 'jar', quantity: 2, size: { lengthMm: 90, widthMm: 90, heightMm: 70 }, massGrams: 900 };
    const letter: Tariff = { maxGrossGrams: 20_000, price: (_, grossGrams) => (grossGrams <= 1000 ? 300 : 2000) };
    const parcelsUnder = (tariff: Tariff) => new Packer(cartons).pack([jars], tariff, { effort: 'normal' }).parcels;
    expect(parcelsUnder(letter).map((parcel) => parcel.carton?.id)).toEqual(['S', 'S']);
    expect(parcelsUnder({ ...letter, perParcel: 1500 }).map((parcel) => parcel.carton?.id)).toEqual(['M']);
  });

  it('splits what is too heavy for one parcel', () => {
    const brick = { id: 'brick', quantity: 9, size: { lengthMm: 100, widthMm: 100, heightMm: 50 }, massGrams: 4000 };
    const { parcels, unpacked } = new Packer(cartons).pack([brick], flat);
    expect(unpacked).toEqual([]);
    expect(parcels).toHaveLength(3);
  });

  it('sends in its own packing what no carton holds, and says why something cannot go', () => {
    const pole: Goods = {
      id: 'pole',
      quantity: 2,
      size: { lengthMm: 900, widthMm: 30, heightMm: 30 },
      massGrams: 500,
      ownPacking: 'when-too-large',
    };
    const { parcels } = new Packer(cartons).pack([pole], flat);
    expect(parcels.map((parcel) => [parcel.carton, parcel.grossGrams])).toEqual([
      [undefined, 500],
      [undefined, 500],
    ]);
    const reasons = (one: Goods, tariff: Tariff) =>
      new Packer(cartons).pack([one], tariff).unpacked.map(({ quantity, reason }) => [quantity, reason]);
    const short: Tariff = { maxGrossGrams: 20_000, price: (outer) => (outer.lengthMm > 600 ? undefined : 1) };
    expect(reasons(pole, short)).toEqual([[2, 'too-large']]);
    const cube = { lengthMm: 100, widthMm: 100, heightMm: 100 };
    expect(reasons({ id: 'anvil', quantity: 1, size: cube, massGrams: 25_000 }, flat)).toEqual([[1, 'too-heavy']]);
    const none: Tariff = { maxGrossGrams: 20_000, price: () => undefined };
    expect(reasons({ id: 'cube', quantity: 1, size: cube, massGrams: 100 }, none)).toEqual([[1, 'not-accepted']]);
  });
});
