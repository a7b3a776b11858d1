import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cheapestFlow, type FlowNetwork } from './min-cost-flow.ts';

const transport = (supplies: number[], rooms: number[], costs: number[][]): FlowNetwork => {
  const sources = supplies.length;
  const sink = sources + rooms.length;
  const arcs = [
    ...costs.flatMap((row, s) => row.map((cost, r) => ({ from: s, to: sources + r, capacity: Infinity, cost }))),
    ...rooms.map((capacity, r) => ({ from: sources + r, to: sink, capacity, cost: 0 })),
    ...supplies.map((_, s) => ({ from: s, to: sink, capacity: Infinity, cost: 1000 })),
  ];
  const total = supplies.reduce((sum, one) => sum + one, 0);
  return {
    nodes: sink + 1,
    supplies: Float64Array.from([...supplies, ...rooms.map(() => 0), -total]),
    from: Int32Array.from(arcs, ({ from }) => from),
    to: Int32Array.from(arcs, ({ to }) => to),
    capacities: Float64Array.from(arcs, ({ capacity }) => capacity),
    costs: Float64Array.from(arcs, ({ cost }) => cost),
  };
};

describe('the cheapest flow', () => {
  test('takes the dearer way only for what the cheap one has no room for', () => {
    const network = transport(
      [5, 5],
      [6, 10],
      [
        [1, 4],
        [1, 2],
      ],
    );
    const { cost, flows } = cheapestFlow(network);
    expect([...flows.slice(0, 4)]).toEqual([5, 0, 1, 4]);
    expect(cost).toBe(5 + 1 + 8);
  });

  test('tells what no path could carry', () => {
    const network = {
      nodes: 2,
      supplies: Float64Array.of(7, -7),
      from: Int32Array.of(0),
      to: Int32Array.of(1),
      capacities: Float64Array.of(4),
      costs: Float64Array.of(3),
    };
    expect(cheapestFlow(network)).toMatchObject({ cost: 12, stranded: 3 });
  });

  test('is proven by its prices: balanced, within bounds, and complementary slack on every arc', () => {
    const instance = fc.integer({ min: 1, max: 9 }).chain((sources) =>
      fc.integer({ min: 1, max: 7 }).chain((rooms) =>
        fc.record({
          supplies: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: sources, maxLength: sources }),
          rooms: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: rooms, maxLength: rooms }),
          costs: fc.array(fc.array(fc.integer({ min: 0, max: 90 }), { minLength: rooms, maxLength: rooms }), {
            minLength: sources,
            maxLength: sources,
          }),
        }),
      ),
    );
    fc.assert(
      fc.property(instance, ({ supplies, rooms, costs }) => {
        const network = transport(supplies, rooms, costs);
        const { flows, prices, stranded } = cheapestFlow(network);
        expect(stranded).toBe(0);
        const balance = Float64Array.from(network.supplies);
        for (const [arc, flow] of flows.entries()) {
          const [from, to] = [network.from[arc] as number, network.to[arc] as number];
          balance[from] = (balance[from] as number) - flow;
          balance[to] = (balance[to] as number) + flow;
          const room = network.capacities[arc] as number;
          expect(flow).toBeGreaterThanOrEqual(0);
          expect(flow).toBeLessThanOrEqual(room);
          const reduced = (network.costs[arc] as number) + (prices[from] as number) - (prices[to] as number);
          if (flow < room) expect(reduced).toBeGreaterThanOrEqual(0);
          if (flow > 0) expect(reduced).toBeLessThanOrEqual(0);
        }
        expect(balance.every((rest) => rest === 0)).toBe(true);
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  test('refuses arrays that disagree', () => {
    const network = { ...transport([1], [1], [[1]]), costs: Float64Array.of(1) };
    expect(() => cheapestFlow(network)).toThrow(RangeError);
  });
});
