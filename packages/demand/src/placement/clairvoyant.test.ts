import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clairvoyantCost } from './clairvoyant.ts';
import { replaySeason } from './season.ts';

const modes = [
  { id: 'ocean', lead: 2, perUnit: 1, perOrder: 4 },
  { id: 'air', lead: 0, perUnit: 2, perOrder: 1 },
];
const costs = { direct: 3.2, holding: 0.1, leftover: 0.7, modes };
const season = (actual: readonly number[], history: readonly number[] = []) => ({
  sku: 'A',
  facility: 'X',
  history,
  actual,
  costs,
});

describe('the clairvoyant plan', () => {
  // Snyder and Shen: Wagner–Whitin with K = 500, h = 2.
  it('is that of Wagner and Whitin where direct is out of the question', () => {
    const lots = { direct: 1e6, holding: 2, leftover: 0, modes: [{ id: 'm', lead: 0, perUnit: 0, perOrder: 500 }] };
    expect(clairvoyantCost([90, 120, 80, 70], lots)).toBe(1380);
  });

  it('is never dearer than any orders whatever, nor than direct', () => {
    const orders = fc.array(fc.tuple(fc.nat(1), fc.nat(12)), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 6, maxLength: 6 }), orders, (actual, decided) => {
        let period = 0;
        const [result] = replaySeason([season(actual)], 2, () => () => {
          const [mode = 0, quantity = 0] = decided[period] ?? [];
          period += 1;
          return [{ mode: modes[mode] as (typeof modes)[number], quantity, gain: 0 }];
        });
        expect(result?.clairvoyant).toBeLessThanOrEqual((result?.cost ?? 0) + 1e-9);
        expect(result?.clairvoyant).toBeLessThanOrEqual((result?.direct ?? 0) + 1e-9);
      }),
    );
  });
});

describe('a replayed season', () => {
  it('costs as much as direct when nothing is ordered', () => {
    const [result] = replaySeason([season([3, 0, 5])], 2, () => () => []);
    expect(result).toMatchObject({ demand: 8, local: 0, leftover: 0, shipped: {} });
    expect(result?.cost).toBeCloseTo(8 * 3.2);
  });

  it('serves from stock first, in the period in which an order arrives, and charges what is held and left', () => {
    let asked = 0;
    const [result] = replaySeason([season([3, 2, 5])], 1, () => () => {
      asked += 1;
      // Decided one period ahead of the season: there for its second one.
      return asked === 1 ? [{ mode: modes[0] as (typeof modes)[number], quantity: 10, gain: 0 }] : [];
    });
    expect(result).toMatchObject({ local: 7, leftover: 3, shipped: { ocean: 10 } });
    expect(result?.cost).toBeCloseTo(3 * 3.2 + 4 + 10 + 8 * 0.1 + 3 * 0.1 + 3 * 0.7);
  });

  it('shows a decision nothing of the periods that are not over', () => {
    const seen = (actual: readonly number[]) => {
      const histories: (readonly number[])[] = [];
      replaySeason([season(actual, [1, 2, 3, 4])], 2, ([history]) => {
        histories.push([...(history ?? [])]);
        return () => [];
      });
      return histories;
    };
    expect(seen([5, 6])).toEqual([
      [1, 2],
      [1, 2, 3],
      [1, 2, 3, 4],
      [1, 2, 3, 4, 5],
    ]);
    expect(seen([5, 99])).toEqual(seen([5, 6]));
  });
});
