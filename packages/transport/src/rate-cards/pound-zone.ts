import {
  type DayNumber,
  type Dimensions,
  inchesUp,
  type Nanos,
  nanosOfDecimal,
  poundsUp,
  sidesMm,
  windowOf,
} from '@crossparcel/units';
import type { Quote, RateCard, Trip } from './quote.ts';
import type { PoundZoneRecord } from './record.ts';

interface Adder {
  readonly window: { readonly from: DayNumber; readonly to: DayNumber };
  readonly zones: ReadonlySet<string>;
  readonly bands: readonly { readonly upToPounds: number; readonly price: Nanos }[];
}

const GRAMS_PER_POUND = 453.59237;

/**
 * A card by pound and zone. Billable pounds are the gross mass, or the dimensional weight when the product of the sides,
 * each rounded up to whole inches, is above the threshold and the quotient is more; row 0 is for less than a pound and
 * no dimensional weight. `convert` turns prices of the card's currency into the plan's.
 */
export const compilePoundZone = (record: PoundZoneRecord, convert: (price: Nanos) => Nanos): RateCard => {
  const { dimensional, limits } = record;
  const column = new Map(record.zones.map((zone, index) => [zone, index]));
  const rows = record.rows.map((row) =>
    row.map((price) => (price === null ? undefined : convert(nanosOfDecimal(price)))),
  );
  const adders: Adder[] = record.adders.map((adder) => ({
    window: windowOf(adder),
    zones: new Set(adder.zones),
    bands: adder.bands.map((band) => ({ upToPounds: band.upToPounds, price: convert(nanosOfDecimal(band.price)) })),
  }));

  const adderFor = (pounds: number, { zone, day }: Trip): Nanos => {
    let sum = 0;
    for (const { window, zones, bands } of adders) {
      if (day < window.from || day > window.to || !zones.has(zone)) continue;
      sum += bands.find((band) => pounds <= band.upToPounds)?.price ?? 0;
    }
    return sum;
  };

  return {
    onFileFrom: windowOf(record).from,
    quote(outer: Dimensions, grossGrams: number, trip: Trip): Quote | undefined {
      const [long, middle, short] = sidesMm(outer);
      const [a, b, c] = [inchesUp(long), inchesUp(middle), inchesUp(short)];
      if (a + 2 * (b + c) > limits.maxLengthPlusGirthInches) return undefined;
      const cubicInches = a * b * c;
      const isDimensional = cubicInches > dimensional.aboveCubicInches;
      const actual = grossGrams < GRAMS_PER_POUND ? (isDimensional ? 1 : 0) : poundsUp(grossGrams);
      const pounds = isDimensional
        ? Math.max(actual, Math.ceil(cubicInches / dimensional.cubicInchesPerPound))
        : actual;
      if (actual > limits.maxPounds) return undefined;
      const price = rows[pounds]?.[column.get(trip.zone) ?? -1];
      if (price === undefined) return undefined;
      const billableGrams = pounds === 0 ? grossGrams : Math.round(pounds * GRAMS_PER_POUND);
      return { price: price + adderFor(pounds, trip), billableGrams };
    },
  };
};
