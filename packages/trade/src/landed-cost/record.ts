import {
  CONFIDENCES,
  type CurrencyCode,
  type DayNumber,
  type Fault,
  fail,
  formatMinor,
  isCurrency,
  ok,
  parseDay,
  parseMinor,
  type Result,
  readInstant,
} from '@crossparcel/units';
import * as z from 'zod';
import { parseHsCode } from '../hs/hs-code.ts';
import type { Law } from '../law/law.ts';
import type { Assessment, Charge, CustomsParcel, Warning } from './parcel.ts';

/** Most lines of goods in one parcel: what a declaration can hold. */
const MOST_LINES = 9999;
/** The largest sum, in minor units, with which every share of it stays exact. */
const MOST_MINOR = 1e13;

const NO_VALUE = 'goods have no customs value; give what they would sell for, also for a free gift';

const decimal = z
  .string({ error: (issue) => (issue.input === undefined ? NO_VALUE : undefined) })
  .regex(/^\d{1,12}(\.\d{1,4})?$/, 'is not an amount of at most twelve digits; write a decimal text such as "12.90"');
const country = z.string().regex(/^[A-Z]{2}$/, 'is not a country code; write two capital letters');
const moment = z
  .string()
  .refine(
    (text) => parseDay(text) !== undefined || readInstant(text)?.hasOffset === true,
    'is not a date; write YYYY-MM-DD or an RFC 3339 date-time with offset',
  );

/** Schema of a `landed-cost` request: one parcel. Money is a decimal text in major units of `currency`. */
export const landedCostRequestSchema = z.strictObject({
  id: z.string().min(1),
  at: moment,
  market: country,
  subdivision: z.string().optional(),
  origin: country,
  channel: z.enum(['postal', 'express', 'courier', 'cargo', 'domestic']),
  entry: z.enum(['informal', 'formal']).optional(),
  importer: z.enum(['consumer', 'business']).optional(),
  collectedBy: z.enum(['platform', 'seller', 'carrier']).optional(),
  currency: z
    .string()
    .refine(isCurrency, 'is not a currency code of ISO 4217; write three capital letters such as USD'),
  lines: z
    .array(
      z.strictObject({
        id: z.string().optional(),
        hs: z
          .string()
          .refine((text) => parseHsCode(text) !== undefined, 'is not an HS code; write 2, 4, 6, 8 or 10 digits')
          .optional(),
        description: z.string().optional(),
        quantity: z.int().positive().max(1_000_000),
        value: decimal,
        countryOfOrigin: country.optional(),
        massGrams: z.int().nonnegative().optional(),
        attributes: z.record(z.string(), z.boolean()).optional(),
      }),
    )
    .min(1)
    .max(MOST_LINES, `holds more than ${MOST_LINES} lines, the most of one declaration; send several parcels`),
  freight: decimal.optional(),
  insurance: decimal.optional(),
  sameOrderValue: decimal.optional(),
  sameDayValue: decimal.optional(),
  schemes: z.array(z.string()).optional(),
  postalMethod: z.enum(['ad-valorem', 'per-item']).optional(),
  items: z.int().positive().optional(),
  dutyInPrice: z.boolean().optional(),
});
export type LandedCostRequest = z.infer<typeof landedCostRequestSchema>;

/** Schema of a `landed-cost` answer. Each line names the rule, base, rate, payer, confidence and source. */
export const landedCostAnswerSchema = z.object({
  id: z.string(),
  currency: z.string(),
  lines: z.array(
    z.object({
      name: z.string(),
      rule: z.string(),
      line: z.string().optional(),
      base: z.string(),
      rate: z.string(),
      amount: z.string(),
      kind: z.enum(['duty', 'tax', 'fee']),
      payer: z.string(),
      confidence: z.enum(CONFIDENCES),
      source: z.string(),
      rows: z.array(z.string()),
    }),
  ),
  totals: z.object({ duty: z.string(), tax: z.string(), fees: z.string(), total: z.string() }),
  warnings: z.array(
    z.object({
      code: z.string(),
      text: z.string(),
      choices: z.array(z.object({ code: z.string(), rate: z.string(), description: z.string() })).optional(),
    }),
  ),
});
export type LandedCostAnswer = z.infer<typeof landedCostAnswerSchema>;

const badAmount = (field: string, text: string, currency: CurrencyCode): Fault => ({
  code: 'bad-amount',
  what: `${text} is not an amount in ${currency}`,
  mend: `give at most the decimals that ${currency} has`,
  field,
});

const readAmount = (text: string, currency: CurrencyCode, field: string): Result<number, Fault> => {
  const minor = parseMinor(text, currency);
  return minor === undefined ? fail(badAmount(field, text, currency)) : ok(minor);
};

const noValue = (field: string): Fault => ({
  code: 'missing-customs-value',
  what: 'goods have no customs value',
  mend: 'give what they would sell for, also for a free gift',
  field,
});

