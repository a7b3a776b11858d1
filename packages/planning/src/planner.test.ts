import { Reference } from '@crossparcel/files';
import { formatDay, type Item, type Order, sameEveryDay, sellerCost, totalCost, weekdayOf } from '@crossparcel/units';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { compileNetwork } from './network/compile.ts';
import type { NetworkRecord } from './network/record.ts';
import { Stock } from './options/stock.ts';
import { openWorld } from './options/world.ts';
import { planRecord, planRecordSchema } from './plan-record.ts';
import { type Decision, Planner } from './planner.ts';
import { inOrderOfPlacing, replayTo } from './replay.ts';

const reference = new Reference();
const base = reference.network();
const network = compileNetwork(base, reference.networkReferences());
const law = reference.law(sameEveryDay(network.rates));

const items: Item[] = [
  {
    sku: 'case',
    description: 'phone case',
    size: { lengthMm: 170, widthMm: 100, heightMm: 20 },
    massGrams: 60,
    hs: '392690',
    origin: 'CN',
    value: { minor: 900, currency: 'USD' },
    handling: [],
    estimated: [],
  },
  {
    sku: 'lamp',
    description: 'lamp',
    size: { lengthMm: 250, widthMm: 150, heightMm: 150 },
    massGrams: 900,
    hs: '940521',
    origin: 'CN',
    value: { minor: 2500, currency: 'USD' },
    handling: ['fragile'],
    estimated: [],
  },
  {
    sku: 'bank',
    description: 'power bank',
    size: { lengthMm: 150, widthMm: 80, heightMm: 30 },
    massGrams: 350,
    hs: '850760',
    origin: 'CN',
    value: { minor: 1800, currency: 'USD' },
    handling: ['battery'],
    estimated: [],
  },
  {
    sku: 'tower',
    description: 'too long',
    size: { lengthMm: 1900, widthMm: 100, heightMm: 100 },
    massGrams: 5000,
    hs: '940360',
    origin: 'CN',
    value: { minor: 9000, currency: 'USD' },
    handling: [],
    estimated: [],
  },
];
const itemOf = (sku: string): Item => {
  const item = items.find((one) => one.sku === sku);
  if (!item) throw new Error(`no item ${sku}`);
  return item;
};

const order = (
  id: string,
  placedAt: string,
  country: string,
  lines: readonly [string, number, number?][],
  postalPrefix = '787',
): Order => ({
  id,
  shop: 's',
  buyerId: 'b',
  placedAt: Date.parse(placedAt),
  destination: { country, ...(country === 'US' ? { postalPrefix } : {}) },
  lines: lines.map(([sku, quantity, minor = 1500]) => ({
    sku,
    quantity,
    unitPrice: { minor, currency: 'USD' },
    cancelled: false,
  })),
  holds: [],
});

const stockOf = (rows: readonly [string, string, number][]): Stock => {
  const stock = new Stock();
  for (const row of rows) stock.add(...row);
  return stock;
};

const plannerWith = (stock = new Stock(), net = network) => new Planner(openWorld(net, law, stock), itemOf);
const service = (decision: Decision) => decision.chosen?.service;

