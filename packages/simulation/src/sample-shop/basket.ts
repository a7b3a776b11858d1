import type { Generator } from '@crossparcel/numerics';
import { dayOfInstant, type Hold, type Instant, MS_PER_DAY } from '@crossparcel/units';
import type { Arrival } from './arrivals.ts';
import { SAMPLE_ASSUMPTIONS } from './assumptions.ts';
import type { SampleProduct } from './catalogue.ts';
import { happens, pick, Sampler, shuffled, streamOf } from './draw.ts';

/** A line of a sample order; the price in USD as decimal text. */
export interface SampleLine {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: string;
  readonly cancelled: boolean;
  readonly description?: string;
}

const DAYS_PER_WEEK = 7;

const HOLDS: readonly Hold[] = [
  {
    code: 'fraud-review',
    why: 'the payment provider asks for a look at this order',
    mend: 'release it in the shop once the payment is found good',
  },
  {
    code: 'address-check',
    why: 'the house number does not belong to the street',
    mend: 'ask the buyer for the right address',
  },
  {
    code: 'buyer-asked-to-wait',
    why: 'the buyer asked to change the order',
    mend: 'change it in the shop or let it go as it is',
  },
];

/** The shop's holds on an order: some of the youngest orders have one. */
export const holdsOf = (placedAt: Instant, now: Instant, generator: Generator): Hold[] => {
  const { share, days } = SAMPLE_ASSUMPTIONS.held.value;
  const isHeld = happens(generator, share) && placedAt > now - days * MS_PER_DAY;
  return isHeld ? [pick(generator, HOLDS)] : [];
};

/** What buyers take: products by Zipf-like popularity in an order drawn from the seed, at the week's price. */
export class SampleBaskets {
  readonly #seed: number;
  readonly #products: Sampler<SampleProduct>;
  readonly #viral: SampleProduct;
  readonly #units = samplerOf(SAMPLE_ASSUMPTIONS.unitsPerLine.value);
  readonly #lines = samplerOf(SAMPLE_ASSUMPTIONS.linesPerOrder.value);
  readonly #prices = new Map<string, string>();

  constructor(seed: number, catalogue: readonly SampleProduct[]) {
    const { sku } = SAMPLE_ASSUMPTIONS.viral.value;
    const viral = catalogue.find(({ row }) => row.sku === sku);
    if (!viral) throw new RangeError(`the catalogue lacks ${sku}`);
    const others = shuffled(
      streamOf(seed, 'popularity'),
      catalogue.filter((product) => product !== viral),
    );
    const weights = others.map((_, rank) => (rank + 1) ** -SAMPLE_ASSUMPTIONS.zipfExponent.value);
    this.#seed = seed;
    this.#viral = viral;
    this.#products = new Sampler(others, weights);
  }

  /** The lines of an order, each SKU once. */
  linesFor({ at, kind }: Arrival, generator: Generator): SampleLine[] {
    const products = new Set<SampleProduct>();
    if (kind !== 'usual') products.add(this.#viral);
    const wanted = kind === 'launch' ? this.#launchLines(generator) : this.#lines.draw(generator);
    while (products.size < wanted) products.add(this.#products.draw(generator));
    const share = products.size > 1 ? SAMPLE_ASSUMPTIONS.cancelledLineShare.value : 0;
    return [...products].map((product, index) => ({
      sku: product.row.sku,
      quantity: this.#units.draw(generator),
      unitPrice: this.#priceOf(product, at),
      cancelled: index > 0 && happens(generator, share),
      ...(product.row.description ? { description: product.row.description } : {}),
    }));
  }

  #launchLines(generator: Generator): number {
    return happens(generator, SAMPLE_ASSUMPTIONS.viral.value.addedShare) ? 2 : 1;
  }

  #priceOf({ row, price }: SampleProduct, at: Instant): string {
    const week = Math.floor(dayOfInstant(at) / DAYS_PER_WEEK);
    const key = `${row.sku}|${week}`;
    let found = this.#prices.get(key);
    if (found === undefined) {
      const { factors, weights } = SAMPLE_ASSUMPTIONS.weeklyPrices.value;
      const factor = new Sampler<number>(factors, weights).draw(streamOf(this.#seed, key));
      found = (Math.round(Number(price) * factor * 100) / 100).toFixed(2);
      this.#prices.set(key, found);
    }
    return found;
  }
}

const samplerOf = ({ values, weights }: { values: readonly number[]; weights: readonly number[] }): Sampler<number> =>
  new Sampler(values, weights);
