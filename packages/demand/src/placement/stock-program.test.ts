import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CountGrid } from './count-grid.ts';
import { decideOrders } from './decision.ts';
import type { ItemCosts, Outlook, StockItem } from './item.ts';
import { bestOrder, StockProgram } from './stock-program.ts';

const poisson = new CountGrid(0);
const at = (rate: number, periods = 1): Outlook => ({ courses: [new Float64Array(periods).fill(rate)] });
const item = (costs: ItemCosts, periods = 1): StockItem => ({
  horizon: periods,
  start: 0,
  stock: 0,
  arrivals: new Float64Array(periods),
  costs,
});
const later = { kind: 'later', givenUp: 0 } as const;

describe('the stock program', () => {
  // Snyder and Shen, Fundamentals of Supply Chain Theory: cost and base stock of newsvendors with Poisson demand.
  it.each([
    [6, 1, 4, 8, 3.5701],
    [50, 0.18, 0.7, 56, 1.7972],
  ])('is the newsvendor in a single period: Poisson demand of %d', (rate, holding, shortage, stock, cost) => {
    const mode = { id: 'now', lead: 0, perUnit: 0, perOrder: 0 };
    const program = new StockProgram(
      item({ direct: shortage, holding, leftover: 0, modes: [mode] }),
      at(rate),
      poisson,
    );
    const curve = program.curve(0, { kind: 'none' });
    const { quantity } = bestOrder(curve, mode);
    expect(Math.abs(quantity - stock)).toBeLessThanOrEqual(curve.unit);
    // Demand is told apart by steps of more than one unit where there is much of it.
    expect(Math.abs(Math.min(...curve.mean) / cost - 1)).toBeLessThan(curve.unit > 1 ? 0.12 : 0.01);
  });

  it('orders for several periods at once where an order costs much, and period by period where none does', () => {
    const ordered = (perOrder: number) => {
      const mode = { id: 'now', lead: 0, perUnit: 1, perOrder };
      const costs = { direct: 5, holding: 0.05, leftover: 1, modes: [mode] };
      const program = new StockProgram(item(costs, 6), at(4, 6), poisson);
      return bestOrder(program.curve(0, later), mode).quantity;
    };
    expect(ordered(20)).toBeGreaterThan(ordered(0) * 2);
  });

  it('orders less where demand is wider about the same mean, if a unit left over costs more than one short', () => {
    const mode = { id: 'ocean', lead: 1, perUnit: 3, perOrder: 0 };
    const costs = { direct: 5, holding: 0, leftover: 3, modes: [mode] };
    const quantity = (courses: readonly number[]) => {
      const outlook = { courses: courses.map((rate) => new Float64Array(4).fill(rate)) };
      const program = new StockProgram(item(costs, 4), outlook, poisson);
      return bestOrder(program.curve(1, { kind: 'none' }), mode).quantity;
    };
    expect(quantity([2, 8, 14])).toBeLessThan(quantity([7, 8, 9]));
  });

  it('never orders where direct is cheaper, nothing could arrive in time, or the charge exceeds what demand could save', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 30, noNaN: true }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 0, max: 12 }),
        (rate, periods, lead) => {
          const orders = (perUnit: number, perOrder: number, leadTime = lead) => {
            const modes = [{ id: 'm', lead: leadTime, perUnit, perOrder }];
            const stocked = item({ direct: 2, holding: 0.01, leftover: 0.5, modes }, periods);
            return decideOrders(stocked, { grid: poisson, givenUp: 0.4, outlookFor: () => at(rate, periods) });
          };
          expect(orders(2, 0)).toEqual([]);
          expect(orders(1, 0, periods)).toEqual([]);
          expect(orders(1, rate * periods * 1 + 0.01)).toEqual([]);
        },
      ),
    );
  });

  it('counts what is there and on its way: with enough of it nothing more is ordered', () => {
    const modes = [{ id: 'm', lead: 2, perUnit: 1, perOrder: 1 }];
    const costs = { direct: 4, holding: 0.02, leftover: 1, modes };
    const deciding = { grid: poisson, givenUp: 0.4, outlookFor: () => at(5, 8) };
    const arrivals = new Float64Array(8);
    arrivals[2] = 40;
    expect(decideOrders(item(costs, 8), deciding)).not.toEqual([]);
    expect(decideOrders({ ...item(costs, 8), arrivals, stock: 20 }, deciding)).toEqual([]);
  });
});
