import { datedFields } from '@crossparcel/units';
import * as z from 'zod';

const hsPrefix = z.string().regex(/^\d{2,10}$/, 'is not a start of an HS code; write 2 to 10 digits');

/** Schema of what a market asks for, and the marks on the goods or papers by which a seller shows to have it. */
const needSchema = z.strictObject({
  kind: z.enum([
    'mark',
    'label',
    'certificate',
    'registration',
    'notification',
    'responsible-person',
    'licence',
    'test-report',
  ]),
  what: z.string().min(1),
  /** Any one of these marks of a line of goods meets the need. */
  shownBy: z.array(z.string().min(1)).min(1),
});

/** Schema of `restrictions/<market>.json`: what may not come into a market, and what must be there for goods to come in. */
export const restrictionsSchema = z.array(
  z
    .strictObject({
      id: z.string().min(1),
      /** Codes of countries, or of areas such as `EU`; `*` for every market. */
      markets: z.array(z.string().min(1)).min(1),
      goods: z.strictObject({
        /** Starts of HS codes. */
        hs: z.array(hsPrefix).optional(),
        /** Starts of HS codes that are meant not to be included. */
        exceptHs: z.array(hsPrefix).optional(),
        /** Handling classes or families. */
        handling: z.array(z.string()).optional(),
        /** English words of descriptions, for goods whose HS code is not told. */
        words: z.array(z.string()).optional(),
      }),
      rule: z.enum(['banned', 'needs']),
      needs: z.array(needSchema).optional(),
      what: z.string().min(1),
      paragraph: z.string().min(1),
      ...datedFields,
    })
    .refine(({ goods }) => goods.hs ?? goods.handling ?? goods.words, {
      path: ['goods'],
      message: 'names no goods; give HS codes, handling classes or words',
    })
    .refine(({ rule, needs }) => (rule === 'needs') === (needs !== undefined && needs.length > 0), {
      path: ['needs'],
      message: 'does not fit the rule; a rule of kind needs lists them, a ban has none',
    }),
);
export type Restriction = z.infer<typeof restrictionsSchema>[number];
export type Need = z.infer<typeof needSchema>;
