import { isCountryCode, isCurrency, parseMinor } from '@crossparcel/units';
import * as z from 'zod';

/** Identifiers have up to 19 digits, more than a number can hold: they come and stay as text. */
const id = z.string().min(1);
const amount = z.string().regex(/^\d+(\.\d+)?$/, 'is not an amount; the shop sends decimal text');
const seconds = z.int().nonnegative();

const lineItem = z.looseObject({
  id,
  sku_id: id,
  seller_sku: z.string().optional(),
  product_name: z.string().optional(),
  sku_name: z.string().optional(),
  sale_price: amount,
  currency: z
    .string()
    .refine(isCurrency, 'is not a currency code of ISO 4217; write three capital letters such as USD'),
  display_status: z.string().optional(),
  is_gift: z.boolean().optional(),
  combined_listing_skus: z
    .array(z.looseObject({ sku_id: id, sku_count: z.int().positive(), seller_sku: z.string().optional() }))
    .optional(),
});

/**
 * Schema of an order as TikTok Shop sends it (order search 202309, order detail 202507). Fields and values that are not
 * known here are kept; statuses are free text, because the platform adds and renames them.
 */
export const tikTokOrderSchema = z.looseObject({
  id,
  status: z.string(),
  fulfillment_type: z.string().optional(),
  user_id: z.string().optional(),
  create_time: seconds,
  paid_time: seconds.optional(),
  update_time: seconds.optional(),
  is_on_hold_order: z.boolean().optional(),
  is_buyer_request_cancel: z.boolean().optional(),
  recipient_address: z.looseObject({
    region_code: z.string().refine(isCountryCode, 'is not a country code'),
    postal_code: z.string().optional(),
    name: z.string().optional(),
    phone_number: z.string().optional(),
    address_line1: z.string().optional(),
    address_line2: z.string().optional(),
    address_line3: z.string().optional(),
    address_line4: z.string().optional(),
    district_info: z.array(z.looseObject({ address_level_name: z.string(), address_name: z.string() })).optional(),
  }),
  line_items: z.array(lineItem).min(1),
});
export type TikTokOrder = z.infer<typeof tikTokOrderSchema>;
export type TikTokLineItem = z.infer<typeof lineItem>;

/** Schema of the answer around orders: `code` 0 is success, whatever the HTTP status was. */
export const tikTokOrdersAnswerSchema = z.looseObject({
  code: z.literal(0, 'is not 0: the shop answered with an error; send the request again'),
  data: z.looseObject({ orders: z.array(z.unknown()) }),
});

/** The price of a line item in minor units; undefined when the text has more decimals than the currency. */
export const salePrice = (item: TikTokLineItem): number | undefined => parseMinor(item.sale_price, item.currency);
