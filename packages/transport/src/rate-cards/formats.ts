import { type Dimensions, type Nanos, nanosOfDecimal, sidesMm, windowOf } from '@crossparcel/units';
import type { Quote, RateCard, Trip } from './quote.ts';
import type { FormatsRecord } from './record.ts';

/**
 * A card by size format. Of the formats in force on the day, the cheapest that holds the parcel in some turn. A day
 * before all records of a format is quoted at its first.
 */
export const compileFormats = (record: FormatsRecord, convert: (price: Nanos) => Nanos): RateCard => {
  const formats = record.formats.map((format) => ({
    name: `${format.name}|${format.maxGrams}`,
    window: windowOf(format),
    sides: [...format.maxMm].sort((a, b) => b - a) as [number, number, number],
    maxGrams: format.maxGrams,
    price: convert(nanosOfDecimal(format.price)),
  }));
  const first = new Map<string, number>();
  for (const { name, window } of formats) first.set(name, Math.min(first.get(name) ?? window.from, window.from));

  return {
    onFileFrom: Math.min(...first.values()),
    quote(outer: Dimensions, grossGrams: number, trip: Trip): Quote | undefined {
      const [long, middle, short] = sidesMm(outer);
      let best: Nanos | undefined;
      for (const { name, window, sides, maxGrams, price } of formats) {
        const day = Math.max(trip.day, first.get(name) ?? trip.day);
        if (day < window.from || day > window.to || grossGrams > maxGrams) continue;
        if (long > sides[0] || middle > sides[1] || short > sides[2]) continue;
        if (best === undefined || price < best) best = price;
      }
      return best === undefined ? undefined : { price: best, billableGrams: grossGrams };
    },
  };
};
