import { CONFIDENCES, type DatedRecord, datedFields } from '@crossparcel/units';
import * as z from 'zod';

/**
 * The rule language. A rule book holds the import law of a customs territory as dated records: each rule says when it
 * applies, what it is charged on, how much, in which place of the order of computation, and which other duties it
 * takes the place of. Nothing about any country stands in code. `docs/law-as-data.md` explains it with examples.
 */

/** Values that match when listed; a leading `!` excludes. Only exclusions: everything else matches. `*` matches all. */
const matchList = z.array(z.string().min(1)).min(1);

const amount = z.strictObject({ amount: z.string(), currency: z.string() });
const baseParts = z.array(z.string()).min(1);
const threshold = amount.extend({ of: baseParts.optional() });

const conditionsSchema = z.strictObject({
  market: matchList.optional(),
  subdivision: matchList.optional(),
  /** Country of origin of the goods; `@EU` names an area. */
  origin: matchList.optional(),
  channel: matchList.optional(),
  entry: matchList.optional(),
  importer: matchList.optional(),
  collectedBy: matchList.optional(),
  postalMethod: matchList.optional(),
  /** Schemes of which at least one is used, or none of which is. */
  scheme: z.array(z.string()).optional(),
  noScheme: z.array(z.string()).optional(),
  dutyInPrice: z.boolean().optional(),
  /** HS prefixes; `list:ID` names a list of the book. */
  hs: matchList.optional(),
  /** A column of the tariff line, and the values that match. */
  listed: z.strictObject({ column: z.string(), in: z.array(z.string()) }).optional(),
  /** Facts about the goods, taken as false when not told. */
  attributes: z.record(z.string(), z.boolean()).optional(),
  /**
   * Limits on the parcel's value (or on the parts named in `of`), inclusive as their names say. `same-order` and
   * `same-day` in `of` are the value of the rest of the order and of what else the consignee gets on that day.
   */
  valueAtMost: threshold.optional(),
  valueAbove: threshold.optional(),
});

const charge = z.union([
  /** Nothing is due: a relief, shown as a line of zero. */
  z.strictObject({ nothing: z.literal(true) }),
  /** A share of the base, less an amount where one is granted; never below zero. */
  z.strictObject({ percent: z.string(), minus: amount.optional() }),
  /** A share of the base as a fraction. */
  z.strictObject({ fraction: z.tuple([z.number().int(), z.number().int()]) }),
  /** The rate in a column of the tariff table. */
  z.strictObject({ tariff: z.string() }),
  /** A dated parameter of the book; `inside` when the tax is part of its own base. */
  z.strictObject({ parameter: z.string(), inside: z.literal(true).optional() }),
  /** An amount for each parcel, postal item, or heading (one classification, description and origin). */
  amount.extend({ each: z.enum(['parcel', 'heading', 'postal-item']) }),
  /** What is missing to a total share, after the duties of the named families. */
  z.strictObject({ topUpTo: z.string(), over: z.array(z.string()) }),
]);

const ruleSchema = z.strictObject({
  id: z.string(),
  /** As a bill prints it; `{market}` stands for the country. */
  name: z.string(),
  kind: z.enum(['duty', 'tax', 'fee']),
  /** Rules of one family exclude each other; other rules refer to the family. */
  family: z.string(),
  /** Place in the order of computation; a rule sees what was charged before it. */
  order: z.number(),
  per: z.enum(['line', 'parcel']),
  when: conditionsSchema.optional(),
  /** Families that are not charged where this rule applies. They come later in the order. */
  replaces: z.array(z.string()).optional(),
  /** What the share is taken of: value, freight, insurance, duty, fee, tax, or `rule:ID`. Default: the value. */
  base: baseParts.optional(),
  charge,
  minimum: amount.optional(),
  maximum: amount.optional(),
  /** Steps, in the book's currency, down to which the base and the result are cut. */
  truncateBase: z.string().optional(),
  truncate: z.string().optional(),
  /** Of several rules of the family that apply to a parcel, only the dearest is charged. */
  choose: z.literal('highest').optional(),
  payer: z.string(),
  ...datedFields,
});

const parameterSchema = z.strictObject({
  id: z.string(),
  parameter: z.string(),
  market: z.array(z.string()).optional(),
  subdivision: z.array(z.string()).optional(),
  percent: z.string(),
  ...datedFields,
});

/** Law that computes nothing: what has ended, what is coming, what is left out. */
const noticeSchema = z.strictObject({
  id: z.string(),
  text: z.string(),
  /** Whether every bill that it is about tells it: it could change the sum. */
  told: z.literal(true).optional(),
  when: conditionsSchema.optional(),
  ...datedFields,
});