describe('planning an order', () => {
  it('costs what the cards, the lane and the law say, to the cent', () => {
    // One lamp to Austin (zone 6 from Los Angeles), ordered on a Tuesday morning in Shenzhen.
    const decision = plannerWith().decide(order('1', '2026-10-20T02:00:00Z', 'US', [['lamp', 1, 3000]]));
    const chosen = decision.losers.concat(decision.chosen ?? []).find((one) => one.service === 'SZX-LAX-STD');
    // Carton B-4, 306x226x166 outside: 1,434.99 volumetric grams by 8000; gross 900 + 205.
    expect(chosen?.parcels[0]).toMatchObject({ carton: 'B-4', grossGrams: 1105, billableGrams: 1435 });
    // 5.60 x 1.435 + 0.35 + 0.90 + USPS 3 lb zone 6 13.59 + holiday 0.55
    expect(chosen?.costs.freight).toBe(804 + 35 + 90 + 1359 + 55);
    expect(chosen?.costs.carton).toBe(36);
    expect(chosen?.costs.handling).toBe(35 + 8 + 12);
    // HS 9405.21 from China: general rate and China 301 of the tariff, and forced labor 12.5%.
    expect(chosen?.costs.duty).toBe(117 + 750 + 375);
    expect(chosen?.costs.fees).toBe(277);
    // A lost lamp costs 0.45 of its value, twice in a thousand.
    expect(chosen && chosen.costs.lateness >= 2).toBe(true);
  });

  it('despatches before the cut-off the same day, after it the next workday', () => {
    const despatch = (placedAt: string) => {
      const decision = plannerWith().decide(order('1', placedAt, 'JP', [['case', 1]]));
      return decision.chosen && formatDay(decision.chosen.despatch);
    };
    expect(despatch('2026-10-20T09:59:00Z')).toBe('2026-10-20');
    expect(despatch('2026-10-20T10:00:00Z')).toBe('2026-10-21');
    expect(despatch('2026-10-24T12:00:00Z')).toBe('2026-10-26');
  });

  it('fills from stock in the buyer’s market when that costs less, and takes the units', () => {
    const planner = plannerWith(stockOf([['US-E', 'lamp', 1]]));
    const first = planner.decide(order('1', '2026-10-20T15:00:00Z', 'US', [['lamp', 1]], '100'));
    const second = planner.decide(order('2', '2026-10-20T15:01:00Z', 'US', [['lamp', 1]], '100'));
    expect(first.chosen).toMatchObject({ mode: 'local', facility: 'US-E' });
    expect(second.chosen?.mode).toBe('direct');
    expect(second.closed).toContainEqual(expect.objectContaining({ code: 'stock-taken', facility: 'US-E' }));
    expect(second.bound).toBe(first.bound);
  });

  it('never splits an order: a warehouse that lacks one line is closed to it', () => {
    const planner = plannerWith(stockOf([['US-E', 'lamp', 5]]));
    const decision = planner.decide(
      order('1', '2026-10-20T15:00:00Z', 'US', [
        ['lamp', 1],
        ['case', 1],
      ]),
    );
    expect(decision.closed).toContainEqual(
      expect.objectContaining({ code: 'no-stock', why: 'too little of case at US-E' }),
    );
  });

  it('keeps battery goods off lanes that do not take them', () => {
    const decision = plannerWith().decide(order('1', '2026-10-20T02:00:00Z', 'US', [['bank', 1]]));
    const closed = decision.closed.filter((one) => one.code === 'handling-not-accepted').map((one) => one.service);
    expect(closed).toEqual(expect.arrayContaining(['YIW-LAX-STD', 'YIW-JFK-STD', 'SZX-LAX-ECO']));
    expect(service(decision)?.startsWith('SZX')).toBe(true);
  });

  it('holds what nobody takes, with the reason and the penalty', () => {
    const tower = plannerWith().decide(order('1', '2026-10-20T02:00:00Z', 'US', [['tower', 1, 9000]]));
    expect(tower.chosen).toBeUndefined();
    expect(tower.holds[0]).toMatchObject({ code: 'no-way', why: expect.stringContaining('tower is too large') });
    expect(tower.costs.lateness).toBe(3150);
    const nowhere = plannerWith().decide(order('2', '2026-10-20T02:00:00Z', 'AQ', [['case', 1, 100]]));
    expect(nowhere.holds[0]).toMatchObject({ code: 'no-lane' });
    expect(nowhere.costs.lateness).toBe(600);
  });

  it('values a free gift at its catalogue value', () => {
    const fees = (minor: number) =>
      plannerWith().decide(order('1', '2026-10-20T02:00:00Z', 'US', [['lamp', 1, minor]])).costs.duty;
    expect(fees(0)).toBe(fees(2500));
  });

  it('writes every decision as a record of its schema whose costs add up', () => {
    const planner = plannerWith(stockOf([['GB', 'case', 3]]));
    for (const country of ['US', 'GB', 'DE', 'MX', 'BR', 'JP', 'SG', 'MY', 'TH', 'VN', 'PH', 'ID', 'AQ']) {
      const decision = planner.decide(order(country, '2026-10-20T02:00:00Z', country, [['case', 2, 700]]));
      const record = planRecordSchema.parse(planRecord(decision, 'USD'));
      const { total, ...kinds } = record.costs as Record<string, string>;
      const sum = Object.values(kinds).reduce((cents, text) => cents + Math.round(Number(text) * 100), 0);
      expect(sum).toBe(Math.round(Number(total) * 100));
      expect(totalCost(decision.costs)).toBe(sum);
    }
  });
});

const small: NetworkRecord = {
  ...base,
  facilities: base.facilities.map((facility) => ({ ...facility, ordersPerDay: 3 })),
  lanes: base.lanes.map((lane) => ({ ...lane, capacityKgPerDay: 3 })),
};
const tight = compileNetwork(small, reference.networkReferences());

