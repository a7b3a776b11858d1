import type { Despatch, Recipient } from '@crossparcel/api';
import type { Party } from '@crossparcel/documents';
import type { Consignment, CustomsParty } from '@crossparcel/trade';
import { dayOfInstant, type Instant, parseDay, parseMinor } from '@crossparcel/units';

/** A parcel as its despatch made it. */
interface DespatchedParcel {
  readonly despatch: Despatch;
  readonly grossGrams: number;
  readonly at: Instant;
  /** Number of the order, which stands for an invoice. */
  readonly invoice: string;
}

/** Who sends it to whom. */
interface DespatchParties {
  readonly sender: Party;
  readonly addressee: Party;
  readonly recipient: Recipient;
}

const partyOf = (party: Party, person: CustomsParty['person'], city: string): CustomsParty => ({
  ...party,
  city,
  person,
});

/** What customs is told of a despatched parcel: the data set that its declarations are made from. */
export const despatchedConsignment = (
  { despatch, grossGrams, at, invoice }: DespatchedParcel,
  { sender, addressee, recipient }: DespatchParties,
): Consignment => {
  const { currency } = despatch;
  const [leg] = despatch.legs;
  const postingDay = (leg && parseDay(leg.departs)) ?? dayOfInstant(at);
  const lines = despatch.goods.map(({ sku, description, hs, quantity, value, origin, netGrams }) => ({
    ...{ id: sku, description, hs, quantity, origin, netGrams, valueMinor: parseMinor(value, currency) ?? 0 },
    ...{ products: { merchant: sku }, furtherCodes: [], certificates: [], codes: {} },
  }));
  return {
    id: despatch.number,
    number: despatch.number,
    parcel: {
      ...{ market: addressee.country, day: postingDay, channel: 'postal', importer: 'consumer', currency },
      ...{
        postalMethod: 'ad-valorem',
        postalItems: 1,
        schemes: [],
        dutyInPrice: false,
        freightMinor: 0,
        insuranceMinor: 0,
      },
      lines: lines.map(({ id, hs, quantity, origin, valueMinor, netGrams }) => {
        return { id, hs, quantity, origin, valueMinor, massGrams: netGrams };
      }),
    },
    currency,
    despatchCountry: sender.country,
    day: postingDay,
    postingDay,
    category: 'sale-of-goods',
    parties: {
      sender: partyOf(sender, 'legal', sender.lines[0] ?? ''),
      addressee: {
        ...partyOf(addressee, 'natural', recipient.city ?? ''),
        postcode: recipient.postalCode,
        phone: recipient.phone,
      },
    },
    lines,
    grossGrams,
    packages: 1,
    references: { invoice },
    transport: {},
    registrations: [],
    codes: {},
  };
};
