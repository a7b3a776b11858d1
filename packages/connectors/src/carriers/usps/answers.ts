import * as z from 'zod';

/** A number that some answers write as text. */
const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number),
]);

export const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: numeric });

export const paymentAnswer = z.object({ paymentAuthorizationToken: z.string().min(1) });

export const ratesAnswer = z.object({
  totalBasePrice: z.number(),
  rates: z.array(z.object({ description: z.string().nullish(), SKU: z.string().nullish() })).min(1),
});

/** What stands on a label; older answers wrap it. */
const metadata = z.object({ trackingNumber: z.string().min(1), postage: z.number() });
export const labelAnswer = z.union([
  metadata.extend({ labelImage: z.string() }),
  z
    .object({ labelMetadata: metadata, labelImage: z.string() })
    .transform(({ labelMetadata, labelImage }) => ({ ...labelMetadata, labelImage })),
]);
export type LabelAnswer = z.infer<typeof labelAnswer>;

export const cancelAnswer = z.object({
  trackingNumber: z.string().nullish(),
  status: z.string(),
  disputeId: z.string().nullish(),
});

export const scanFormAnswer = z.object({ manifestNumber: z.string(), trackingNumbers: z.array(z.string()) });

export const trackAnswer = z.object({
  trackingNumber: z.string(),
  status: z.string().nullish(),
  statusCategory: z.string().nullish(),
  trackingEvents: z
    .array(
      z.object({
        eventType: z.string().nullish(),
        eventCode: z.string().nullish(),
        eventTimestamp: z.string().nullish(),
        GMTTimestamp: z.string().nullish(),
        eventCity: z.string().nullish(),
        eventState: z.string().nullish(),
        eventZIP: z.string().nullish(),
        eventCountry: z.string().nullish(),
      }),
    )
    .nullish(),
});
export type TrackAnswer = z.infer<typeof trackAnswer>;

export const errorAnswer = z.object({
  error: z.object({
    code: z.union([z.string(), z.number()]).nullish(),
    message: z.string().nullish(),
    errors: z
      .array(
        z.object({
          code: z.string().nullish(),
          title: z.string().nullish(),
          detail: z.string().nullish(),
          source: z.object({ parameter: z.string().nullish() }).nullish(),
        }),
      )
      .nullish(),
  }),
});
