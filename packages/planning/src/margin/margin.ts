import type { Law } from '@crossparcel/trade';
import {
  applyRatio,
  type Costs,
  type CountryCode,
  type DayNumber,
  type Instant,
  type Item,
  type Order,
  type Ratio,
  sellerCost,
} from '@crossparcel/units';
import type { Network } from '../network/network.ts';
import type { Closed, Option } from '../options/option.ts';
import { Stock } from '../options/stock.ts';
import { openWorld } from '../options/world.ts';
import { Planner } from '../planner.ts';

/** A product as it is sold in one market. Amounts are minor units of the network's currency, for one unit. */
export interface Offer {
  readonly item: Item;
  readonly market: CountryCode;
  readonly subdivision?: string | undefined;
  readonly postalPrefix: string;
  readonly at: Instant;
  /** Price before tax. */
  readonly priceMinor: number;
  readonly productCostMinor: number;
  /** What the platform keeps: a share of the price, and an amount for each order. */
  readonly platformShare: Ratio;
  readonly platformMinor: number;
  /** Units in an order. */
  readonly quantity: number;
}

/** What an order leaves to the seller by one way. */
export interface WayMargin {
  readonly option: Option;
  readonly revenueMinor: number;
  readonly productCostMinor: number;
  readonly platformMinor: number;
  readonly costs: Costs;
  readonly marginMinor: number;
}

/** Where the best way changes: going up or down from the offer, the first price or quantity of another way. */
export interface Switch {
  readonly kind: 'price' | 'quantity';
  readonly direction: 'up' | 'down';
  /** Price of a unit in minor units, or units in an order. */
  readonly at: number;
  readonly to: Option;
}

/** Margins of an offer by all ways, and where they change places. */
export interface Margins {
  /** Best first; empty where every way is closed. */
  readonly ways: readonly WayMargin[];
  readonly closed: readonly Closed[];
  /** The lowest price at which the best way leaves nothing less than zero; undefined when none was found in the range. */
  readonly breakEvenMinor: number | undefined;
  readonly switches: readonly Switch[];
}

/** Prices are looked at from an eighth of the offer's to eight times it, in steps of an eighth of a doubling. */
const STEPS_PER_DOUBLING = 8;
const DOUBLINGS = 3;
/** Largest order that is looked at. */
const MOST_UNITS = 24;

const wayOf = ({ mode, facility, service }: Option): string => `${mode}|${facility}|${service}`;

/**
 * Weighs offers by every way of a network under some law, with stock at hand wherever the network keeps stock in the
 * market: price less product, platform, freight, carton, handling, duty, fees, stock and lateness. Tax is the buyer's.
 */
export class MarginBook {
  readonly #network: Network;
  readonly #law: Law;
  readonly #lawAt: DayNumber | undefined;

  constructor(network: Network, law: Law, lawAt?: DayNumber) {
    this.#network = network;
    this.#law = law;
    this.#lawAt = lawAt;
  }

  margins(offer: Offer): Margins {
    const { open, closed } = this.#weigh(offer);
    const best = open[0];
    return {
      ways: open,
      closed,
      breakEvenMinor: best && this.#breakEven(offer),
      switches: best ? [...this.#priceSwitches(offer, best.option), ...this.#quantitySwitches(offer, best.option)] : [],
    };
  }

  /** The ways of an offer, best first. Each time the network is empty and its stock whole. */
  #weigh(offer: Offer): { open: WayMargin[]; closed: readonly Closed[] } {
    const { item, quantity } = offer;
    const stock = new Stock();
    for (const facility of this.#network.facilities.values()) {
      if (facility.kind === 'stock') stock.add(facility.id, item.sku, quantity);
    }
    const planner = new Planner(openWorld(this.#network, this.#law, stock, this.#lawAt), () => item);
    const { chosen, losers, closed } = planner.decide(this.#order(offer));
    const open = [...(chosen ? [chosen] : []), ...losers].map((option) => this.#margin(offer, option));
    return { open: open.sort((a, b) => b.marginMinor - a.marginMinor), closed };
  }

  #order({ item, market, subdivision, postalPrefix, at, priceMinor, quantity }: Offer): Order {
    const unitPrice = { minor: priceMinor, currency: this.#network.currency };
    return {
      id: 'offer',
      shop: 'offer',
      buyerId: 'offer',
      placedAt: at,
      destination: { country: market, postalPrefix, ...(subdivision !== undefined && { subdivision }) },
      lines: [{ sku: item.sku, quantity, unitPrice, cancelled: false }],
      holds: [],
    };
  }

  #margin(offer: Offer, option: Option): WayMargin {
    const { priceMinor, quantity } = offer;
    const revenueMinor = priceMinor * quantity;
    const productCostMinor = offer.productCostMinor * quantity;
    const platformMinor = applyRatio(revenueMinor, offer.platformShare) + offer.platformMinor;
    const marginMinor = revenueMinor - productCostMinor - platformMinor - sellerCost(option.costs);
    return { option, revenueMinor, productCostMinor, platformMinor, costs: option.costs, marginMinor };
  }

  #bestAt(offer: Offer): WayMargin | undefined {
    return this.#weigh(offer).open[0];
  }

  #priceSwitches(offer: Offer, best: Option): Switch[] {
    const found: Switch[] = [];
    for (const direction of ['down', 'up'] as const) {
      let inside = offer.priceMinor;
      for (let step = 1; step <= DOUBLINGS * STEPS_PER_DOUBLING; step += 1) {
        const factor = 2 ** ((direction === 'up' ? step : -step) / STEPS_PER_DOUBLING);
        const outside = Math.max(1, Math.round(offer.priceMinor * factor));
        const other = this.#bestAt({ ...offer, priceMinor: outside });
        if (other && wayOf(other.option) !== wayOf(best)) {
          found.push(this.#narrow(offer, best, inside, outside, direction));
          break;
        }
        inside = outside;
      }
    }
    return found;
  }

  /** The very price at which the best way changes, between one where it is still the same and one where it is another. */
  #narrow(offer: Offer, best: Option, same: number, changed: number, direction: Switch['direction']): Switch {
    let [inside, outside] = [same, changed];
    let to = this.#bestAt({ ...offer, priceMinor: outside })?.option ?? best;
    while (Math.abs(outside - inside) > 1) {
      const middle = Math.floor((inside + outside) / 2);
      const there = this.#bestAt({ ...offer, priceMinor: middle })?.option;
      if (there && wayOf(there) !== wayOf(best)) {
        outside = middle;
        to = there;
      } else inside = middle;
    }
    return { kind: 'price', direction, at: outside, to };
  }

  #quantitySwitches(offer: Offer, best: Option): Switch[] {
    for (let quantity = offer.quantity + 1; quantity <= MOST_UNITS; quantity += 1) {
      const there = this.#bestAt({ ...offer, quantity })?.option;
      if (there && wayOf(there) !== wayOf(best))
        return [{ kind: 'quantity', direction: 'up', at: quantity, to: there }];
    }
    return [];
  }

  /**
   * The lowest price from which the best way no longer loses. Looked for by halving: duty thresholds can make a small
   * stretch above it lose again.
   */
  #breakEven(offer: Offer): number | undefined {
    const keeps = (priceMinor: number) => (this.#bestAt({ ...offer, priceMinor })?.marginMinor ?? -1) >= 0;
    let low = 0;
    let high = offer.priceMinor * 2 ** DOUBLINGS;
    if (!keeps(high)) return undefined;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (keeps(middle)) high = middle;
      else low = middle;
    }
    return high;
  }
}
