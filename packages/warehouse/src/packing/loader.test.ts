import { volumeMm3 } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../test/loading-checker.ts';
import type { Carton } from './carton.ts';
import type { Goods } from './goods.ts';
import { Packer } from './packer.ts';
import type { Tariff } from './tariff.ts';

const container = (lengthMm: number, widthMm: number, heightMm: number, available: number): Carton => {
  const inner = { lengthMm, widthMm, heightMm };
  return { id: 'C', inner, outer: inner, tareGrams: 0, maxGrossGrams: 1_000_000, price: 0, available };
};
const free: Tariff = { maxGrossGrams: 1_000_000, price: () => 0 };

const packedVolume = (list: readonly Goods[], carton: Carton): number => {
  const { parcels } = new Packer([carton]).pack(list, free, { effort: 'fast', objective: 'cartons' });
  for (const { placements } of parcels) expect(faultsOf(placements, carton.inner, list)).toEqual([]);
  return parcels.flatMap(({ placements }) => placements).reduce((sum, placement) => sum + volumeMm3(placement), 0);
};

describe('loading containers that cannot hold everything', () => {
  it('gives sound loadings and names the rest', () => {
    const size = fc.record({
      lengthMm: fc.integer({ min: 1, max: 7 }),
      widthMm: fc.integer({ min: 1, max: 7 }),
      heightMm: fc.integer({ min: 1, max: 5 }),
    });
    const goods = fc.array(
      fc.record({ size, quantity: fc.integer({ min: 1, max: 30 }), massGrams: fc.integer({ min: 0, max: 9 }) }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(goods, fc.integer({ min: 0, max: 2 }), (list, available) => {
        const named = list.map((one, index): Goods => ({ id: `item-${index}`, ...one }));
        const carton = container(11, 8, 7, available);
        const options = { effort: 'fast', objective: 'cartons' } as const;
        const { parcels, unpacked } = new Packer([carton]).pack(named, free, options);
        expect(parcels.length).toBeLessThanOrEqual(available);
        for (const { placements } of parcels) expect(faultsOf(placements, carton.inner, named)).toEqual([]);
        for (const { id, quantity } of named) {
          const packed = parcels.flatMap(({ placements }) => placements).filter(({ item }) => item === id).length;
          const left = unpacked.filter(({ item }) => item === id).reduce((sum, one) => sum + one.quantity, 0);
          expect(packed + left).toBe(quantity);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('packs a published instance as full as it did when it was last made better', () => {
    // Bischoff & Ratcliff 1995, BR1 instance 1 (OR-Library thpack1): lengths in cm, best known 94.9 %.
    const list: Goods[] = [
      { size: { lengthMm: 108, widthMm: 76, heightMm: 30 }, quantity: 40, vertical: ['height'] as const },
      { size: { lengthMm: 110, widthMm: 43, heightMm: 25 }, quantity: 33, vertical: ['width', 'height'] as const },
      { size: { lengthMm: 92, widthMm: 81, heightMm: 55 }, quantity: 39 },
    ].map((one, index) => ({ id: `type-${index}`, massGrams: 0, ...one }));
    expect(packedVolume(list, container(587, 233, 220, 1)) / (587 * 233 * 220)).toBeGreaterThan(0.885);
  });

  it('stops when nothing better is possible', () => {
    const cubes: Goods = {
      id: 'cube',
      quantity: 90,
      size: { lengthMm: 100, widthMm: 100, heightMm: 100 },
      massGrams: 1,
    };
    expect(packedVolume([cubes], container(310, 250, 190, 2))).toBe(12 * 1_000_000);
  });
});

describe('rules of goods and cartons', () => {
  const box = (id: string, lengthMm: number, widthMm: number, heightMm: number, more: Partial<Carton> = {}): Carton => {
    const inner = { lengthMm, widthMm, heightMm };
    return { id, inner, outer: inner, tareGrams: 10, maxGrossGrams: 9000, price: 1, ...more };
  };
  const flat = (id: string, massGrams: number, more: Partial<Goods> = {}): Goods => ({
    id,
    quantity: 1,
    size: { lengthMm: 100, widthMm: 100, heightMm: 40 },
    massGrams,
    vertical: ['height'],
    ...more,
  });
  const cartonsFor = (list: readonly Goods[], cartons: readonly Carton[]) =>
    new Packer(cartons).pack(list, free, { effort: 'normal' }).parcels.map(({ carton }) => carton?.id);

  it('lay fragile goods on top, whichever they are', () => {
    const tower = [box('tower', 100, 100, 80)];
    const { parcels } = new Packer(tower).pack([flat('vase', 900, { maxLoadGrams: 0 }), flat('book', 300)], free);
    expect(parcels[0]?.placements.map(({ item, z }) => [item, z])).toEqual([
      ['book', 0],
      ['vase', 40],
    ]);
    expect(cartonsFor([flat('a', 1, { maxLoadGrams: 0 }), flat('b', 1, { maxLoadGrams: 0 })], tower)).toHaveLength(2);
    expect(cartonsFor([flat('a', 300, { maxLoadGrams: 299 }), flat('b', 300, { maxLoadGrams: 300 })], tower)).toEqual([
      'tower',
    ]);
  });

  it('keep goods apart, and leave room for cushions', () => {
    const tower = [box('tower', 100, 100, 80)];
    const soap = flat('soap', 100, { kinds: ['soap'] });
    expect(cartonsFor([soap, flat('tea', 100)], tower)).toHaveLength(1);
    expect(cartonsFor([soap, flat('tea', 100, { apartFrom: ['soap'] })], tower)).toHaveLength(2);
    const two = [box('bare', 100, 100, 40), box('roomy', 110, 110, 50, { price: 2 })];
    expect(cartonsFor([flat('glass', 100)], two)).toEqual(['bare']);
    expect(cartonsFor([flat('glass', 100, { clearanceMm: 5 })], two)).toEqual(['roomy']);
  });

  it('let a soft mailer be as thick as its content, which takes of its length and width', () => {
    const mailer = box('mailer', 150, 140, 60, { soft: true, outer: { lengthMm: 154, widthMm: 144, heightMm: 62 } });
    const { parcels } = new Packer([mailer]).pack([flat('book', 100)], free);
    expect(parcels[0]?.outer).toEqual({ lengthMm: 154, widthMm: 144, heightMm: 42 });
    expect(
      new Packer([mailer]).pack([flat('brick', 100, { size: { lengthMm: 100, widthMm: 100, heightMm: 45 } })], free)
        .unpacked,
    ).toHaveLength(1);
  });
});
