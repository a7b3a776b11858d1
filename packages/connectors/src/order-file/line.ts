import { isCountryCode, isCurrency, isIdentifier, readInstant } from '@crossparcel/units';
import * as z from 'zod';

const identifier = z.string().refine(isIdentifier, 'is empty or not an identifier; give 1 to 128 printable characters');

/** Schema of a line of an order file: one SKU of one order, as a CSV row gives it. */
export const orderLineSchema = z.object({
  orderId: identifier,
  placedAt: z
    .string()
    .refine(
      (text) => readInstant(text) !== undefined,
      'is not a date-time; write RFC 3339, for example 2026-11-22T08:00:00Z',
    ),
  shop: z.string().optional(),
  buyerId: z.string().optional(),
  country: z.string().refine(isCountryCode, 'is not a country code; write two capital letters, for example US'),
  postcode3: z.string().max(16).optional(),
  sku: identifier,
  quantity: z
    .string()
    .regex(/^-?[1-9]\d{0,6}$/, 'is not a quantity; write a whole number, negative for a cancellation, never 0'),
  unitPrice: z.string().regex(/^\d+(\.\d+)?$/, 'is not a price; write a decimal such as 12.90, never negative'),
  currency: z.string().refine(isCurrency, 'is not a currency; write an ISO 4217 code, or give --currency'),
  cancelled: z.enum(['', '0', '1', 'true', 'false'], 'is not a yes or no; write 1 or 0').optional(),
});
export type OrderLineRow = z.infer<typeof orderLineSchema>;

/** The columns of an order file. */
export const ORDER_COLUMNS = Object.keys(orderLineSchema.shape) as (keyof OrderLineRow)[];
