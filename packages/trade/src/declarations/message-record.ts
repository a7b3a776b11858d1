import { CONFIDENCES, datedFields } from '@crossparcel/units';
import * as z from 'zod';
import { conditionSchema } from './condition.ts';
import { readFormat } from './format.ts';

const element = z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/, 'is no element name; write letters and digits');

/** What a part says of its own dates and source; what is missing is that of its message. */
const ownDates = {
  validFrom: datedFields.validFrom.optional(),
  validTo: datedFields.validTo.optional(),
  source: datedFields.source.optional(),
  readOn: datedFields.readOn.optional(),
  confidence: z.enum(CONFIDENCES).optional(),
};

/**
 * Schema of a field: where its value comes from in the data set (`from`, or `fixed`), whether it must be there
 * (`required`, perhaps only under conditions), whether it is used at all (`when`), and how it is written.
 */
const fieldSchema = z.strictObject({
  element,
  name: z.string().min(1),
  /** Number of the data element or box. */
  number: z.string().optional(),
  from: z.string().optional(),
  fixed: z.string().optional(),
  required: z.union([z.boolean(), z.array(conditionSchema)]).optional(),
  when: z.array(conditionSchema).optional(),
  format: z
    .string()
    .refine((text) => readFormat(text) !== undefined, 'is no format; write it such as an..70 or n..16,6'),
  /** Words of the data set and the message's codes for them; a word that is not here is refused. */
  codes: z.record(z.string(), z.string()).optional(),
  pattern: z.strictObject({ expression: z.string(), means: z.string() }).optional(),
  /** A list of words that may not be the whole text: `reference/declarations/words`. */
  notOneOf: z.string().optional(),
  /** How a day is written; the data set has `YYYY-MM-DD`. */
  day: z.enum(['YYYY-MM-DD', 'YYYYMMDD', 'DDMMMYY', 'MMDDYYYY']).optional(),
  /** The paragraph, table row or box that asks for it. */
  paragraph: z.string().min(1),
  note: z.string().optional(),
  ...ownDates,
});
export type FieldRecord = z.infer<typeof fieldSchema>;

/** Schema of a group: fields below one element, once, or once for `each` of some facts. */
const groupSchema = z.strictObject({
  element,
  /** Facts that the paths of its parts are read from. */
  of: z.string().optional(),
  /** A list of facts; the group is written once for each. */
  each: z.string().optional(),
  least: z.int().nonnegative().optional(),
  most: z.int().positive().optional(),
  when: z.array(conditionSchema).optional(),
  get parts() {
    return z.array(z.union([fieldSchema, groupSchema])).min(1);
  },
});
export type GroupRecord = z.infer<typeof groupSchema>;

/** Schema of a message: a file below `reference/declarations/messages`. */
export const messageSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  authority: z.string().min(1),
  /** What one message is about: a parcel, or all parcels under one master air waybill. */
  about: z.enum(['parcel', 'master']).optional(),
  /** The form in which files are written. */
  form: z.enum(['pdf', 'xml', 'json']),
  /** Root element; for XML its namespace is ours, see the pages. */
  root: element,
  parts: z.array(z.union([fieldSchema, groupSchema])).min(1),
  /** Conditions under which the message may be used at all, each with what is wrong when it does not hold. */
  only: z
    .array(z.strictObject({ when: z.array(conditionSchema).min(1), what: z.string(), mend: z.string() }))
    .optional(),
  remarks: z.array(z.string()).optional(),
  ...datedFields,
});
export type MessageRecord = z.infer<typeof messageSchema>;

/** Schema of `choices.json`: which message serves, by what is known of a consignment; the first that fits counts. */
export const choicesSchema = z.array(
  z.strictObject({
    id: z.string(),
    as: z.string(),
    message: z.string(),
    when: z.array(conditionSchema).optional(),
    ...datedFields,
  }),
);
export type ChoiceRecord = z.infer<typeof choicesSchema>[number];

/** Schema of `registrations.json`: which registration a message needs, and when. */
export const registrationRulesSchema = z.array(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    /** Any one of these kinds will do. */
    kinds: z.array(z.string()).min(1),
    messages: z.array(z.string()).min(1),
    when: z.array(conditionSchema).optional(),
    /** Conditions on a goods line; only lines that fulfil them need to be covered. */
    lines: z.array(conditionSchema).optional(),
    /** Where the data set names the number or the holder: a registration of another one does not help. */
    number: z.string().optional(),
    holder: z.string().optional(),
    pattern: z.strictObject({ expression: z.string(), means: z.string() }).optional(),
    ...datedFields,
  }),
);
export type RegistrationRule = z.infer<typeof registrationRulesSchema>[number];
