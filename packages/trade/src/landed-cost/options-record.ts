import {
  CONFIDENCES,
  type DayNumber,
  type Fault,
  fail,
  formatMinor,
  ok,
  parseMinor,
  type Result,
} from '@crossparcel/units';
import * as z from 'zod';
import type { Law } from '../law/law.ts';
import { type OpenWay, type StockImport, type Ways, waysFor } from './options.ts';
import type { CustomsParcel } from './parcel.ts';
import {
  chargeRecord,
  customsParcelOf,
  landedCostAnswerSchema,
  landedCostRequestSchema,
  warningRecord,
} from './record.ts';

const decimal = landedCostRequestSchema.shape.lines.element.shape.value;

/**
 * Schema of a `landed-cost options` request: a landed-cost request whose channel may be left out. `stock` tells of a
 * consignment into stock that such orders would share; with it each line has its `transferValue`.
 */
export const optionsRequestSchema = z.strictObject({
  ...landedCostRequestSchema.shape,
  channel: landedCostRequestSchema.shape.channel.optional(),
  lines: z
    .array(z.strictObject({ ...landedCostRequestSchema.shape.lines.element.shape, transferValue: decimal.optional() }))
    .min(1),
  stock: z.strictObject({ orders: z.int().positive().max(100_000), freight: decimal.optional() }).optional(),
});
export type OptionsRequest = z.infer<typeof optionsRequestSchema>;

const { lines, totals, warnings } = landedCostAnswerSchema.shape;

/** Schema of a `landed-cost options` answer: the lawful ways, cheapest first, and those that are closed. */
export const optionsAnswerSchema = z.object({
  id: z.string(),
  currency: z.string(),
  options: z.array(
    z.object({
      way: z.string(),
      name: z.string(),
      channel: z.string(),
      entry: z.string().optional(),
      schemes: z.array(z.string()),
      terms: z.enum(['DDP', 'DAP']),
      lines,
      totals,
      /** Of the total: what the buyer pays at checkout or at the door, and what is left to the seller. */
      paidBy: z.object({ buyer: z.string(), seller: z.string() }),
      /** What each carrier would ask for advancing duty and tax. */
      carrierCharges: z.array(
        z.object({ id: z.string(), carrier: z.string(), name: z.string(), amount: z.string(), source: z.string() }),
      ),
      needs: z.array(z.string()),
      confidence: z.enum(CONFIDENCES),
      source: z.string(),
      warnings,
    }),
  ),
  closed: z.array(z.object({ way: z.string(), name: z.string(), why: z.string(), mend: z.string() })),
});
export type OptionsAnswer = z.infer<typeof optionsAnswerSchema>;

const stockOf = (request: OptionsRequest): Result<StockImport | undefined, Fault> => {
  const { stock, currency } = request;
  if (!stock) return ok(undefined);
  const transferMinor: number[] = [];
  for (const [index, line] of request.lines.entries()) {
    const minor = line.transferValue === undefined ? undefined : parseMinor(line.transferValue, currency);
    if (minor === undefined || minor === 0) {
      return fail({
        code: 'missing-transfer-value',
        what: 'goods that come into stock have no transfer value',
        mend: 'give what the line is worth between seller and importer, above 0',
        field: `lines[${index}].transferValue`,
      });
    }
    transferMinor.push(minor);
  }
  return ok({ orders: stock.orders, transferMinor, freightMinor: parseMinor(stock.freight ?? '0', currency) ?? 0 });
};

/** Answers an options request; `lawAt` asks for another day's law. Faults name the field. */
export const answerOptions = (law: Law, request: OptionsRequest, lawAt?: DayNumber): Result<OptionsAnswer, Fault> => {
  const { stock: _, ...asked } = request;
  const goods = asked.lines.map(({ transferValue: __, ...line }) => line);
  const parcel = customsParcelOf(law, { ...asked, lines: goods, channel: asked.channel ?? 'express' }, lawAt);
  if (!parcel.ok) return parcel;
  const stock = stockOf(request);
  if (!stock.ok) return stock;
  const ways = waysFor(law, parcel.value, stock.value);
  return ways.ok ? ok(optionsAnswer(request.id, parcel.value, ways.value)) : ways;
};

const optionsAnswer = (id: string, parcel: CustomsParcel, ways: Ways): OptionsAnswer => ({
  id,
  currency: parcel.currency,
  options: ways.open.map((open) => optionRecord(open, parcel)),
  closed: ways.closed.map(({ way, fault: { what, mend } }) => ({ way: way.id, name: way.name, why: what, mend })),
});

const optionRecord = (open: OpenWay, parcel: CustomsParcel): OptionsAnswer['options'][number] => {
  const { way, terms, dutyMinor, taxMinor, feeMinor, buyerMinor } = open;
  const text = (minor: number) => formatMinor(minor, parcel.currency);
  const total = dutyMinor + taxMinor + feeMinor;
  return {
    way: way.id,
    name: way.name,
    channel: way.channel,
    ...(way.entry !== undefined && { entry: way.entry }),
    schemes: way.schemes ?? [],
    terms,
    lines: open.charges.map((charge) => chargeRecord(charge, parcel)),
    totals: { duty: text(dutyMinor), tax: text(taxMinor), fees: text(feeMinor), total: text(total) },
    paidBy: { buyer: text(buyerMinor), seller: text(total - buyerMinor) },
    carrierCharges: open.carrierCharges.map(({ charge: { record }, amountMinor }) => ({
      id: record.id,
      carrier: record.carrier,
      name: record.name,
      amount: text(amountMinor),
      source: record.source,
    })),
    needs: [...way.needs],
    confidence: open.confidence,
    source: way.source,
    warnings: open.warnings.map(warningRecord),
  };
};
