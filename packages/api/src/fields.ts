import { isCountryCode, isCurrency, isIdentifier, readInstant } from '@crossparcel/units';
import * as z from 'zod';

/** An identifier from outside. */
export const identifier = z.string().refine(isIdentifier, 'is not an identifier; give 1 to 128 printable characters');
/** An id of ours. */
export const uuid = z.uuid();
/** A point in time, RFC 3339 with offset. */
export const instant = z
  .string()
  .refine((text) => readInstant(text)?.hasOffset === true, 'is not a date-time; write RFC 3339 with an offset');
/** An amount of money in major units as decimal text. */
export const decimal = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,4})?$/, 'is not an amount; write a decimal text such as "12.90"');
export const currency = z.string().refine(isCurrency, 'is not a currency; write an ISO 4217 code');
export const country = z.string().refine(isCountryCode, 'is not a country code; write two capital letters');

/** Most records in one request. */
export const MOST_RECORDS = 1000;

/** RFC 9457 problem details. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  field: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;

/** Query of a list: where to go on, and how many at most. */
export const pageQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** A page of a list; `nextCursor` is absent on the last one. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ items: z.array(row), nextCursor: z.string().optional() });
