import { type DayNumber, type Nanos, nanosOfDecimal, windowOf } from '@crossparcel/units';
import { Bounds } from './bounds.ts';
import { type CompiledPrice, compilePrice } from './price.ts';
import type { RateRecord } from './record.ts';
import { BillableWeight } from './weight.ts';

/** First and last day of a record; an open end is positive infinity. */
export interface Window {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** A rate of a card, compiled. */
export interface CompiledRate {
  readonly record: RateRecord;
  readonly window: Window;
  readonly limits: Bounds | undefined;
  readonly weight: BillableWeight;
  readonly price: CompiledPrice;
  readonly minimumCharge: Nanos;
}

/** Compiles a rate of a card with so many zones (one where it has none). */
export const compileRate = (record: RateRecord, zones: number, convert: (price: Nanos) => Nanos): CompiledRate => {
  const weight = new BillableWeight(record.weight);
  return {
    record,
    window: windowOf(record),
    limits: record.limits && new Bounds(record.limits),
    weight,
    price: compilePrice(record.price, weight, zones, convert),
    minimumCharge: convert(nanosOfDecimal(record.minimumCharge ?? 0)),
  };
};
