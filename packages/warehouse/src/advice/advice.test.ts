import { describe, expect, it } from 'vitest';
import type { Carton } from '../packing/carton.ts';
import { adviseCartons } from './carton-set.ts';
import { sumEdges } from './pack-edges.ts';

const carton = (id: string, lengthMm: number, widthMm: number, heightMm: number, price: number): Carton => ({
  id,
  inner: { lengthMm, widthMm, heightMm },
  outer: { lengthMm: lengthMm + 6, widthMm: widthMm + 6, heightMm: heightMm + 6 },
  tareGrams: 100,
  maxGrossGrams: 30_000,
  price: price * 1e9,
});

/** Postage by volume: every litre of a parcel costs one. */
const byVolume = {
  maxGrossGrams: 30_000,
  price: ({ lengthMm, widthMm, heightMm }: { lengthMm: number; widthMm: number; heightMm: number }) =>
    Math.round((lengthMm * widthMm * heightMm) / 1e6) * 1e9,
};
const order = (lengthMm: number, widthMm: number, heightMm: number) => ({
  goods: [{ id: 'x', quantity: 1, size: { lengthMm, widthMm, heightMm }, massGrams: 500 }],
  tariff: byVolume,
});

describe('advice on a carton set', () => {
  const present = [carton('S', 150, 100, 80, 0.2), carton('L', 500, 400, 400, 1.2)];
  const history = [...Array.from({ length: 20 }, () => order(300, 200, 100)), order(480, 390, 390), order(140, 90, 70)];

  it('adds the size that a history asks for, and what it saves is what packing it again saves', () => {
    const advice = adviseCartons(history, present, 3);
    expect(advice.changes[0]).toMatchObject({
      add: { inner: { lengthMm: 300, widthMm: 200, heightMm: 100 } },
      drop: undefined,
    });
    expect(advice.cartons).toHaveLength(3);
    expect(advice.proposed).toBeLessThan(advice.now / 3);
  });

  it('drops a carton only where every order still finds its place', () => {
    const advice = adviseCartons(history, present, 2);
    expect(advice.cartons).toHaveLength(2);
    const largest = advice.cartons.map(({ inner }) => inner.lengthMm * inner.widthMm * inner.heightMm);
    expect(Math.max(...largest)).toBeGreaterThanOrEqual(480 * 390 * 390);
    expect(advice.proposed).toBeLessThan(advice.now);
  });

  it('leaves a set alone that nothing would better', () => {
    const snug = adviseCartons([order(150, 100, 80)], [carton('S', 150, 100, 80, 0.2)], 1);
    expect(snug).toMatchObject({ changes: [], proposed: snug.now });
  });
});

describe('edges of a history', () => {
  it('are summed by side of a product, at the step that saves most for each millimetre', () => {
    const edge = (byMm: number, saves: number) => ({ item: 'a', change: 'height' as const, byMm, carton: 'S', saves });
    expect(sumEdges([edge(2, 10), edge(2, 10), edge(20, 15)])).toEqual([
      { item: 'a', change: 'height', byMm: 2, parcels: 2, saves: 20 },
    ]);
  });
});
