import type { Despatch, Paper, Recipient } from '@crossparcel/api';
import { customsFormPdf, labelPdf, type ParcelNumber, type Party, packingSlipPdf } from '@crossparcel/documents';
import { cn22LimitsIn, formFor, postalDeclaration } from '@crossparcel/documents/declarations';
import { documentFonts } from '@crossparcel/files';
import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import { asTenant, type Tenant } from '../database/tenant.ts';
import { instantOfId } from '../database/uuid.ts';
import type { House } from '../house.ts';
import type { OrderContent } from '../orders/version.ts';
import type { ParcelRow } from '../parcels/store.ts';
import { findPerson } from '../people/store.ts';
import type { Atlas } from '../plans/atlas.ts';
import { despatchedConsignment } from './consignment.ts';

/** All that papers are made of. */
interface Sheet {
  readonly parcel: ParcelRow;
  readonly despatch: Despatch;
  readonly order: Pick<OrderContent, 'shop' | 'externalId' | 'destination'>;
  readonly recipient: Recipient;
  readonly at: number;
}

/** A paper of a parcel as PDF. Fails for parcels that were not despatched here, and when the recipient is unknown. */
export const paperOf = async (
  house: House,
  tenant: Tenant,
  parcel: ParcelRow,
  paper: Paper,
): Promise<Result<Uint8Array, Fault>> => {
  const { despatch } = parcel.content;
  if (!despatch?.papers.includes(paper)) return fail(noPaper(paper));
  const { order, recipient } = await asTenant(house.database, tenant, async (sql) => {
    const [row] = await sql.query<{ content: OrderContent; recipient_id: string | null }>(
      'SELECT content, recipient_id FROM orders WHERE id = $1',
      [parcel.order_id],
    );
    const id = row?.recipient_id;
    return { order: row?.content, recipient: id ? await findPerson(sql, id, house.keyring) : undefined };
  });
  if (!order || !recipient) return fail(NO_RECIPIENT);
  const sheet = { parcel, despatch, order, recipient, at: instantOfId(parcel.id) };
  return await printed[paper](sheet, house.atlas);
};

const noPaper = (paper: Paper): Fault => ({
  code: 'no-paper',
  field: 'paper',
  what: `this parcel has no ${paper}`,
  mend: 'ask for one that its despatch names',
});

const NO_RECIPIENT: Fault = {
  code: 'no-recipient',
  what: 'the recipient of this order is not known, or was erased',
  mend: 'send the order again with its recipient; one who was erased stays so',
};

const printed: Readonly<Record<Paper, (sheet: Sheet, atlas: Atlas) => Promise<Result<Uint8Array, Fault>>>> = {
  label: async ({ parcel, despatch, order, recipient, at }, atlas) =>
    labelPdf(
      {
        identifier: identifierOf(despatch),
        sender: senderOf(despatch, atlas),
        recipient: recipientOf(recipient, order, atlas),
        service: despatch.service,
        route: [despatch.facility, ...despatch.legs.map((leg) => leg.to)],
        ...(order.destination.postalPrefix !== undefined && { zone: order.destination.postalPrefix }),
        grossGrams: parcel.content.grossGrams,
        orderReference: order.externalId,
        marks: isSpecimen(despatch, atlas) ? ['SPECIMEN'] : [],
        handling: [...new Set(despatch.goods.flatMap((line) => line.handling))],
        at,
      },
      documentFonts(),
      atlas.labelBook(),
    ),

  'customs-form': async (sheet, atlas) => {
    const { parcel, despatch, order, recipient, at } = sheet;
    const consignment = despatchedConsignment(
      { despatch, grossGrams: parcel.content.grossGrams, at, invoice: order.externalId },
      { sender: senderOf(despatch, atlas), addressee: recipientOf(recipient, order, atlas), recipient },
    );
    const limits = cn22LimitsIn(atlas.postalFormLimits(), atlas.network().rates, despatch.currency);
    const form = formFor(consignment, limits);
    const made = await customsFormPdf(postalDeclaration(consignment, form, at), documentFonts());
    return made.ok ? ok(made.value.pdf) : made;
  },

  'packing-slip': ({ despatch, order, recipient, at }) =>
    packingSlipPdf(
      { shop: order.shop, orderId: order.externalId, recipientName: recipient.name, lines: despatch.goods, at },
      documentFonts(),
    ),
};

/** A number's standard is told by its form: an SSCC has digits only. */
const identifierOf = ({ number }: Despatch): ParcelNumber => ({
  scheme: /^\d+$/.test(number) ? 'sscc' : 's10',
  number,
});

/** Numbers that nobody issued are marked as such, so that no carrier is handed one. */
const isSpecimen = (despatch: Despatch, atlas: Atlas): boolean => {
  const { scheme } = identifierOf(despatch);
  return atlas.demoNumberRanges().some(({ form, specimen }) => form.kind === scheme && specimen);
};

const senderOf = ({ facility }: Despatch, atlas: Atlas): Party => {
  const place = atlas.networkRecord().facilities.find(({ id }) => id === facility);
  return {
    name: `Crossparcel ${facility}`,
    lines: [place?.city ?? facility],
    ...countryOf(place?.country ?? '', atlas),
  };
};

const recipientOf = (recipient: Recipient, { destination }: Sheet['order'], atlas: Atlas): Party => {
  const { postalCode, city } = recipient;
  const town = [city, destination.subdivision, postalCode].filter((part) => part !== undefined && part !== '');
  // A paper has room for five lines; what is beyond them shares the last.
  const lines = [...recipient.lines.slice(0, 3), recipient.lines.slice(3).join(', '), town.join(' ')];
  return { name: recipient.name, lines: lines.filter((line) => line !== ''), ...countryOf(destination.country, atlas) };
};

const countryOf = (country: string, atlas: Atlas): Pick<Party, 'country' | 'countryName'> => {
  const market = atlas.places().find(({ id, kind }) => kind === 'market' && id === country);
  return { country, ...(market && { countryName: market.name }) };
};
