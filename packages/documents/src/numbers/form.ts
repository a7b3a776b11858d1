import * as z from 'zod';
import { gtin } from './gtin.ts';
import { impb } from './impb.ts';
import { s10 } from './s10.ts';
import { sscc } from './sscc.ts';

/** Schema of what is the same in all numbers of a range: the standard, and its parts but for the serial number. */
export const numberFormSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('s10'), service: z.string(), country: z.string() }),
  z.strictObject({ kind: z.literal('sscc'), extension: z.int(), companyPrefix: z.string() }),
  z.strictObject({
    kind: z.literal('impb'),
    channel: z.enum(['92', '93', '94', '95']),
    serviceType: z.string(),
    mailerId: z.string(),
  }),
  z.strictObject({
    kind: z.literal('gtin'),
    length: z.union([z.literal(8), z.literal(12), z.literal(13), z.literal(14)]),
    indicator: z.int().optional(),
    companyPrefix: z.string(),
  }),
]);
export type NumberForm = z.infer<typeof numberFormSchema>;

/** The number of a form with a serial number (a GTIN's item reference). Throws a RangeError when they do not go together. */
export const numberOf = (form: NumberForm, serial: number): string => {
  switch (form.kind) {
    case 's10':
      return s10({ ...form, serial });
    case 'sscc':
      return sscc({ ...form, serial });
    case 'impb':
      return impb({ ...form, serial });
    case 'gtin': {
      const { length, indicator, companyPrefix } = form;
      return gtin({ length, companyPrefix, item: serial, ...(indicator !== undefined && { indicator }) });
    }
  }
};
