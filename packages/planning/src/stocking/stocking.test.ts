import { scenarioSchema } from '@crossparcel/demand';
import { Reference } from '@crossparcel/files';
import { type Item, type Order, parseDay, sameEveryDay, sellerCost } from '@crossparcel/units';
import { describe, expect, it } from 'vitest';
import { compileNetwork } from '../network/compile.ts';
import { Stock } from '../options/stock.ts';
import { openWorld } from '../options/world.ts';
import { Planner } from '../planner.ts';
import { StockingCosts } from './stocking-costs.ts';
import { StockingScenario } from './stocking-scenario.ts';

const reference = new Reference();
const network = compileNetwork(reference.network(), reference.networkReferences());
const law = reference.law(sameEveryDay(network.rates));
const day = (text: string): number => parseDay(text) ?? Number.NaN;

const lamp: Item = {
  sku: 'LAMP',
  description: 'lamp',
  size: { lengthMm: 250, widthMm: 150, heightMm: 150 },
  massGrams: 900,
  hs: '940521',
  origin: 'CN',
  value: { minor: 2500, currency: 'USD' },
  handling: [],
  estimated: [],
};
const itemOf = (sku: string): Item => ({ ...lamp, sku });
const order = (id: string, placed: string, postalPrefix: string, quantity = 1, country = 'US'): Order => ({
  id,
  shop: 'shop',
  buyerId: id,
  placedAt: Date.parse(`${placed}T10:00:00Z`),
  destination: { country, postalPrefix },
  lines: [{ sku: 'LAMP', quantity, unitPrice: { minor: 3000, currency: 'USD' }, cancelled: false }],
  holds: [],
});
const facility = (id: string) => {
  const found = network.facilities.get(id);
  if (!found) throw new Error(`no facility ${id}`);
  return found;
};
const book = (orders: readonly Order[]) => ({ orders, itemOf, stockOf: () => 0, inTransit: [] });
const made = (orders: readonly Order[], at = '2026-10-19') => {
  const maker = new StockingScenario(network, law, book(orders), { day: day(at), weeksLeft: 8 });
  const result = maker.make();
  if (!result.ok) throw new Error(result.error.what);
  return result.value.scenario;
};

describe('costs of stocking', () => {
  const one = order('1', '2026-10-15', '902');
  const costs = new StockingCosts(network, law).of(facility('US-W'), lamp, [one]);
  if (!costs.ok) throw new Error(costs.error);

  it('are those of the planner: direct, and from stock brought by ocean before storage begins', () => {
    const bare = new Planner(openWorld(network, law, new Stock()), itemOf).decide(one);
    expect(costs.value.direct).toBe(sellerCost(bare.costs));
    const stock = new Stock();
    stock.add('US-W', 'LAMP', 1);
    const { chosen, losers } = new Planner(openWorld(network, law, stock), itemOf).decide(one);
    const local = [chosen, ...losers].find((option) => option?.facility === 'US-W');
    const ocean = costs.value.modes.find(({ replenishment }) => replenishment.id === 'US-W-ocean');
    expect(ocean?.perUnit).toBeCloseTo(sellerCost(local?.costs ?? bare.costs), -1);
    expect(Math.abs((ocean?.perUnit ?? 0) - sellerCost(local?.costs ?? bare.costs))).toBeLessThanOrEqual(1);
  });

  it('are higher by air than by ocean, and share the price of a shipment among SKUs', () => {
    const [ocean, air] = ['US-W-ocean', 'US-W-air'].map((id) =>
      costs.value.modes.find(({ replenishment }) => replenishment.id === id),
    );
    expect(air?.perUnit).toBeGreaterThan(ocean?.perUnit ?? 0);
    expect(ocean?.perOrder).toBeCloseTo(9000 / network.stockValuation.skusPerShipment);
    expect(costs.value.holdingPerWeek).toBeGreaterThan(0);
    expect(costs.value.leftover).toBeGreaterThan(0);
  });

  it('say why a facility cannot ship an order', () => {
    const abroad = new StockingCosts(network, law).of(facility('US-W'), lamp, [order('2', '2026-10-15', '', 1, 'DE')]);
    expect(abroad).toEqual({ ok: false, error: 'US-W does not serve DE' });
  });
});

describe('a scenario out of an order book', () => {
  it('counts whole weeks back from the day, and nothing from the day on', () => {
    const { skus, at } = made([
      order('1', '2026-09-28', '902', 4),
      order('2', '2026-10-11', '902', 2),
      order('3', '2026-10-12', '902', 3),
      order('4', '2026-10-18', '902', 1),
      order('5', '2026-10-19', '902', 50),
    ]);
    expect(at).toBe('2026-10-19');
    expect(skus.map(({ facility: id, history }) => [id, history])).toEqual([['US-W', [4, 2, 4]]]);
  });

  it('gives a buyer to the warehouse that is cheapest to ship from', () => {
    const { skus } = made([order('1', '2026-10-11', '902'), order('2', '2026-10-11', '100', 7)]);
    expect(skus.map(({ facility: id, history }) => [id, history])).toEqual([
      ['US-E', [7, 0]],
      ['US-W', [1, 0]],
    ]);
  });

  it('has the form of a scenario, with leads that hold in nine cases of ten', () => {
    const scenario = made([order('1', '2026-10-11', '902')]);
    expect(scenarioSchema.parse(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario);
    expect(scenario.modes.find(({ id }) => id === 'US-W-ocean')?.leadPeriods).toBe(5);
  });

  it('names an order book that has nothing for a warehouse', () => {
    const maker = new StockingScenario(network, law, book([]), { day: day('2026-10-19'), weeksLeft: 8 });
    expect(maker.make()).toMatchObject({ ok: false, error: { code: 'no-orders' } });
  });
});
