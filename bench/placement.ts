import { type PlacementModels, place, type Scenario, scenarioSchema } from '@crossparcel/demand';
import { DemandReference } from '@crossparcel/files';
import { type Generator, generatorOf } from '@crossparcel/numerics';
import type { Contest } from './contest.ts';

const PRODUCTS = 10_000;
const WAREHOUSES = ['US-WEST', 'US-EAST', 'GB', 'EU'];
const WEEKS = 26;

/** Lumpy weekly demand as a gift shop has it: most products slow, a few fast, weeks without demand, one-off bulk orders. */
const drawHistory = (random: Generator): number[] => {
  const rate = Math.exp(5 * random.unit() - 2);
  const idle = 0.7 * random.unit();
  return Array.from({ length: WEEKS }, () => {
    if (random.unit() < idle) return 0;
    const bulk = random.unit() < 0.02 ? 12 : 1;
    return Math.round(-rate * bulk * Math.log(1 - random.unit()));
  });
};

const drawScenario = (): Scenario => {
  const random = generatorOf(1);
  const skus = Array.from({ length: PRODUCTS }, (_, product) => {
    const price = 1 + 12 * random.unit();
    const text = (amount: number) => amount.toFixed(4);
    const costs = {
      direct: text(0.9 + 0.11 * price),
      ocean: { perUnit: text(0.47 + 0.04 * price), perOrder: '3.00' },
      air: { perUnit: text(0.75 + 0.04 * price), perOrder: '1.50' },
      holdingPerPeriod: text(0.02 + 0.002 * price),
      leftover: text(0.1 + 0.2 * price),
    };
    return WAREHOUSES.map((facility) => ({
      sku: `P${product}`,
      facility,
      history: drawHistory(random),
      stock: 0,
      inTransit: [],
      massGrams: 50 + Math.round(900 * random.unit()),
      costs,
    }));
  }).flat();
  return scenarioSchema.parse({
    at: '2026-09-14',
    currency: 'GBP',
    period: 'week',
    periodsLeft: 13,
    modes: [
      { id: 'ocean', leadPeriods: 5 },
      { id: 'air', leadPeriods: 1 },
    ],
    skus,
    limits: {
      budget: '60000',
      orders: 4000,
      capacity: { air: { massGrams: 3_000_000 }, ocean: { containers: 3, massGrams: 12_000_000 } },
      facilities: { GB: { units: 25_000 }, EU: { units: 25_000 } },
    },
  });
};

const decide = async (scenario: Scenario, models: PlacementModels): Promise<number> => {
  const placement = await place(scenario, models);
  if (!placement.ok || !placement.value.limited) throw new Error('nothing was placed within limits');
  const { gain, bound } = placement.value.limited;
  process.stdout.write(`gap to the bound ${(100 * (1 - gain / bound)).toFixed(3)} %\n`);
  return scenario.skus.length;
};

/** Placement of a whole catalogue within limits on money, orders, room by mode and by warehouse. */
export const contests = (): Promise<Contest[]> => {
  const scenario = drawScenario();
  const models = new DemandReference().placementModels();
  return Promise.resolve([
    {
      title: `${PRODUCTS.toLocaleString('en-US')} products at ${WAREHOUSES.length} warehouses within eight limits, one core`,
      unit: 'items/s',
      contestants: [{ name: 'crossparcel place', run: () => decide(scenario, models) }],
    },
  ]);
};
