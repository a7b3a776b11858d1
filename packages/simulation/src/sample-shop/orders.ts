import type { Generator } from '@crossparcel/numerics';
import { formatInstant, type Hold, type Instant, MS_PER_DAY } from '@crossparcel/units';
import { type Arrival, launchArrivals, launchOf, usualArrivals } from './arrivals.ts';
import { SAMPLE_ASSUMPTIONS, type SampleMarket } from './assumptions.ts';
import { holdsOf, SampleBaskets, type SampleLine } from './basket.ts';
import { type SampleProduct, sampleCatalogue } from './catalogue.ts';
import { happens, pick, streamOf } from './draw.ts';
import { type SampleBuyer, type SampleDestination, type SampleRecipient, sampleBuyer } from './people/recipient.ts';
import { type SamplePost, samplePosts } from './posts.ts';
import { type SampleStock, stockFor } from './stock.ts';

/** An order as a shop sends it. */
export interface SampleOrder {
  readonly shop: string;
  readonly externalId: string;
  /** RFC 3339, in UTC. */
  readonly placedAt: string;
  readonly status: 'open' | 'cancelled';
  readonly holds: Hold[];
  readonly destination: SampleDestination;
  readonly currency: 'USD';
  readonly lines: SampleLine[];
  readonly buyerId: string;
  readonly recipient: SampleRecipient;
}

/** A shop: what it sells, what lies abroad on the first day, what was ordered, oldest first, and the posts that show it. */
export interface SampleShop {
  readonly shop: string;
  readonly catalogue: SampleProduct[];
  readonly stock: SampleStock[];
  readonly orders: SampleOrder[];
  readonly posts: SamplePost[];
}

const SHOP = 'sample-shop';
const MS_PER_MINUTE = 60_000;
const FIRST_NUMBER = 100_001;

/** The sample shop as it stands at `now`: a pure function of instant and seed. What it rests on: `SAMPLE_ASSUMPTIONS`. */
export const sampleShop = ({ now, seed }: { readonly now: Instant; readonly seed: number }): SampleShop => {
  const catalogue = sampleCatalogue(seed);
  const timing = streamOf(seed, 'arrivals');
  const launch = launchOf(now, timing);
  const usual = usualArrivals(now, launch, timing);
  const arrivals = [...usual, ...launchArrivals(now, launch, baseOf(usual, launch), timing)];
  const orders = ordersOf(upTo(now, arrivals), now, seed, catalogue);
  const sales = salesBefore(orders, launch);
  const days = SAMPLE_ASSUMPTIONS.days.value - (now - launch) / MS_PER_DAY;
  const stock = stockFor(sales, catalogue.length, days);
  return {
    shop: SHOP,
    catalogue,
    stock,
    orders,
    posts: samplePosts(launch, now, seed, boughtOf(orders, SAMPLE_ASSUMPTIONS.viral.value.sku)),
  };
};

/** Orders a day for the viral product before its launch. */
const baseOf = (usual: readonly Arrival[], launch: Instant): number => {
  const days = SAMPLE_ASSUMPTIONS.viralBaseDays.value;
  return usual.filter(({ at, kind }) => kind === 'viral' && at >= launch - days * MS_PER_DAY).length / days;
};

/** In time order, not more than the cap, the last some minutes old. */
const upTo = (now: Instant, arrivals: readonly Arrival[]): Arrival[] => {
  const newest = now - SAMPLE_ASSUMPTIONS.newestOrderMinutes.value * MS_PER_MINUTE;
  const sorted = arrivals
    .filter(({ at }) => at <= newest)
    .sort((a, b) => a.at - b.at)
    .slice(-SAMPLE_ASSUMPTIONS.mostOrders.value);
  const last = sorted.pop();
  return last ? [...sorted, { ...last, at: newest }] : [];
};

const ordersOf = (
  arrivals: readonly Arrival[],
  now: Instant,
  seed: number,
  catalogue: readonly SampleProduct[],
): SampleOrder[] => {
  const generator = streamOf(seed, 'orders');
  const baskets = new SampleBaskets(seed, catalogue);
  const buyers = new Buyers();
  return arrivals.map((arrival, index) => {
    const { buyerId, destination, recipient } = buyers.buyerOf(arrival, generator);
    return {
      shop: SHOP,
      externalId: `S${FIRST_NUMBER + index}`,
      placedAt: formatInstant(Math.floor(arrival.at / 1000) * 1000),
      status: happens(generator, SAMPLE_ASSUMPTIONS.cancelledShare.value) ? 'cancelled' : 'open',
      holds: holdsOf(arrival.at, now, generator),
      destination,
      currency: 'USD',
      lines: baskets.linesFor(arrival, generator),
      buyerId,
      recipient,
    };
  });
};

/** Who ordered so far, by market. */
class Buyers {
  readonly #byCountry = new Map<SampleMarket, SampleBuyer[]>();
  #count = 0;

  buyerOf({ country, kind }: Arrival, generator: Generator): SampleBuyer {
    const { repeatShare, soonAgainShare } = SAMPLE_ASSUMPTIONS;
    const known = this.#byCountry.get(country) ?? [];
    const last = known.at(-1);
    if (last && kind !== 'launch' && happens(generator, repeatShare.value)) {
      return happens(generator, soonAgainShare.value) ? last : pick(generator, known);
    }
    this.#count++;
    const buyer = sampleBuyer(`B${String(this.#count).padStart(5, '0')}`, country, generator);
    known.push(buyer);
    this.#byCountry.set(country, known);
    return buyer;
  }
}

const boughtOf = (orders: readonly SampleOrder[], wanted: string) =>
  orders
    .filter(({ lines }) => lines.some(({ sku }) => sku === wanted))
    .map(({ placedAt, destination: { country } }) => ({ placedAt, country }));

const salesBefore = (orders: readonly SampleOrder[], launch: Instant) => {
  const limit = formatInstant(launch);
  return orders
    .filter(({ placedAt }) => placedAt < limit)
    .flatMap(({ lines, destination: { country, subdivision } }) =>
      lines.map(({ sku, quantity }) => ({ sku, units: quantity, country, subdivision })),
    );
};
