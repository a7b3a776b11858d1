import type { Consignment, CustomsParty } from '@crossparcel/trade';
import { type CurrencyCode, type ExchangeRates, type Fault, type Instant, parseMinor } from '@crossparcel/units';
import { type Cn22Limits, chooseForm } from '../customs-form.ts';
import { type CustomsForm, type Declaration, totalsOf } from '../declaration.ts';
import { readS10 } from '../numbers/s10.ts';
import type { Party } from '../party.ts';

/** Up to where a CN 22 will do, as its record has it: a value in SDR, and what an SDR is worth. */
export interface PostalFormLimit {
  readonly valueSdr: number;
  readonly sdrInUsd: string;
  readonly grossGrams: number;
}

/** The limits of a CN 22 in the currency of the goods. */
export const cn22LimitsIn = (
  { valueSdr, sdrInUsd, grossGrams }: PostalFormLimit,
  rates: Pick<ExchangeRates, 'convertMinor'>,
  currency: CurrencyCode,
): Cn22Limits => {
  const usd = valueSdr * (parseMinor(sdrInUsd, 'USD') ?? 0);
  return { valueMinor: rates.convertMinor(usd, 'USD', currency), currency, grossGrams };
};

/** A party as it stands on papers: its own lines, or address, then town, state and postal code in one line. */
export const paperParty = (party: CustomsParty): Party => {
  const { name, street, additional, city, subdivision, postcode, country, countryName } = party;
  const town = [city, subdivision, postcode].filter((part) => part !== undefined && part !== '').join(' ');
  const lines = party.lines ?? [street, additional, town].flatMap((line) => (line ? [line] : []));
  return { name, lines, country, ...(countryName !== undefined && { countryName }) };
};

const optional = <Key extends string>(key: Key, value: string | undefined): { readonly [key in Key]?: string } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [key in Key]?: string };

/** The postal customs form that is enough for a consignment, by value and gross weight. */
export const formFor = (consignment: Consignment, limits: Cn22Limits): CustomsForm => {
  const { value: totalValue } = totalsOf(goodsOf(consignment));
  return chooseForm({ totalValue, grossGrams: consignment.grossGrams }, limits);
};

const goodsOf = ({ lines, currency }: Consignment): Declaration['goods'] =>
  lines.map(({ description, quantity, netGrams, valueMinor, hs, origin }) => ({
    ...{ description, quantity, netGrams, origin, value: { minor: valueMinor, currency } },
    ...(hs !== '' && { hs }),
  }));

/** What the postal customs forms declare of a consignment; `at` stands in the properties of the PDF. */
export const postalDeclaration = (consignment: Consignment, form: CustomsForm, at: Instant): Declaration => {
  const { parties, references, registrations, postageMinor, currency, category } = consignment;
  const ioss = registrations.find(({ kind }) => kind === 'ioss')?.number;
  return {
    form,
    number: consignment.number,
    sender: {
      ...paperParty(parties.sender),
      ...optional('customsReference', ioss ?? parties.sender.eori ?? parties.sender.taxNumber),
    },
    addressee: {
      ...paperParty(parties.addressee),
      ...optional('contact', parties.addressee.phone ?? parties.addressee.email),
      ...optional('importerReference', parties.addressee.eori ?? parties.addressee.taxNumber),
    },
    category,
    ...optional('explanation', consignment.explanation),
    ...optional('comments', consignment.comments),
    goods: goodsOf(consignment),
    grossGrams: consignment.grossGrams,
    ...(postageMinor !== undefined && { postage: { minor: postageMinor, currency } }),
    postingDay: consignment.postingDay,
    ...optional('licence', references.licence),
    ...optional('certificate', references.certificate),
    ...optional('invoice', references.invoice),
    at,
  };
};

/** What is wrong with the number of a parcel that travels by mail: it must be an S10 identifier with its check digit. */
export const postalNumberFault = ({ number, parcel }: Consignment): Fault | undefined => {
  if (parcel.channel !== 'postal' || readS10(number) !== undefined) return undefined;
  const mend = 'give the S10 identifier of the post, or another channel';
  return { code: 'bad-value', what: `${number} is no S10 identifier with its check digit`, mend, field: 'number' };
};

/** Why a CN 22 will not do for a consignment; undefined when it will. */
export const cn22Fault = (consignment: Consignment, limits: Cn22Limits): Fault | undefined => {
  if (formFor(consignment, limits) === 'CN 22') return undefined;
  const mend = 'ask for cn23, or for customs-form, which chooses';
  return {
    code: 'wrong-message',
    what: 'the value or the gross weight is above the limit of CN 22',
    mend,
    field: 'grossGrams',
  };
};