/** A lawful way of bringing goods in, or of selling them from stock that was brought in before. */
const waySchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  channel: z.string(),
  entry: z.string().optional(),
  schemes: z.array(z.string()).optional(),
  postalMethod: z.string().optional(),
  collectedBy: z.string().optional(),
  /** When it is lawful; where it is not, the first condition that fails is told. */
  when: conditionsSchema.optional(),
  /** Whether goods come in bulk before they are sold, at their transfer value and by a business. */
  stock: z.literal(true).optional(),
  /** Terms of sale under which it is used: `DDP`, the seller bears what is due; `DAP`, the buyer pays it at the door. */
  terms: z.array(z.enum(['DDP', 'DAP'])).min(1),
  needs: z.array(z.string()),
  ...datedFields,
});

/** What a carrier asks for advancing duty and tax: the larger of an amount and a share of what it advanced. */
const carrierChargeSchema = z.strictObject({
  id: z.string(),
  carrier: z.string(),
  name: z.string(),
  when: conditionsSchema.optional(),
  amount,
  percentOfAdvance: z.string().optional(),
  ...datedFields,
});

/** How duty and tax come back for goods that go back, are destroyed or were refused. */
const refundSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Families whose charges come back, and the share of them. */
  of: z.array(z.string()).min(1),
  percent: z.string(),
  when: conditionsSchema.optional(),
  /** What has to happen to the goods. */
  outcomes: z.array(z.enum(['re-export', 'destruction', 'sale-cancelled', 'refused'])).min(1),
  /** Days after release within which it has to happen or be asked for. */
  withinDays: z.int().positive().optional(),
  /** Below this sum nothing is paid back. */
  leastAmount: amount.optional(),
  conditions: z.array(z.string()),
  ...datedFields,
});

/** Schema of a rule book file. */
export const ruleBookSchema = z.strictObject({
  book: z.string(),
  markets: z.array(z.string()).min(1),
  timeZone: z.string(),
  currency: z.string(),
  /** First day from which the book holds enough to compute. */
  coveredFrom: datedFields.validFrom,
  /** Last day for which what is known today may be asked. */
  coveredTo: datedFields.validFrom,
  /** Share of a limit within which a value is told to be near it. */
  nearLimit: z.string(),
  /** Which day's exchange rates customs takes: those of the day itself, or of the first day of its month or quarter. */
  exchangeRates: z.strictObject({ of: z.enum(['day', 'month', 'quarter']), ...datedFields }),
  /** The tariff table that `tariff` charges and `listed` conditions read, and the column by which lines are found. */
  tariff: z.strictObject({ table: z.string(), column: z.string() }).optional(),
  /** Schemes under which a marketplace that is the deemed seller brings goods into this market. */
  marketplaceSchemes: z.array(z.string()).optional(),
  notices: z.array(noticeSchema).optional(),
  /** The entry that applies when none is asked for: the first whose limit holds the value. */
  entries: z
    .array(
      z.strictObject({
        entry: z.string(),
        channel: matchList.optional(),
        valueAtMost: threshold.optional(),
        ...datedFields,
      }),
    )
    .optional(),
  /** Shares of the price that count as customs value. */
  valuations: z
    .array(z.strictObject({ id: z.string(), when: conditionsSchema.optional(), percent: z.string(), ...datedFields }))
    .optional(),
  parameters: z.array(parameterSchema).optional(),
  lists: z.array(z.strictObject({ id: z.string(), codes: z.array(z.string()), ...datedFields })).optional(),
  rules: z.array(ruleSchema).min(1),
  ways: z.array(waySchema).min(1),
  carrierCharges: z.array(carrierChargeSchema).optional(),
  refunds: z.array(refundSchema).optional(),
});

export type RuleBook = z.infer<typeof ruleBookSchema>;
export type Rule = z.infer<typeof ruleSchema>;
export type Parameter = z.infer<typeof parameterSchema>;
export type Notice = z.infer<typeof noticeSchema>;
export type Way = z.infer<typeof waySchema>;
export type CarrierCharge = z.infer<typeof carrierChargeSchema>;
export type Refund = z.infer<typeof refundSchema>;
export type Conditions = z.infer<typeof conditionsSchema>;

/** Schema of `law/areas.json`: groups of countries that rules name with `@`. */
export const areasSchema = z.array(z.strictObject({ id: z.string(), members: z.array(z.string()), ...datedFields }));
export type Area = z.infer<typeof areasSchema>[number];

/** Schema of `tariff/tables.json`: which table file holds since when. */
export const tariffTablesSchema = z.array(z.strictObject({ id: z.string(), file: z.string(), ...datedFields }));
export type TariffTableRecord = DatedRecord & { readonly id: string; readonly file: string };

/** Schema of a row of a tariff table; every further column is a rate or a list of the table's own. */
export const tariffRowSchema = z
  .object({
    code: z.string().regex(/^\d{4,10}$/),
    from: z.string(),
    confidence: z.union([z.enum(CONFIDENCES), z.literal('')]),
    description: z.string(),
  })
  .catchall(z.string());
export type TariffRow = z.infer<typeof tariffRowSchema>;
