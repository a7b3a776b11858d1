import type { CountryCode, DayNumber, Dimensions, Nanos } from '@crossparcel/units';

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
  /** Day on which the parcel is handed over; prices and adders change by it. */
  readonly day: DayNumber;
}

/** A compiled price list: a quote for a parcel, or undefined when it does not take it. */
export interface RateCard {
  quote(outer: Dimensions, grossGrams: number, trip: Trip): Quote | undefined;
  /** First day from which these prices are on file; earlier days are quoted at them all the same. */
  readonly onFileFrom: DayNumber;
}
