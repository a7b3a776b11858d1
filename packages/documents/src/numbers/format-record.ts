import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import { checkRuleSchema } from './check-digit.ts';
import { carrierSchema, lookupTableSchema } from './lookup-table.ts';

const lookupSchema = z.strictObject({
  part: z.string().min(1),
  table: z.string().min(1),
  /** A code that the table does not know makes the number invalid; else it only stays without a meaning. */
  required: z.literal(true).optional(),
});

/** Schema of a number format: how it is laid out, what its parts mean, and what makes a number right. */
const formatRecordSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  /** Other names by which the format is known. */
  aliases: z.array(z.string()).optional(),
  carrier: carrierSchema.optional(),
  /** The part whose table names the carrier. */
  carrierFrom: z.string().optional(),
  /** In the notation of `shapesOf`. The part `check` is the check character. */
  patterns: z.array(z.string().min(1)).min(1),
  /** Characters beside white space that are not part of the number, though printed in it. */
  ignores: z.string().optional(),
  /** What each named part stands for. */
  parts: z.record(z.string(), z.string().min(1)),
  check: z
    .strictObject({
      /** The parts that the check character covers, in order; parts that are missing are passed over. */
      over: z.array(z.string()).min(1),
      rule: checkRuleSchema,
      /** Digits that count at the beginning although they are not printed, unless the covered parts begin with them. */
      assumes: z.string().regex(/^\d+$/).optional(),
    })
    .optional(),
  lookups: z.array(lookupSchema),
  ...datedFields,
});
export type FormatRecord = z.infer<typeof formatRecordSchema>;

/** Schema of a file below `reference/identifiers`: formats of one issuer and the tables that they refer to. */
export const identifierFileSchema = z.strictObject({
  tables: z.array(lookupTableSchema),
  formats: z.array(formatRecordSchema).min(1),
});
export type IdentifierFile = z.infer<typeof identifierFileSchema>;
