import { type DayNumber, type Dimensions, fail, type Nanos, ok, type Result, windowOf } from '@crossparcel/units';
import { CardOnTrip } from './card-on-trip.ts';
import type { ExplainedQuote, Quote, RateCard, Refusal, Trip } from './quote.ts';
import { type CompiledRate, compileRate, type Window } from './rate.ts';
import type { RateCardRecord } from './record.ts';
import { type SteppedTariff, steppedTariff } from './stepped-tariff.ts';
import { concerns, Surcharge } from './surcharge.ts';

const NOTHING: ReadonlySet<string> = new Set();

/**
 * A rate card, compiled for one currency. What holds on a trip (its day, zone and attributes) is worked out once and
 * remembered, so that a quote only looks at the parcel.
 */
export class CompiledCard implements RateCard {
  readonly record: RateCardRecord;
  readonly onFileFrom: DayNumber;
  /** First day from which nothing on file changes any more: temporary surcharges are over, announced prices in force. */
  readonly settledFrom: DayNumber;
  readonly #rates: readonly CompiledRate[];
  readonly #firstOf = new Map<string, DayNumber>();
  readonly #surcharges: readonly { readonly surcharge: Surcharge; readonly window: Window }[];
  /** Days on which something starts or is over, in order. */
  readonly #changes: readonly DayNumber[];
  readonly #known = new Map<string, CardOnTrip>();
  #lastTrip: Trip | undefined;
  #last: CardOnTrip | undefined;

  /** `convert` turns prices of the card's currency into those of the quotes. */
  constructor(record: RateCardRecord, convert: (price: Nanos) => Nanos) {
    this.record = record;
    const zones = record.zones?.names.length ?? 1;
    this.#rates = record.rates.map((rate) => compileRate(rate, zones, convert));
    this.#surcharges = record.surcharges.map((one) => ({
      surcharge: new Surcharge(one, convert),
      window: windowOf(one),
    }));
    for (const { record: rate, window } of this.#rates) {
      this.#firstOf.set(rate.name, Math.min(this.#firstOf.get(rate.name) ?? window.from, window.from));
    }
    const windows = [...this.#rates, ...this.#surcharges].map(({ window }) => window);
    const changes = windows.flatMap(({ from, to }) => (to === Infinity ? [from] : [from, to + 1]));
    this.#changes = [...new Set(changes)].sort((a, b) => a - b);
    this.onFileFrom = Math.min(...this.#firstOf.values());
    this.settledFrom = this.#changes.at(-1) ?? this.onFileFrom;
  }

  /**
   * The price of a parcel by the cheapest rate in force that takes it, surcharges included; undefined when none does. A day
   * before all records of a rate is quoted at its first.
   */
  quote(outer: Dimensions, grossGrams: number, trip: Trip): Quote | undefined {
    return this.onTrip(trip).quote(outer, grossGrams);
  }

  /** The same with the lines that it is made of; else why each rate refuses the parcel. */
  explain(outer: Dimensions, grossGrams: number, trip: Trip): Result<ExplainedQuote, readonly Refusal[]> {
    const onTrip = this.onTrip(trip);
    const quote = onTrip.explain(outer, grossGrams);
    return quote ? ok(quote) : fail(onTrip.refusals(outer, grossGrams));
  }

  /** The card as packing sees it on a trip: a price by outer size and gross mass, and where it steps. */
  tariff(trip: Trip): SteppedTariff {
    return steppedTariff(this.onTrip(trip));
  }

  /** What of the card holds on a trip. */
  onTrip(trip: Trip): CardOnTrip {
    if (trip === this.#lastTrip && this.#last) return this.#last;
    const { names = [], by = 'zone' } = this.record.zones ?? {};
    const zone = by === 'country' ? trip.country : trip.zone;
    const attributes = trip.attributes ?? NOTHING;
    const period = this.#changes.findLastIndex((day) => day <= trip.day);
    const key = `${period}|${zone}|${[...attributes].sort().join('|')}`;
    let known = this.#known.get(key);
    if (!known) {
      const column = this.record.zones ? names.indexOf(zone) : 0;
      known = this.#work(trip.day, zone, column, attributes);
      this.#known.set(key, known);
    }
    this.#lastTrip = trip;
    this.#last = known;
    return known;
  }

  #work(day: DayNumber, zone: string, column: number, attributes: ReadonlySet<string>): CardOnTrip {
    const rates = this.#rates.filter(({ record: { name }, window }) => {
      const asked = Math.max(day, this.#firstOf.get(name) ?? day);
      return window.from <= asked && asked <= window.to;
    });
    const surcharges = this.#surcharges.flatMap(({ surcharge, window }) =>
      window.from <= day && day <= window.to && concerns(surcharge.record, zone, attributes) ? [surcharge] : [],
    );
    return new CardOnTrip({ card: this.record, rates, surcharges, zone, column, attributes });
  }
}