const tooMuch = (currency: CurrencyCode): Fault => ({
  code: 'amount-out-of-range',
  what: `the goods are worth more than ${formatMinor(MOST_MINOR, currency)} ${currency}`,
  mend: 'check the values; one record is one parcel',
  field: 'lines',
});

/** The day whose law a request asks for, in the market's calendar. */
const lawDay = (law: Law, request: LandedCostRequest): DayNumber => {
  const day = parseDay(request.at);
  if (day !== undefined) return day;
  const instant = readInstant(request.at)?.instant ?? Number.NaN;
  return law.dayIn(request.market, instant) ?? Math.floor(instant / 86_400_000);
};

/** A request as the engine takes it. `lawAt` computes under another day's law. Faults name the field. */
export const customsParcelOf = (
  law: Law,
  request: LandedCostRequest,
  lawAt?: DayNumber,
): Result<CustomsParcel, Fault> => {
  const { currency } = request;
  const parts = ['freight', 'insurance', 'sameOrderValue', 'sameDayValue'] as const;
  const amounts = new Map<string, number>();
  for (const part of parts) {
    const amount = readAmount(request[part] ?? '0', currency, part);
    if (!amount.ok) return amount;
    amounts.set(part, amount.value);
  }
  const lines: CustomsParcel['lines'][number][] = [];
  let total = 0;
  for (const [index, line] of request.lines.entries()) {
    const field = `lines[${index}].value`;
    const value = readAmount(line.value, currency, field);
    if (!value.ok) return value;
    if (value.value === 0) return fail(noValue(field));
    total += value.value;
    lines.push({
      id: line.id ?? String(index + 1),
      hs: parseHsCode(line.hs ?? '') ?? '',
      quantity: line.quantity,
      valueMinor: value.value,
      origin: line.countryOfOrigin ?? request.origin,
      massGrams: line.massGrams,
      description: line.description,
      attributes: line.attributes,
    });
  }
  if (total > MOST_MINOR) return fail(tooMuch(currency));
  return ok({
    market: request.market,
    subdivision: request.subdivision,
    day: lawAt ?? lawDay(law, request),
    channel: request.channel,
    entry: request.entry,
    importer: request.importer ?? 'consumer',
    collectedBy: request.collectedBy,
    postalMethod: request.postalMethod ?? 'ad-valorem',
    postalItems: request.items ?? 1,
    schemes: request.schemes ?? [],
    dutyInPrice: request.dutyInPrice ?? false,
    currency,
    freightMinor: amounts.get('freight') ?? 0,
    insuranceMinor: amounts.get('insurance') ?? 0,
    sameOrderMinor: amounts.get('sameOrderValue') ?? 0,
    sameDayMinor: amounts.get('sameDayValue') ?? 0,
    lines,
  });
};

/** A charge as commands print it. */
export const chargeRecord = (charge: Charge, parcel: CustomsParcel): LandedCostAnswer['lines'][number] => {
  const { rule } = charge;
  const { currency } = parcel;
  return {
    name: charge.name,
    rule: rule.id,
    ...(charge.line === undefined ? {} : { line: parcel.lines[charge.line]?.id ?? '' }),
    base: formatMinor(charge.baseMinor, currency),
    rate: charge.rate,
    amount: formatMinor(charge.amountMinor, currency),
    kind: rule.kind,
    payer: rule.payer,
    confidence: charge.confidence,
    source: rule.source,
    rows: charge.rows as string[],
  };
};

/** A warning as commands print it. */
export const warningRecord = ({ code, text, choices }: Warning): LandedCostAnswer['warnings'][number] => ({
  code,
  text,
  ...(choices && choices.length > 0 && { choices: [...choices] }),
});

/** An assessment as the command prints it. */
export const landedCostAnswer = (id: string, parcel: CustomsParcel, assessment: Assessment): LandedCostAnswer => {
  const { currency } = parcel;
  const { dutyMinor, taxMinor, feeMinor } = assessment;
  return {
    id,
    currency,
    lines: assessment.charges.map((charge) => chargeRecord(charge, parcel)),
    totals: {
      duty: formatMinor(dutyMinor, currency),
      tax: formatMinor(taxMinor, currency),
      fees: formatMinor(feeMinor, currency),
      total: formatMinor(dutyMinor + taxMinor + feeMinor, currency),
    },
    warnings: [...assessment.warnings.map(warningRecord), ...doubts(assessment)],
  };
};

const DOUBTFUL = ['single', 'memory', 'illustrative'];

/** One warning for the charges that rest on weak records. */
const doubts = ({ charges }: Assessment): LandedCostAnswer['warnings'] => {
  const weak = charges.filter((charge) => DOUBTFUL.includes(charge.confidence));
  if (weak.length === 0) return [];
  const named = [...new Set(weak.map((charge) => `${charge.rule.id} (${charge.confidence})`))];
  return [{ code: 'weak-source', text: `these charges rest on weak sources: ${named.join(', ')}` }];
};
