import * as z from 'zod';
import { zipPlaceSchema } from '../tracking.ts';

/** What is read of a rate. */
const rateSchema = z.object({
  id: z.string(),
  carrier: z.string(),
  service: z.string(),
  rate: z.string(),
  currency: z.string(),
  delivery_days: z.number().nullish(),
  est_delivery_days: z.number().nullish(),
});

/** What is read of a shipment; a label and a number stand in it once it is bought. */
export const shipmentAnswer = z.object({
  id: z.string(),
  rates: z.array(rateSchema),
  messages: z.array(z.object({ carrier: z.string().nullish(), message: z.unknown() })).nullish(),
  selected_rate: rateSchema.nullish(),
  tracking_code: z.string().nullish(),
  postage_label: z.object({ label_url: z.string().nullish(), label_pdf_url: z.string().nullish() }).nullish(),
  refund_status: z.string().nullish(),
});
export type ShipmentAnswer = z.infer<typeof shipmentAnswer>;

const trackerAnswer = z.object({
  tracking_code: z.string(),
  carrier: z.string().nullish(),
  status: z.string(),
  tracking_details: z
    .array(
      z.object({
        message: z.string().nullish(),
        status: z.string().nullish(),
        status_detail: z.string().nullish(),
        datetime: z.string().nullish(),
        tracking_location: zipPlaceSchema,
      }),
    )
    .nullish(),
});
export type TrackerAnswer = z.infer<typeof trackerAnswer>;
export { trackerAnswer };

export const trackersAnswer = z.object({ trackers: z.array(trackerAnswer) });

export const scanFormAnswer = z.object({
  id: z.string(),
  status: z.string(),
  message: z.string().nullish(),
  tracking_codes: z.array(z.string()),
  form_url: z.string().nullish(),
});
