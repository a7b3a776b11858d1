import type { Confidence, CountryCode, DayNumber, Dimensions, Nanos } from '@crossparcel/units';
import type { WeightBasis } from './weight.ts';

/** What a carrier asks for a parcel. */
export interface Quote {
  /** In the currency of whoever compiled the card. */
  readonly price: Nanos;
  /** The mass that is charged: actual, volumetric or least, rounded up to the card's step. */
  readonly billableGrams: number;
}

/** What decides a price besides the parcel itself. */
export interface Trip {
  readonly country: CountryCode;
  /** Zone of the card, where it has zones. */
  readonly zone: string;
  /** Day on which the parcel is handed over; prices and surcharges change by it. */
  readonly day: DayNumber;
  /** What the card asks about besides size and mass: `battery`, `remote`, the name of a carrier's own box. */
  readonly attributes?: ReadonlySet<string>;
}

/** A compiled price list: a quote for a parcel, or undefined when it does not take it. */
export interface RateCard {
  quote(outer: Dimensions, grossGrams: number, trip: Trip): Quote | undefined;
  /** First day from which these prices are on file; earlier days are quoted at them all the same. */
  readonly onFileFrom: DayNumber;
}

/** One line of a quote: the base price or a surcharge, and the record it comes from. */
export interface QuoteLine {
  readonly name: string;
  /** The row or rule that decided. */
  readonly row: string;
  readonly amount: Nanos;
  readonly source: string;
  readonly confidence: Confidence;
}

/** A quote that says how it came about. */
export interface ExplainedQuote extends Quote {
  readonly basis: WeightBasis;
  /** How the charged weight follows, for people. */
  readonly weight: string;
  readonly lines: readonly QuoteLine[];
  /** First day of the record of the base price: later than the trip's day when that is before all records. */
  readonly validFrom: DayNumber;
}

/** Why one rate of a card does not take a parcel. */
export interface Refusal {
  readonly rate: string;
  readonly code: 'packaging' | 'attribute' | 'limit' | 'weight' | 'zone' | 'day';
  readonly text: string;
}
