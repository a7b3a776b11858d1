import { formatDay, formatMinor, readInstant } from '@crossparcel/units';
import type { Assessment, Charge } from '../landed-cost/parcel.ts';
import type { Consignment, ConsignmentLine, CustomsParty } from './consignment.ts';
import type { Facts } from './facts.ts';
import { countsIn } from './registrations.ts';

/** What the facts of a consignment need beside itself. */
export interface ViewSources {
  /** What the landed cost came to, for messages that declare duty. */
  readonly assessment?: Assessment | undefined;
  /** The customs territory of the market, as the rule books call it. */
  readonly territory?: string | undefined;
}

/** Grams as kilograms with three decimals, exact: 240 is `0.240`. */
export const kilograms = (grams: number): string => {
  const digits = String(grams).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
};

const partyFacts = (party: CustomsParty): Facts => ({
  ...party,
  address: [party.street, party.additional].filter((part) => part !== undefined).join(', '),
  /** A telephone number, or else an e-mail address. */
  contact: party.phone ?? party.email,
});

const chargeFacts = (charge: Charge, currency: string): Facts => ({
  rule: charge.rule.id,
  name: charge.name,
  kind: charge.rule.kind,
  rate: charge.rate,
  base: formatMinor(charge.baseMinor, currency),
  amount: formatMinor(charge.amountMinor, currency),
});

const lineFacts = (
  line: ConsignmentLine,
  index: number,
  consignment: Consignment,
  charges: readonly Charge[] | undefined,
): Facts => {
  const { currency } = consignment;
  const own = (charges ?? []).filter((charge) => charge.line === index);
  const duties = own.filter((charge) => charge.rule.kind === 'duty');
  return {
    id: line.id,
    lineNumber: String(index + 1),
    description: line.description,
    hs: line.hs,
    hs6: line.hs.length >= 6 ? line.hs.slice(0, 6) : undefined,
    hs7to8: line.hs.length >= 8 ? line.hs.slice(6, 8) : undefined,
    hs8: line.hs.length >= 8 ? line.hs.slice(0, 8) : undefined,
    hs10: line.hs.length >= 10 ? line.hs.slice(0, 10) : undefined,
    quantity: String(line.quantity),
    value: formatMinor(line.valueMinor, currency),
    currency,
    origin: line.origin,
    netKilograms: kilograms(line.netGrams),
    netGrams: String(line.netGrams),
    products: { ...line.products },
    codes: line.codes,
    furtherCodes: line.furtherCodes.map((code) => ({ code })),
    certificates: line.certificates.map((one) => ({ ...one })),
    charges: own.map((charge) => chargeFacts(charge, currency)),
    attributes: trueNames(consignment.parcel.lines[index]?.attributes),
    duty: charges && formatMinor(sum(duties), currency),
    dutyRates: duties.map((charge) => charge.rate).join(' + '),
  };
};

const sum = (charges: readonly Charge[]): number => charges.reduce((total, { amountMinor }) => total + amountMinor, 0);

const totalsOf = (consignment: Consignment, assessment: Assessment | undefined): Facts => {
  const { lines, currency, parcel, postageMinor } = consignment;
  const money = (minor: number) => formatMinor(minor, currency);
  const value = lines.reduce((total, line) => total + line.valueMinor, 0);
  return {
    value: money(value),
    invoice: money(value + parcel.freightMinor + parcel.insuranceMinor),
    netKilograms: kilograms(lines.reduce((total, line) => total + line.netGrams, 0)),
    quantity: String(lines.reduce((total, line) => total + line.quantity, 0)),
    lines: String(lines.length),
    freight: money(parcel.freightMinor),
    insurance: money(parcel.insuranceMinor),
    carriage: money(parcel.freightMinor + parcel.insuranceMinor),
    postage: postageMinor === undefined ? undefined : money(postageMinor),
    ...(assessment && {
      duty: money(assessment.dutyMinor),
      tax: money(assessment.taxMinor),
      fees: money(assessment.feeMinor),
      due: money(assessment.dutyMinor + assessment.taxMinor + assessment.feeMinor),
    }),
  };
};

const dayOf = (instant: string | undefined): string | undefined =>
  instant === undefined || readInstant(instant) === undefined ? undefined : instant.slice(0, 10);

/** The numbers of registrations that count there on the day, by their kind; where there are several, the first. */
const numbersByKind = ({ registrations, day }: Consignment, territory: string | undefined): Facts => {
  const on = formatDay(day);
  const inForce = registrations.filter(
    (one) => one.validFrom <= on && (one.validTo === null || on <= one.validTo) && countsIn(one, territory),
  );
  return Object.fromEntries(inForce.toReversed().map(({ kind, number }) => [kind, number]));
};

/**
 * A consignment as the facts that messages read: every amount, mass and sum as the text that is declared. Nothing is
 * computed twice, so that two messages about one parcel cannot differ.
 */
export const viewOf = (consignment: Consignment, { assessment, territory }: ViewSources = {}): Facts => {
  const { parcel, parties, transport, currency, lines } = consignment;
  const onParcel = (assessment?.charges ?? []).filter((charge) => charge.line === undefined);
  return {
    id: consignment.id,
    number: consignment.number.replaceAll(/[\s-]/g, '').toUpperCase(),
    day: formatDay(consignment.day),
    postingDay: formatDay(consignment.postingDay),
    market: parcel.market,
    territory,
    channel: parcel.channel,
    entry: parcel.entry,
    buyer: parcel.importer,
    schemes: parcel.schemes,
    despatchCountry: consignment.despatchCountry,
    category: consignment.category,
    explanation: consignment.explanation,
    comments: consignment.comments,
    currency,
    grossKilograms: kilograms(consignment.grossGrams),
    grossGrams: String(consignment.grossGrams),
    packages: String(consignment.packages),
    incoterm: consignment.incoterm,
    incotermPlace: consignment.incotermPlace,
    parties: Object.fromEntries(Object.entries(parties).map(([role, party]) => [role, party && partyFacts(party)])),
    references: { localReference: consignment.id, ...given(consignment.references) },
    codes: consignment.codes,
    transport: {
      ...transport,
      departsOn: dayOf(transport.departsAt),
      arrivesOn: dayOf(transport.arrivesAt),
      routing: (transport.routing ?? []).map((country) => ({ country })),
      receptacles: (transport.receptacles ?? []).map((number) => ({ number })),
    },
    registrations: numbersByKind(consignment, territory),
    totals: totalsOf(consignment, assessment),
    charges: onParcel.map((charge) => chargeFacts(charge, currency)),
    attributes: [...new Set(parcel.lines.flatMap((line) => trueNames(line.attributes)))],
    lines: lines.map((line, index) => lineFacts(line, index, consignment, assessment?.charges)),
  };
};

const given = (references: Consignment['references']): Facts =>
  Object.fromEntries(Object.entries(references).filter(([, value]) => value !== undefined));

const trueNames = (attributes: Readonly<Record<string, boolean>> | undefined): string[] =>
  Object.entries(attributes ?? {}).flatMap(([name, holds]) => (holds ? [name] : []));
