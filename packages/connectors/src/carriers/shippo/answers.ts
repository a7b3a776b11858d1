import * as z from 'zod';
import { zipPlaceSchema } from '../tracking.ts';

const messages = z.array(z.object({ source: z.string().nullish(), text: z.string().nullish() })).nullish();

export const shipmentAnswer = z.object({
  object_id: z.string(),
  rates: z.array(
    z.object({
      object_id: z.string(),
      amount: z.string(),
      currency: z.string(),
      provider: z.string(),
      carrier_account: z.string(),
      servicelevel: z.object({ token: z.string().nullish(), name: z.string().nullish() }),
      estimated_days: z.number().nullish(),
    }),
  ),
  messages,
});
export type ShippoRate = z.infer<typeof shipmentAnswer>['rates'][number];

export const transactionAnswer = z.object({
  object_id: z.string(),
  status: z.string(),
  tracking_number: z.string().nullish(),
  label_url: z.string().nullish(),
  messages,
});
export type TransactionAnswer = z.infer<typeof transactionAnswer>;

export const transactionsAnswer = z.object({ results: z.array(transactionAnswer) });

export const refundAnswer = z.object({ status: z.string() });

export const manifestAnswer = z.object({
  object_id: z.string(),
  status: z.string(),
  documents: z.array(z.string()).nullish(),
  errors: z.array(z.unknown()).nullish(),
});

export const trackAnswer = z.object({
  carrier: z.string(),
  tracking_number: z.string(),
  tracking_status: z.object({ status: z.string() }).nullish(),
  tracking_history: z
    .array(
      z.object({
        status: z.string().nullish(),
        substatus: z.object({ code: z.string().nullish() }).nullish(),
        status_details: z.string().nullish(),
        status_date: z.string().nullish(),
        location: zipPlaceSchema,
      }),
    )
    .nullish(),
});
export type TrackAnswer = z.infer<typeof trackAnswer>;
