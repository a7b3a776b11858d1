import type { NetworkReferences } from '@crossparcel/planning';
import { type CheaperEdge, CompiledCard, type RateCardRecord, type Trip } from '@crossparcel/transport';
import type { CurrencyCode, DayNumber, Dimensions, Fault, Nanos, Result } from '@crossparcel/units';
import { fail, ok } from '@crossparcel/units';
import type { PackRequest, Tariff } from '@crossparcel/warehouse';

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

/** The rate cards on file as tariffs; each card, zone and day is compiled once. */
export class Freights {
  readonly #references: NetworkReferences;
  readonly #known = new Map<string, Freight>();

  constructor(references: NetworkReferences) {
    this.#references = references;
  }

  /** The tariff that a request names. Faults name the field. */
  of(rate: PackRequest['rate'], day: DayNumber, perParcel: Nanos): Result<Freight, Fault> {
    if (!rate) return ok(free(perParcel));
    const zone = String(rate.zone ?? '');
    const key = JSON.stringify([rate.card, zone, day, perParcel]);
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
    const country = record.zones?.by === 'country' ? zone : '';
    const freight = freightOf(record, { country, zone, day, attributes: new Set() }, perParcel);
    this.#known.set(key, freight);
    return ok(freight);
  }
}

const freightOf = (record: RateCardRecord, trip: Trip, perParcel: Nanos): Freight => {
  const card = new CompiledCard(record, (price) => price);
  const tariff = card.tariff(trip);
  return {
    currency: record.currency,
    maxGrossGrams: tariff.maxGrossGrams,
    perParcel,
    price: (outer, grossGrams) => tariff.price(outer, grossGrams),
    billableGrams: (outer, grossGrams) => card.quote(outer, grossGrams, trip)?.billableGrams ?? grossGrams,
    cheaperEdges: (outer, grossGrams) => tariff.cheaperEdges(outer, grossGrams),
  };
};
