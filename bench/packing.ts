import { Reference } from '@crossparcel/files';
import { CompiledCard } from '@crossparcel/transport';
import { type Dimensions, nanosOfDecimal, sidesMm, volumeMm3 } from '@crossparcel/units';
import { type Carton, compileCartons, EFFORTS, type Effort, Packer, type Tariff } from '@crossparcel/warehouse';
import type { Contest, Contestant } from './contest.ts';
import { type KnownCost, knownCosts, type PackingOrder, packingOrders } from './packing-orders.ts';
import { costByPeer } from './packing-peer.ts';

const NANOS = 1_000_000_000;

interface Scenario {
  readonly name: string;
  readonly cartons: readonly Carton[];
  tariff(zone: string): Tariff;
}

/** Prices of a tariff by outer size, kept: what differs between packers is then not the tariff. */
const priced = (
  maxGrossGrams: number,
  of: (outer: Dimensions) => (grossGrams: number) => number | undefined,
): Tariff => {
  const known = new Map<Dimensions, (grossGrams: number) => number | undefined>();
  return {
    maxGrossGrams,
    price: (outer, grossGrams) => {
      let price = known.get(outer);
      if (!price) {
        price = of(outer);
        known.set(outer, price);
      }
      return price(grossGrams);
    },
  };
};

/** An illustrative direct line: 38 a parcel and 0.155 a billable gram, of which a parcel has at least 100. */
const perKg = priced(20_000, (outer) => {
  const least = Math.max(100, Math.ceil(volumeMm3(outer) / 8000));
  const isTaken = sidesMm(outer)[0] <= 650;
  return (grossGrams) => (isTaken ? 38 * NANOS + 155_000_000 * Math.max(grossGrams, least) : undefined);
});

/** Letter and parcel formats: sides in mm, longest first, with mass limits in grams and prices. */
const FORMATS = [
  [353, 250, 25, 1000, 2.85],
  [450, 350, 160, 2000, 3.75],
  [610, 460, 460, 2000, 5.59],
  [610, 460, 460, 10_000, 7.29],
  [610, 460, 460, 20_000, 11.99],
] as const;

const formats = priced(20_000, (outer) => {
  const [long, middle, short] = sidesMm(outer);
  const holding = FORMATS.filter(([a, b, c]) => long <= a && middle <= b && short <= c).map(
    ([, , , mostGrams, price]) => ({ mostGrams, price: nanosOfDecimal(price) }),
  );
  return (grossGrams) => holding.find(({ mostGrams }) => grossGrams <= mostGrams)?.price;
});

const scenarios = (): Scenario[] => {
  const references = new Reference().networkReferences();
  const cartonsOf = (set: string) => compileCartons(references.cartonSet(set)?.cartons ?? [], (price) => price);
  const record = references.rateCard('usps-ground-advantage-commercial');
  if (!record) throw new Error('the card of USPS is not on file');
  const card = new CompiledCard(record, (price) => price);
  const byZone = new Map(
    record.zones?.names.map((zone) => [zone, card.tariff({ country: 'US', zone, day: card.settledFrom })]),
  );
  return [
    { name: 'usps', cartons: cartonsOf('us-27'), tariff: (zone) => byZone.get(zone) as Tariff },
    { name: 'perkg', cartons: cartonsOf('us-27'), tariff: () => perKg },
    { name: 'formats', cartons: cartonsOf('uk-15'), tariff: () => formats },
  ];
};

/** The cost of an order in nanos, or undefined when it was not packed whole. */
type Method = (order: PackingOrder, tariff: Tariff) => number | undefined;

const ours = (cartons: readonly Carton[], effort: Effort): (() => Method) => {
  return () => {
    const packer = new Packer(cartons);
    return ({ goods }, tariff) => {
      const { parcels, unpacked } = packer.pack([...goods], tariff, { effort });
      const cost = parcels.reduce((sum, { cartonPrice, postage }) => sum + cartonPrice + postage, 0);
      return unpacked.length === 0 ? cost : undefined;
    };
  };
};

/** Costs over the best known, sum by sum, of the orders that a method packs whole; empty text where none is known. */
const quality = (
  { name, tariff }: Scenario,
  orders: readonly PackingOrder[],
  known: ReadonlyMap<string, KnownCost>,
  method: Method,
): string => {
  let cost = 0;
  let best = 0;
  let missed = 0;
  for (const order of orders) {
    const own = method(order, tariff(order.zone));
    const found = known.get(`${name}|${order.id}`);
    if (own === undefined) missed += 1;
    if (own === undefined || !found) continue;
    cost += own / NANOS;
    best += found.best;
  }
  const ratio = best > 0 ? `, cost ${(cost / best).toFixed(4)}` : '';
  return missed > 0 ? `${ratio}, ${missed} not packed` : ratio;
};

/** Packing under three tariffs: ours at each effort, beside a well-known packer; costs against the best known. */
export const contests = async (): Promise<Contest[]> => {
  const orders = await packingOrders();
  const known = await knownCosts();
  return scenarios().map((scenario) => {
    const contestant = (name: string, make: () => Method): Contestant => ({
      name: name + quality(scenario, orders, known, make()),
      run: async () => {
        const method = make();
        const timesMs: number[] = [];
        for (const order of orders) {
          const started = performance.now();
          method(order, scenario.tariff(order.zone));
          timesMs.push(performance.now() - started);
        }
        return { amount: orders.length, timesMs };
      },
    });
    const recorded = [...known].flatMap(([key, cost]) =>
      key.startsWith(`${scenario.name}|`) && cost.boxPacker > 0 ? [cost] : [],
    );
    const sum = (of: (cost: KnownCost) => number) => recorded.reduce((total, cost) => total + of(cost), 0);
    const boxPacker =
      recorded.length > 0
        ? `; BoxPacker, recorded: cost ${(sum((cost) => cost.boxPacker) / sum((cost) => cost.best)).toFixed(4)}`
        : '';
    return {
      title: `${orders.length} orders under ${scenario.name}, one core; cost against the best known${boxPacker}`,
      unit: 'orders/s',
      contestants: [
        ...EFFORTS.map((effort) => contestant(`crossparcel ${effort}`, ours(scenario.cartons, effort))),
        contestant('binpackingjs', () => (order, tariff) => costByPeer(order, scenario.cartons, tariff)),
      ],
    };
  });
};
