import {
  COST_KINDS,
  type Costs,
  type CurrencyCode,
  type ExchangeRates,
  type Fault,
  fail,
  formatMinor,
  formatPercent,
  type Item,
  isCurrency,
  ok,
  parseDay,
  parseMinor,
  parseRatio,
  type Result,
  ratio,
  readInstant,
} from '@crossparcel/units';
import * as z from 'zod';
import { completeItem } from '../catalogue/complete.ts';
import { catalogueRowSchema, type EstimatesRecord } from '../catalogue/record.ts';
import type { Closed, Option } from '../options/option.ts';
import type { Margins, Offer, Switch, WayMargin } from './margin.ts';

const MS_PER_DAY = 86_400_000;
const NOON_MS = MS_PER_DAY / 2;

const decimal = z.string().regex(/^\d{1,9}(\.\d+)?$/, 'is not an amount; write a decimal such as 12.90');

/**
 * Schema of a `margin` record: a catalogue row with the market in which it is sold and at what price. A price list in CSV
 * will do: every field is a text, and empty ones are left out.
 */
export const marginRequestSchema = z.object({
  ...catalogueRowSchema.shape,
  id: z.string().min(1).optional(),
  market: z.string().regex(/^[A-Z]{2}$/, 'is not a country code; write two capital letters'),
  subdivision: z.string().optional(),
  postcode3: z.string().optional(),
  at: z
    .string()
    .refine(
      (text) => parseDay(text) !== undefined || readInstant(text)?.hasOffset === true,
      'is not a date; write YYYY-MM-DD or an RFC 3339 date-time with offset',
    ),
  currency: z
    .string()
    .refine(isCurrency, 'is not a currency code of ISO 4217; write three capital letters such as USD'),
  price: decimal,
  productCost: decimal,
  platformFee: z
    .string()
    .refine(
      (text) => parseRatio(text) !== undefined,
      'is not a fee; write a share such as 6% or an amount such as 0.80',
    )
    .optional(),
  quantity: z
    .union([z.int().positive().max(1000), z.string().regex(/^[1-9]\d{0,2}$/, 'is not a number of units from 1 to 999')])
    .optional(),
});
export type MarginRequest = z.infer<typeof marginRequestSchema>;

const money = z.string();
const way = z.object({ mode: z.enum(['direct', 'local']), facility: z.string(), service: z.string() });

/** Schema of a `margin` answer. Money in major units of the network's currency, for one order. */
export const marginAnswerSchema = z.object({
  id: z.string(),
  sku: z.string(),
  market: z.string(),
  currency: z.string(),
  quantity: z.int(),
  price: money,
  ways: z.array(
    way.extend({
      revenue: money,
      productCost: money,
      platformFee: money,
      costs: z.object(Object.fromEntries(COST_KINDS.map((kind) => [kind, money])) as Record<keyof Costs, typeof money>),
      margin: money,
      share: z.string(),
    }),
  ),
  breakEvenPrice: money.nullable(),
  switches: z.array(
    z.object({ kind: z.enum(['price', 'quantity']), direction: z.enum(['up', 'down']), at: z.string(), to: way }),
  ),
  closed: z.array(way.extend({ code: z.string(), why: z.string() })),
  estimated: z.array(z.string()),
});
export type MarginAnswer = z.infer<typeof marginAnswerSchema>;

/** What a request is read against. */
export interface OfferGround {
  readonly estimates: EstimatesRecord;
  readonly rates: ExchangeRates;
  readonly currency: CurrencyCode;
}

const badPrice = (field: string, currency: string): Fault => ({
  code: 'bad-amount',
  what: `is not an amount in ${currency}, or there is no rate for it`,
  mend: 'give at most the decimals that the currency has, in a currency of the network',
  field,
});

/** The offer of a request, in the network's currency. Faults name the field. */
export const offerOf = (request: MarginRequest, { estimates, rates, currency }: OfferGround): Result<Offer, Fault> => {
  const amount = (text: string, field: string): Result<number, Fault> => {
    const minor = parseMinor(text, request.currency);
    if (minor === undefined || !rates.knows(request.currency)) return fail(badPrice(field, request.currency));
    return ok(rates.convertMinor(minor, request.currency, currency));
  };
  const price = amount(request.price, 'price');
  if (!price.ok) return price;
  if (price.value === 0) return fail(badPrice('price', request.currency));
  const productCost = amount(request.productCost, 'productCost');
  if (!productCost.ok) return productCost;
  const fee = request.platformFee ?? '0';
  const isShare = fee.endsWith('%');
  const platform = amount(isShare ? '0' : fee, 'platformFee');
  if (!platform.ok) return platform;
  const day = parseDay(request.at);
  // Without a value of its own, a unit in stock is worth what it cost.
  const sold = { price: { minor: productCost.value, currency } };
  return ok({
    item: completeItem(request, sold, estimates, rates, currency),
    market: request.market,
    subdivision: request.subdivision,
    postalPrefix: request.postcode3 ?? '',
    at: day === undefined ? (readInstant(request.at)?.instant ?? 0) : day * MS_PER_DAY + NOON_MS,
    priceMinor: price.value,
    productCostMinor: productCost.value,
    platformShare: (isShare && parseRatio(fee)) || ratio(0),
    platformMinor: platform.value,
    quantity: Number(request.quantity ?? 1),
  });
};

const wayRecord = ({ mode, facility, service }: Option | Closed) => ({ mode, facility, service });

/** Margins as the command prints them. */
export const marginAnswer = (
  request: MarginRequest,
  offer: Offer,
  margins: Margins,
  currency: CurrencyCode,
): MarginAnswer => {
  const text = (minor: number) => formatMinor(minor, currency);
  return {
    id: request.id ?? `${request.sku}-${request.market}`,
    sku: request.sku,
    market: request.market,
    currency,
    quantity: offer.quantity,
    price: text(offer.priceMinor),
    ways: margins.ways.map((one) => marginRecord(one, text)),
    breakEvenPrice: margins.breakEvenMinor === undefined ? null : text(margins.breakEvenMinor),
    switches: margins.switches.map(({ kind, direction, at, to }: Switch) => ({
      kind,
      direction,
      at: kind === 'price' ? text(at) : String(at),
      to: wayRecord(to),
    })),
    closed: margins.closed.map((one) => ({ ...wayRecord(one), code: one.code, why: one.why })),
    estimated: [...(offer.item satisfies Item).estimated],
  };
};

const marginRecord = (one: WayMargin, text: (minor: number) => string): MarginAnswer['ways'][number] => ({
  ...wayRecord(one.option),
  revenue: text(one.revenueMinor),
  productCost: text(one.productCostMinor),
  platformFee: text(one.platformMinor),
  costs: Object.fromEntries(COST_KINDS.map((kind) => [kind, text(one.costs[kind])])) as Record<keyof Costs, string>,
  margin: text(one.marginMinor),
  share: formatPercent({ numerator: Math.round((one.marginMinor / one.revenueMinor) * 10_000), denominator: 10_000 }),
});
