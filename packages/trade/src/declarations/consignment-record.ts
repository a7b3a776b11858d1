import { type Fault, fail, isIdentifier, ok, parseDay, parseMinor, type Result } from '@crossparcel/units';
import * as z from 'zod';
import { customsParcelOf, type LandedCostRequest, landedCostRequestSchema } from '../landed-cost/record.ts';
import type { Law } from '../law/law.ts';
import type { Consignment, ConsignmentLine } from './consignment.ts';
import type { Registration } from './registration.ts';

const words = (what: string, most = 512) =>
  z
    .string()
    .max(most)
    .refine((text) => text.trim() !== '', `is empty; give ${what}`)
    .refine((text) => !/\p{Cc}/u.test(text) && text.isWellFormed(), 'holds control characters; leave them out');
const country = z.string().regex(/^[A-Z]{2}$/, 'is not a country code; write two capital letters');
const day = z.string().refine((text) => parseDay(text) !== undefined, 'is not a date; write YYYY-MM-DD');
const airport = z.string().regex(/^[A-Z]{3}$/, 'is not an IATA code of an airport; write three capital letters');
const moment = z.iso.datetime({ offset: true, error: 'is not an instant; write RFC 3339 with offset' });

const partySchema = z.strictObject({
  name: words('the name'),
  street: words('street and house number').optional(),
  additional: words('the rest of the address').optional(),
  lines: z.array(words('the line', 140)).min(1).max(5).optional(),
  city: words('the town'),
  postcode: words('the postal code', 17).optional(),
  subdivision: words('the state or province', 35).optional(),
  country,
  countryName: words('the name of the country').optional(),
  phone: z
    .string()
    .regex(/^\+?[\d ()./-]{5,50}$/, 'is not a telephone number; write it with its country code')
    .optional(),
  email: z.email('is not an e-mail address; write name@domain').optional(),
  eori: z
    .string()
    .regex(/^[A-Z]{2}[0-9A-Z]{1,15}$/, 'is not an EORI number; write the country code and up to 15 letters or digits')
    .optional(),
  taxNumber: words('the tax number', 35).optional(),
  person: z.enum(['natural', 'legal']).optional(),
  account: words('the account', 35).optional(),
});

/** Schema of a registration with its days. */
export const registrationSchema = z.strictObject({
  kind: words('the kind of registration', 64),
  number: words('the number', 64),
  holder: words('who holds it').optional(),
  territory: z.string().optional(),
  validFrom: day,
  validTo: day.nullable(),
  lines: z.array(z.string()).optional(),
});

const productsSchema = z.strictObject({
  merchant: words("the seller's code", 64).optional(),
  manufacturer: words("the manufacturer's code", 64).optional(),
  standard: words('the standard code', 64).optional(),
});

const codesSchema = z.record(z.string(), words('the code', 250));

const lineSchema = landedCostRequestSchema.shape.lines.element.extend({
  description: words('what the goods are'),
  massGrams: z.int().nonnegative(),
  products: productsSchema.optional(),
  furtherCodes: z.array(z.string().regex(/^\d{4,10}$/, 'is not a tariff number; write 4 to 10 digits')).optional(),
  codes: codesSchema.optional(),
  certificates: z
    .array(z.strictObject({ kind: words('the kind of certificate', 64), number: words('its number', 64) }))
    .optional(),
});

const reference = words('the reference', 70).optional();
const referencesSchema = z.strictObject({
  order: reference,
  invoice: reference,
  localReference: reference,
  uniqueReference: reference,
  previousDocument: reference,
  houseWaybill: reference,
  masterWaybill: z
    .string()
    .refine(
      (text) => isMasterWaybill(text),
      'is no master air waybill; write 000-00000000, the last digit that of the seven before modulo 7',
    )
    .optional(),
  entryNumber: z
    .string()
    .regex(/^[0-9A-Z]{3}-?\d{7}-?\d$/, 'is not an entry number; write filer code, seven digits and check digit')
    .optional(),
  filerCode: z
    .string()
    .regex(/^[0-9A-Z]{3}$/, 'is not a filer code; write three letters or digits')
    .optional(),
  licence: reference,
  certificate: reference,
  payment: reference,
  stockOrder: reference,
});

