import { datedFields } from '@crossparcel/units';
import * as z from 'zod';

/** Parts of a status line, in the order in which a code has them; a question mark where one may be missing. */
const PARTS = ['flight', 'flight?', 'carrier', 'day', 'moment', 'leg', 'airport', 'reason', 'quantity'] as const;
export type FsuPart = (typeof PARTS)[number];

/** What the codes of status updates mean and how their lines are built: dated records. */
export const statusCodesSchema = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('status'),
      code: z.string().regex(/^[A-Z]{3}$/),
      meaning: z.string(),
      parts: z.array(z.enum(PARTS)),
      /** What it tells of the flight: that it left, that it landed, or new times where it has estimates. */
      event: z.enum(['departed', 'arrived', 'estimate']).optional(),
      ...datedFields,
    }),
    z.strictObject({
      kind: z.literal('reason'),
      code: z.string().regex(/^[A-Z]{4}$/),
      meaning: z.string(),
      /** The goods do not fly as planned: whoever plans should look again. */
      replan: z.boolean(),
      ...datedFields,
    }),
  ]),
);
type CodeRecord = z.infer<typeof statusCodesSchema>[number];
export type StatusCode = Extract<CodeRecord, { kind: 'status' }>;
export type DiscrepancyReason = Extract<CodeRecord, { kind: 'reason' }>;
