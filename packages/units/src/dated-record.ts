import * as z from 'zod';
import { type DayNumber, parseDay } from './calendar-day.ts';

/** How sure we are of a fact, best first. */
export const CONFIDENCES = ['confirmed', 'corroborated', 'single', 'scheduled', 'memory', 'illustrative'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

const day = z.string().refine((text) => parseDay(text) !== undefined, 'is not a date; write YYYY-MM-DD');

/** The fields that every record under `reference/` carries: since when, until when (both days count), from where, how sure. */
export const datedFields = {
  validFrom: day,
  validTo: day.nullable(),
  source: z.string().min(1),
  readOn: day,
  confidence: z.enum(CONFIDENCES),
  note: z.string().optional(),
};

/** A fact that holds for a time. */
export interface DatedRecord {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly source: string;
  readonly readOn: string;
  readonly confidence: Confidence;
  readonly note?: string | undefined;
}

/** First and last day of a record, as numbers; an open end is positive infinity. */
export const windowOf = (record: DatedRecord): { readonly from: DayNumber; readonly to: DayNumber } => ({
  from: parseDay(record.validFrom) ?? Number.NaN,
  to: record.validTo === null ? Number.POSITIVE_INFINITY : (parseDay(record.validTo) ?? Number.NaN),
});

/** Whether a record is in force on a day. */
export const inForce = (record: DatedRecord, onDay: DayNumber): boolean => {
  const { from, to } = windowOf(record);
  return from <= onDay && onDay <= to;
};

/** The records in force on a day, in their order. This is the one question asked of dated data. */
export const atDay = <Row extends DatedRecord>(records: readonly Row[], onDay: DayNumber): Row[] =>
  records.filter((record) => inForce(record, onDay));

/** The least sure of several confidences; `confirmed` when there are none. */
export const weakestConfidence = (confidences: Iterable<Confidence>): Confidence => {
  let worst = 0;
  for (const confidence of confidences) worst = Math.max(worst, CONFIDENCES.indexOf(confidence));
  return CONFIDENCES[worst] ?? 'confirmed';
};