const transportSchema = z.strictObject({
  flight: z
    .string()
    .regex(/^[0-9A-Z]{2,3}\d{1,4}[A-Z]?$/, 'is not a flight number; write carrier and number, such as CZ303')
    .optional(),
  carrier: z
    .string()
    .regex(/^[0-9A-Z]{2,4}$/, 'is not a carrier code; write two to four letters or digits')
    .optional(),
  carrierName: words('the carrier').optional(),
  departureAirport: airport.optional(),
  arrivalAirport: airport.optional(),
  departsAt: moment.optional(),
  arrivesAt: moment.optional(),
  routing: z.array(country).max(99).optional(),
  portOfEntry: z
    .string()
    .regex(/^[0-9A-Z]{3,8}$/, 'is not a port or office code; write 3 to 8 letters or digits')
    .optional(),
  portOfExit: z
    .string()
    .regex(/^[0-9A-Z]{3,8}$/, 'is not a port or office code; write 3 to 8 letters or digits')
    .optional(),
  receptacles: z
    .array(z.string().regex(/^[0-9A-Z]{29}$/, 'is no receptacle number; write 29 letters and digits'))
    .max(999)
    .optional(),
  packingCity: words('the town').optional(),
  packingCountry: country.optional(),
});

/** Whether a text is the number of a master air waybill: prefix of three digits, seven digits, and those modulo seven. */
const isMasterWaybill = (text: string): boolean => {
  const match = /^\d{3}-(\d{7})(\d)$/.exec(text);
  return match !== null && Number(match[1]) % 7 === Number(match[2]);
};

/**
 * Schema of a consignment: a `landed-cost` request with the parties, numbers and papers that declarations need. `at` is
 * the day of import, whose law counts; `massGrams` of a line is its net mass.
 */
export const consignmentSchema = landedCostRequestSchema.extend({
  id: z.string().refine(isIdentifier, 'is not an identifier; write 1 to 128 characters'),
  number: z.string().min(1).max(70),
  postedOn: day.optional(),
  category: z.enum(['sale-of-goods', 'gift', 'documents', 'sample', 'returned-goods', 'other']),
  explanation: words('what it is').optional(),
  comments: words('the comment').optional(),
  parties: z.strictObject({
    sender: partySchema,
    addressee: partySchema,
    importer: partySchema.optional(),
    declarant: partySchema.optional(),
    representative: partySchema.optional(),
    platform: partySchema.optional(),
    carrier: partySchema.optional(),
    forwarder: partySchema.optional(),
    agent: partySchema.optional(),
  }),
  lines: z.array(lineSchema).min(1).max(9999, 'holds more than 9999 lines; send several parcels'),
  grossGrams: z.int().positive().max(1_000_000_000),
  packages: z.int().positive().max(99_999_999).optional(),
  postage: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,4})?$/, 'is not an amount; write a decimal text such as "12.90"')
    .optional(),
  incoterm: z
    .string()
    .regex(/^[A-Z]{3}$/, 'is not an Incoterm; write three capital letters')
    .optional(),
  incotermPlace: words('the place').optional(),
  references: referencesSchema.optional(),
  transport: transportSchema.optional(),
  registrations: z.array(registrationSchema).optional(),
  codes: codesSchema.optional(),
});
export type ConsignmentRequest = z.infer<typeof consignmentSchema>;

const LANDED_COST_LINE = [
  'id',
  'hs',
  'description',
  'quantity',
  'value',
  'countryOfOrigin',
  'massGrams',
  'attributes',
] as const;
const pick = <Value extends object, Key extends keyof Value>(value: Value, keys: readonly Key[]): Pick<Value, Key> =>
  Object.fromEntries(keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]])) as Pick<
    Value,
    Key
  >;

/** The `landed-cost` request of the same parcel: what is declared is what was charged for, for both read this. */
export const landedCostRequestOf = (request: ConsignmentRequest): LandedCostRequest => ({
  ...pick(request, Object.keys(landedCostRequestSchema.shape) as (keyof LandedCostRequest)[]),
  lines: request.lines.map((line) => pick(line, LANDED_COST_LINE)),
});

