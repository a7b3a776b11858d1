import type { NetworkReferences } from '@crossparcel/planning';
import { type CheaperEdge, CompiledCard, type Trip } from '@crossparcel/transport';
import type { CurrencyCode, DayNumber, Dimensions, Fault, Nanos, Result } from '@crossparcel/units';
import { fail, ok } from '@crossparcel/units';
import { nanosOfText, type PackRequest, type Tariff } from '@crossparcel/warehouse';

/** A tariff for packing that also says what is charged for. */
export interface Freight extends Tariff {
  readonly currency: CurrencyCode | undefined;
  billableGrams(outer: Dimensions, grossGrams: number): number;
  /** How little smaller or lighter a parcel would have to be to cost less. */
  cheaperEdges(outer: Dimensions, grossGrams: number): readonly CheaperEdge[];
}

/** Cartons alone: nothing is asked for a parcel, whatever its size and mass. */
const free = (perParcel: Nanos): Freight => ({
  currency: undefined,
  maxGrossGrams: Number.POSITIVE_INFINITY,
  perParcel,
  price: () => 0,
  billableGrams: (_outer, grossGrams) => grossGrams,
  cheaperEdges: () => [],
});

/** Turns prices of one currency into those of another. */
type Convert = (price: Nanos, from: CurrencyCode, to: CurrencyCode) => Nanos;

/** The rate cards on file as tariffs; each card, zone, day and currency is compiled once. */
export class Freights {
  readonly #references: NetworkReferences;
  readonly #convert: Convert;
  readonly #known = new Map<string, Freight>();

  constructor(references: NetworkReferences, convert: Convert) {
    this.#references = references;
    this.#convert = convert;
  }

  /**
   * The tariff that a request names, in its currency or else the card's. Without a day the prices count that stay when
   * what is temporary on file is over, so that the same request has the same answer on every day. Faults name the field.
   */
  of({ rate, currency, perParcel }: PackRequest, day: DayNumber | undefined): Result<Freight, Fault> {
    const extra = nanosOfText(perParcel ?? '0');
    if (!rate) return ok(free(extra));
    const zone = String(rate.zone ?? '');
    const key = JSON.stringify([rate.card, zone, day, extra, currency]);
    const known = this.#known.get(key);
    if (known) return ok(known);
    const record = this.#references.rateCard(rate.card);
    if (!record) {
      const what = `there is no rate card ${rate.card}`;
      return fail({ code: 'unknown-rate-card', what, mend: 'name a card of reference/rate-cards', field: 'rate.card' });
    }
    const names = record.zones?.names;
    if (names && !names.includes(zone)) {
      const what = zone === '' ? 'is missing' : `${zone} is not a zone of ${record.id}`;
      return fail({ code: 'unknown-zone', what, mend: `give one of ${names.join(', ')}`, field: 'rate.zone' });
    }
    const to = currency ?? record.currency;
    const card = new CompiledCard(record, (price) => this.#convert(price, record.currency, to));
    const country = record.zones?.by === 'country' ? zone : '';
    const trip: Trip = { country, zone, day: day ?? card.settledFrom, attributes: new Set() };
    const freight = freightOf(card, trip, extra, to);
    this.#known.set(key, freight);
    return ok(freight);
  }
}

const freightOf = (card: CompiledCard, trip: Trip, perParcel: Nanos, currency: CurrencyCode): Freight => {
  const tariff = card.tariff(trip);
  return {
    currency,
    maxGrossGrams: tariff.maxGrossGrams,
    perParcel,
    price: (outer, grossGrams) => tariff.price(outer, grossGrams),
    billableGrams: (outer, grossGrams) => card.quote(outer, grossGrams, trip)?.billableGrams ?? grossGrams,
    cheaperEdges: (outer, grossGrams) => tariff.cheaperEdges(outer, grossGrams),
  };
};