const book = fc
  .array(
    fc.record({
      minute: fc.integer({ min: 0, max: 6 * 24 * 60 }),
      country: fc.constantFrom('US', 'GB', 'DE', 'JP'),
      lines: fc.uniqueArray(fc.tuple(fc.constantFrom('case', 'lamp', 'bank'), fc.integer({ min: 1, max: 3 })), {
        minLength: 1,
        maxLength: 3,
        selector: ([sku]) => sku,
      }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows) =>
    inOrderOfPlacing(
      rows.map(({ minute, country, lines }, index) =>
        order(
          `O${String(index).padStart(3, '0')}`,
          new Date(Date.parse('2026-10-19T00:00:00Z') + minute * 60_000).toISOString(),
          country,
          lines,
        ),
      ),
    ),
  );

const opening: [string, string, number][] = [
  ['US-E', 'lamp', 4],
  ['US-W', 'case', 3],
  ['GB', 'bank', 2],
  ['DE', 'lamp', 3],
];

describe('a book of orders', () => {
  let decisions: Decision[] = [];
  beforeEach(() => {
    decisions = [];
  });

  it('stays within stock, flights and the hands of every facility', () => {
    fc.assert(
      fc.property(book, (orders) => {
        const planner = plannerWith(stockOf(opening), tight);
        decisions = orders.map((one) => planner.decide(one));
        const used = new Map<string, number>();
        const add = (key: string, amount: number) => used.set(key, (used.get(key) ?? 0) + amount);
        for (const { chosen, basket } of decisions) {
          if (!chosen) continue;
          add(`hands|${chosen.facility}|${chosen.despatch}`, 1);
          expect(weekdayOf(chosen.despatch)).not.toBe(7);
          if (chosen.mode === 'local')
            for (const { item, quantity } of basket.lines) add(`stock|${chosen.facility}|${item.sku}`, quantity);
          else
            for (const parcel of chosen.parcels)
              add(`lane|${chosen.service}|${parcel.legs[0]?.departs}`, parcel.grossGrams);
          const packed = chosen.parcels.flatMap((parcel) => parcel.lines);
          for (const { item, quantity } of basket.lines) {
            expect(packed.filter((line) => line.sku === item.sku).reduce((sum, line) => sum + line.quantity, 0)).toBe(
              quantity,
            );
          }
        }
        for (const [key, amount] of used) {
          const [kind, facility = '', what] = key.split('|');
          const limit =
            kind === 'hands' ? 3 : kind === 'lane' ? 3000 : opening.find(([f, s]) => f === facility && s === what)?.[2];
          expect(amount, key).toBeLessThanOrEqual(limit ?? 0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('takes the cheapest way that is open, and is never below its bound', () => {
    fc.assert(
      fc.property(book, (orders) => {
        const planner = plannerWith(stockOf(opening), tight);
        for (const one of orders) {
          const { chosen, losers, costs, bound } = planner.decide(one);
          if (!chosen) continue;
          for (const loser of losers) expect(sellerCost(loser.costs)).toBeGreaterThanOrEqual(sellerCost(chosen.costs));
          expect(bound).toBeLessThanOrEqual(sellerCost(costs));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same plan however the lines of an order stand', () => {
    fc.assert(
      fc.property(book, (orders) => {
        const turned = orders.map((one) => ({ ...one, lines: [...one.lines].reverse() }));
        const plan = (all: Order[]) => {
          const planner = plannerWith(stockOf(opening), tight);
          return all.map((one) => planRecord(planner.decide(one), 'USD'));
        };
        expect(plan(turned)).toEqual(plan(orders));
      }),
      { numRuns: 20 },
    );
  });
});

describe('replaying a book', () => {
  it('moves every order by the same whole days, the last onto the day', () => {
    const orders = [
      order('1', '2010-12-01T08:26:00Z', 'GB', [['case', 1]]),
      order('2', '2010-12-09T23:59:00Z', 'GB', [['case', 1]]),
    ];
    const day = Math.floor(Date.parse('2026-11-22T00:00:00Z') / 86_400_000);
    const moved = replayTo(orders, day).map((one) => new Date(one.placedAt).toISOString());
    expect(moved).toEqual(['2026-11-14T08:26:00.000Z', '2026-11-22T23:59:00.000Z']);
  });
});

describe('a network that refers to nothing', () => {
  const compile = (change: Partial<NetworkRecord>) => () =>
    compileNetwork({ ...base, ...change }, reference.networkReferences());
  const [lane] = base.lanes;
  const [facility] = base.facilities;
  const [lastMile] = base.lastMile;
  if (!lane || !facility || !lastMile) throw new Error('the default network is empty');

  it.each<[string, Partial<NetworkRecord>, RegExp]>([
    ['gateway', { lanes: [{ ...lane, gateway: 'XXX' }] }, /no gateway XXX/],
    ['last mile', { lanes: [{ ...lane, lastMile: 'XXX' }] }, /no last mile XXX/],
    ['origin', { lanes: [{ ...lane, from: 'US-E' }] }, /no origin US-E/],
    ['calendar', { facilities: [{ ...facility, calendar: 'XX' }] }, /no calendar XX/],
    ['carton set', { facilities: [{ ...facility, cartonSet: 'XX' }] }, /no carton set XX/],
    ['time zone', { facilities: [{ ...facility, timeZone: 'Mars/Base' }] }, /Mars\/Base is not a time zone/],
    [
      'rate card',
      { lastMile: [{ ...lastMile, card: { shape: 'card', currency: 'USD', name: 'x', file: 'none' } }] },
      /rate card none is not on file/,
    ],
  ])('names the %s', (_, change, message) => {
    expect(compile(change)).toThrow(message);
  });
});