const repeatedId = (lines: readonly ConsignmentLine[]): Fault | undefined => {
  const seen = new Set<string>();
  for (const [index, { id }] of lines.entries()) {
    if (seen.has(id)) {
      const what = `two lines have the id ${id}`;
      return { code: 'repeated-line', what, mend: 'give each line its own', field: `lines[${index}].id` };
    }
    seen.add(id);
  }
  return undefined;
};

const netAboveGross = (netGrams: number, grossGrams: number): Fault => ({
  code: 'net-above-gross',
  what: `the goods weigh ${netGrams} g net, the parcel ${grossGrams} g gross`,
  mend: 'give the gross weight with goods and packing',
  field: 'grossGrams',
});

const badPostage = (text: string, currency: string): Fault => ({
  code: 'bad-amount',
  what: `${text} is not an amount in ${currency}`,
  mend: `give at most the decimals that ${currency} has`,
  field: 'postage',
});

const unexplained: Fault = {
  code: 'bad-record',
  what: 'is missing for the category other',
  mend: 'say what the goods travel for',
  field: 'explanation',
};

const linesOf = (request: ConsignmentRequest, parcel: Consignment['parcel']): ConsignmentLine[] =>
  parcel.lines.map(({ id, hs, quantity, valueMinor, origin }, index) => {
    const given = request.lines[index] as ConsignmentRequest['lines'][number];
    const { description, massGrams, products, furtherCodes, certificates, codes } = given;
    return {
      ...{ id, hs, quantity, valueMinor, origin, description, netGrams: massGrams },
      ...{
        products: products ?? {},
        furtherCodes: furtherCodes ?? [],
        certificates: certificates ?? [],
        codes: codes ?? {},
      },
    };
  });

const partiesOf = (parties: ConsignmentRequest['parties']): Consignment['parties'] => {
  type Given = NonNullable<ConsignmentRequest['parties']['sender']>;
  const filled = (party: Given) => ({
    ...party,
    person: party.person ?? (party.eori === undefined ? ('natural' as const) : ('legal' as const)),
  });
  const entries = Object.entries(parties).flatMap(([role, party]) => (party ? [[role, filled(party)]] : []));
  return Object.fromEntries(entries) as Consignment['parties'];
};

/**
 * A request as the data set that declarations are made from; `further` are registrations that are known beside it. Faults
 * name the field.
 */
export const consignmentOf = (
  law: Law,
  request: ConsignmentRequest,
  further: readonly Registration[] = [],
): Result<Consignment, Fault> => {
  const parcel = customsParcelOf(law, landedCostRequestOf(request));
  if (!parcel.ok) return parcel;
  const { currency, grossGrams, category, explanation, postage } = request;
  const lines = linesOf(request, parcel.value);
  const netGrams = lines.reduce((sum, line) => sum + line.netGrams, 0);
  if (netGrams > grossGrams) return fail(netAboveGross(netGrams, grossGrams));
  const repeated = repeatedId(lines);
  if (repeated) return fail(repeated);
  if (category === 'other' && explanation === undefined) return fail(unexplained);
  const postageMinor = postage === undefined ? undefined : parseMinor(postage, currency);
  if (postage !== undefined && postageMinor === undefined) return fail(badPostage(postage, currency));
  return ok({
    id: request.id,
    number: request.number,
    parcel: parcel.value,
    currency,
    despatchCountry: request.origin,
    day: parcel.value.day,
    postingDay: parseDay(request.postedOn ?? '') ?? parcel.value.day,
    category,
    explanation,
    comments: request.comments,
    parties: partiesOf(request.parties),
    lines,
    grossGrams,
    packages: request.packages ?? 1,
    postageMinor,
    incoterm: request.incoterm,
    incotermPlace: request.incotermPlace,
    references: request.references ?? {},
    transport: request.transport ?? {},
    registrations: [...(request.registrations ?? []), ...further],
    codes: request.codes ?? {},
  });
};
