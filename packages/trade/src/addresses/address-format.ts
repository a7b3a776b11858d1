import { datedFields } from '@crossparcel/units';
import * as z from 'zod';

/** Fields of an address that a format may place. */
const ADDRESS_FIELDS = [
  'name',
  'organisation',
  'lines',
  'district',
  'city',
  'subdivision',
  'postcode',
  'sortingCode',
] as const;
export type AddressField = (typeof ADDRESS_FIELDS)[number];

const field = z.enum(ADDRESS_FIELDS);
const pattern = z.string().refine((text) => {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}, 'is not a regular expression');

const subdivisionSchema = z.strictObject({
  /** As it stands in an address of the country's own script. */
  code: z.string().min(1),
  name: z.string().optional(),
  latin: z.string().optional(),
  /** Second part of its code in ISO 3166-2, where it is another. */
  iso: z.string().optional(),
  /** Other names by which it is known. */
  names: z.array(z.string()).optional(),
  /** What the postal codes in it start with. */
  postalPrefix: pattern.optional(),
});
export type Subdivision = z.infer<typeof subdivisionSchema>;

/** Schema of `addresses/<country>.json`: how a country writes addresses. */
export const addressFormatSchema = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/),
  name: z.string(),
  /** Other names of the country, in several languages. */
  names: z.array(z.string()),
  languages: z.array(z.string()),
  /**
   * Order of the lines: %N name, %O organisation, %A street lines, %D district, %C city, %S subdivision, %Z postal code, %X
   * sorting code, %n a new line; anything else stands for itself.
   */
  format: z.string(),
  /** The same for addresses in Latin letters, where the order is another. */
  latinFormat: z.string().optional(),
  required: z.array(field),
  /** Fields that are written in capitals. */
  uppercase: z.array(field),
  postalCode: z
    .strictObject({
      pattern,
      /** How a code without spaces and hyphens is written. */
      written: z.array(z.strictObject({ from: pattern, to: z.string() })).optional(),
      /** Letters that people set before a code. */
      lead: z.array(z.string()).optional(),
      examples: z.array(z.string()),
      /** An older kind of code that is still typed. */
      former: z.strictObject({ pattern, what: z.string() }).optional(),
    })
    .optional(),
  subdivisions: z
    .strictObject({
      kind: z.string(),
      /** Whether there is no subdivision beside those listed. */
      complete: z.boolean(),
      list: z.array(subdivisionSchema),
    })
    .optional(),
  ...datedFields,
});
export type AddressFormat = z.infer<typeof addressFormatSchema>;

/** Schema of `thresholds/address-lines.json`: letters that a line of a label holds. */
export const addressLimitsSchema = z.array(
  z.strictObject({ id: z.string(), lettersPerLine: z.int().positive(), ...datedFields }),
);
export type AddressLimits = z.infer<typeof addressLimitsSchema>[number];
