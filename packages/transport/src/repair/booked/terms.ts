import { type CurrencyCode, datedFields, isCurrency, type Nanos, nanosOfDecimal } from '@crossparcel/units';
import * as z from 'zod';

const price = z.number().nonnegative();
const minutes = z.int().nonnegative();

/** What it costs to change bookings and to be late, and how long goods need that come off a flight. */
export const repairTermsSchema = z.strictObject({
  id: z.string(),
  ...datedFields,
  currency: z.string().refine(isCurrency, 'is not a currency code of ISO 4217'),
  /** For a booking that is changed, a kilogram. A cancelled flight's bookings change free of charge. */
  rebookPerKg: price,
  /** For goods taken off a flight that they were tendered for, a kilogram, and the minutes until they can be tendered again. */
  offloadPerKg: price,
  offloadMinutes: minutes,
  /** From a cancellation until goods that were tendered can be tendered again. */
  returnMinutes: minutes,
  /** What a kilogram costs that comes late: once, and for each day. */
  lateFeePerKg: price,
  latePerKgDay: price,
});
export type RepairTermsRecord = z.infer<typeof repairTermsSchema>;

/** The same with prices in the currency of a timetable. */
export interface RepairTerms {
  readonly rebookPerKg: Nanos;
  readonly offloadPerKg: Nanos;
  readonly offloadMinutes: number;
  readonly returnMinutes: number;
  readonly lateFeePerKg: Nanos;
  readonly latePerKgDay: Nanos;
}

/** Brings terms into the currency that `convert` converts to. */
export const compileRepairTerms = (
  record: RepairTermsRecord,
  convert: (nanos: Nanos, from: CurrencyCode) => Nanos,
): RepairTerms => {
  const priced = (decimal: number) => convert(nanosOfDecimal(decimal), record.currency);
  return {
    rebookPerKg: priced(record.rebookPerKg),
    offloadPerKg: priced(record.offloadPerKg),
    offloadMinutes: record.offloadMinutes,
    returnMinutes: record.returnMinutes,
    lateFeePerKg: priced(record.lateFeePerKg),
    latePerKgDay: priced(record.latePerKgDay),
  };
};

/** What lateness costs a kilogram, as nanos. */
export const latenessPerKg = ({ lateFeePerKg, latePerKgDay }: RepairTerms, lateMinutes: number): number =>
  lateMinutes > 0 ? lateFeePerKg + (latePerKgDay * lateMinutes) / 1440 : 0;
