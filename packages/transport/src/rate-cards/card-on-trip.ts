import { acceptsHandling, type Dimensions, type Nanos, parseDay } from '@crossparcel/units';
import { breachText } from './bounds.ts';
import { inMassUnit, type Measured, NANOGRAMS_PER_GRAM, type Nanograms } from './measure.ts';
import type { ExplainedQuote, Quote, QuoteLine, Refusal } from './quote.ts';
import type { CompiledRate } from './rate.ts';
import type { RateCardRecord } from './record.ts';
import type { Surcharge } from './surcharge.ts';

/** What of a card holds on the day, in the zone and for the attributes of a trip. */
export interface Holding {
  readonly card: RateCardRecord;
  readonly rates: readonly CompiledRate[];
  readonly surcharges: readonly Surcharge[];
  readonly zone: string;
  /** Of the zone; negative when the card does not have it. */
  readonly column: number;
  readonly attributes: ReadonlySet<string>;
}

/** The sides longest first, without an array: this runs for every carton that packing tries. */
const measured = ({ lengthMm: a, widthMm: b, heightMm: c }: Dimensions, grossGrams: number): Measured => {
  const long = Math.max(a, b, c);
  const short = Math.min(a, b, c);
  return { long, middle: a + b + c - long - short, short, grossGrams };
};

/** A rate with what it asks for one parcel. */
interface Best {
  readonly rate: CompiledRate;
  readonly base: Nanos;
  readonly billable: Nanograms;
}

/** A card on a trip: only size and mass of the parcel are open. */
export class CardOnTrip {
  readonly holding: Holding;
  readonly #rates: readonly CompiledRate[];
  /** Surcharges of one group side by side; of a group the largest counts. */
  readonly #groups: readonly (readonly Surcharge[])[];

  constructor(holding: Holding) {
    this.holding = holding;
    this.#rates = holding.rates.filter((rate) => !this.#barred(rate) && holding.column >= 0);
    const groups = new Map<string, Surcharge[]>();
    for (const surcharge of holding.surcharges) {
      const name =
        surcharge.record.group === undefined ? `one ${surcharge.record.id}` : `group ${surcharge.record.group}`;
      groups.set(name, [...(groups.get(name) ?? []), surcharge]);
    }
    this.#groups = [...groups.values()];
  }

  /** Rates that may be had on the trip, whatever the parcel's size and mass. */
  get rates(): readonly CompiledRate[] {
    return this.#rates;
  }

  /** The price of a parcel; undefined when no rate takes it. */
  quote(outer: Dimensions, grossGrams: number): Quote | undefined {
    const parcel = measured(outer, grossGrams);
    const best = this.#best(parcel);
    if (!best) return undefined;
    let price = best.base;
    for (const group of this.#groups) {
      let most = 0;
      for (const one of group) most = Math.max(most, one.of(parcel, best.billable, best.base, price));
      price += most;
    }
    return { price, billableGrams: Math.round(best.billable / NANOGRAMS_PER_GRAM) };
  }

  /** The price of a parcel with the lines that it is made of; undefined when no rate takes it. */
  explain(outer: Dimensions, grossGrams: number): ExplainedQuote | undefined {
    const parcel = measured(outer, grossGrams);
    const best = this.#best(parcel);
    if (!best) return undefined;
    const { rate, base, billable } = best;
    const { basis, text } = rate.weight.basisOf(parcel);
    const { source, confidence, validFrom } = rate.record;
    const row = `${rate.price.row(parcel, billable)}${this.holding.card.zones ? `, ${this.#zoneText}` : ''}`;
    const lines: QuoteLine[] = [{ name: rate.record.name, row, amount: base, source, confidence }];
    let price = base;
    for (const group of this.#groups) {
      const { surcharge, amount } = largest(group, parcel, best, price);
      price += amount;
      const { id, name, ...dated } = surcharge.record;
      if (amount > 0) lines.push({ name, row: id, amount, source: dated.source, confidence: dated.confidence });
    }
    const billableGrams = Math.round(billable / NANOGRAMS_PER_GRAM);
    return { price, billableGrams, basis, weight: text, lines, validFrom: parseDay(validFrom) ?? Number.NaN };
  }

  get #zoneText(): string {
    return `${this.holding.card.zones?.by} ${this.holding.zone}`;
  }

  /** Why each rate refuses a parcel that none takes. */
  refusals(outer: Dimensions, grossGrams: number): Refusal[] {
    const { card, rates, column, zone } = this.holding;
    const rate = card.service;
    if (rates.length === 0) return [{ rate, code: 'day', text: 'no price on file is in force on this day' }];
    if (column < 0) {
      const { by, names = [] } = card.zones ?? {};
      const text = `${zone === '' ? `no ${by} is given` : `${this.#zoneText} is unknown`}; the card has ${names.join(', ')}`;
      return [{ rate, code: 'zone', text }];
    }
    return rates.map((rate) => ({ rate: rate.record.name, ...this.#refusal(rate, measured(outer, grossGrams)) }));
  }

  #refusal(rate: CompiledRate, parcel: Measured): Omit<Refusal, 'rate'> {
    const barred = this.#barred(rate);
    if (barred) return barred;
    const breach = rate.limits?.breach(parcel);
    if (breach) return { code: 'limit', text: breachText(breach) };
    const billable = rate.weight.of(parcel);
    if (rate.record.price.kind === 'by-volume') return { code: 'limit', text: 'is larger than the last tier' };
    const last = rate.price.upTo(this.holding.column).at(-1) ?? 0;
    if (billable <= last || last === 0) return { code: 'zone', text: `has no price in ${this.#zoneText}` };
    const { unit } = rate.weight;
    const where = this.holding.card.zones ? ` in ${this.#zoneText}` : '';
    const charged = rate.weight.basisOf(parcel).text;
    return { code: 'weight', text: `no price above ${inMassUnit(last, unit)} ${unit}${where}; charged are ${charged}` };
  }

  /** Why a rate is not to be had for the attributes of the trip. */
  #barred({ record: { only } }: CompiledRate): Omit<Refusal, 'rate'> | undefined {
    const { card, attributes } = this.holding;
    if (only !== undefined && !attributes.has(only)) return { code: 'packaging', text: `only for ${only}` };
    const refused = [...attributes].find((one) => acceptsHandling(new Set(card.refuses), one));
    return refused === undefined ? undefined : { code: 'attribute', text: `does not take ${refused}` };
  }

  #best(parcel: Measured): Best | undefined {
    let best: Best | undefined;
    for (const rate of this.#rates) {
      if (rate.limits && !rate.limits.hold(parcel)) continue;
      const billable = rate.weight.of(parcel);
      const price = rate.price.of(parcel, billable, this.holding.column);
      if (price === undefined) continue;
      const base = Math.max(price, rate.minimumCharge);
      if (!best || base < best.base) best = { rate, base, billable };
    }
    return best;
  }
}

const largest = (
  group: readonly Surcharge[],
  parcel: Measured,
  { billable, base }: Best,
  subtotal: Nanos,
): { readonly surcharge: Surcharge; readonly amount: Nanos } => {
  let most = { surcharge: group[0] as Surcharge, amount: 0 };
  for (const surcharge of group) {
    const amount = surcharge.of(parcel, billable, base, subtotal);
    if (amount > most.amount) most = { surcharge, amount };
  }
  return most;
};
