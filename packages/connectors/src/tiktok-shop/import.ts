import {
  allocateMinor,
  type Fault,
  fail,
  faultOfIssues,
  type Hold,
  type Order,
  ok,
  type Result,
} from '@crossparcel/units';
import type { IncomingOrder, ShownRecipient } from '../incoming-order.ts';
import { salePrice, type TikTokLineItem, type TikTokOrder, tikTokOrderSchema } from './order.ts';

/** How an order is to be read. */
export interface ImportOptions {
  /**
   * Reads an order as if it had just been paid, whatever has become of it since: for replaying history under another
   * law or network. What was cancelled stays cancelled.
   */
  readonly asNew: boolean;
}

/** An order of the shop, and how many of its lines have already been sent. */
export interface ImportedOrder extends IncomingOrder {
  readonly linesShipped: number;
}

const CANCELLED = /^CANCEL/;
/** States in which goods are with a carrier or beyond. `AWAITING_COLLECTION` means labelled and waiting for one. */
const SHIPPED = /^(AWAITING_COLLECTION|IN_TRANSIT|DELIVERED|COMPLETED)$/;
const READY = /^(AWAITING_SHIPMENT|PARTIALLY_SHIPPING|TO_SHIP)$/;

const hold = (code: string, why: string, mend: string): Hold => ({ code, why, mend });

/** Why the shop's order must not be shipped now. */
const holdsOf = (order: TikTokOrder, { asNew }: ImportOptions): Hold[] => {
  if (asNew) return [];
  const holds: Hold[] = [];
  const { status, fulfillment_type: filledBy } = order;
  if (filledBy !== undefined && filledBy !== 'FULFILLMENT_BY_SELLER') {
    holds.push(hold('filled-by-platform', `the platform fills it (${filledBy})`, 'nothing to do'));
  }
  if (order.is_buyer_request_cancel) {
    holds.push(hold('cancel-requested', 'the buyer has asked to cancel', 'answer the request in the shop'));
  }
  if (status === 'UNPAID') holds.push(hold('unpaid', 'it is not paid', 'wait for the payment'));
  else if (status === 'ON_HOLD') {
    holds.push(hold('buyer-may-cancel', 'the buyer may still cancel freely', 'wait for the hour after payment'));
  } else if (!READY.test(status) && !SHIPPED.test(status) && !CANCELLED.test(status)) {
    holds.push(
      hold('unknown-status', `the shop calls it ${status}, which is not known here`, 'look at it in the shop'),
    );
  }
  return holds;
};

interface Unit {
  readonly sku: string;
  readonly minor: number;
  readonly currency: string;
  readonly description: string;
  readonly state: 'live' | 'cancelled' | 'shipped';
}

const descriptionOf = (item: TikTokLineItem): string =>
  [item.product_name, item.sku_name].filter((part) => part !== undefined && part !== '').join(', ');

/** The physical units behind a line item: one, or the parts of a virtual bundle, which share its price evenly. */
const unitsOf = (item: TikTokLineItem, minor: number, state: Unit['state']): Unit[] => {
  const unit = (seller: string | undefined, id: string, price: number, description: string): Unit => ({
    sku: seller || id,
    minor: price,
    currency: item.currency,
    description,
    state,
  });
  const parts = (item.combined_listing_skus ?? []).flatMap((part) =>
    Array.from({ length: part.sku_count }, () => part),
  );
  if (parts.length === 0) return [unit(item.seller_sku, item.sku_id, minor, descriptionOf(item))];
  const prices = allocateMinor(
    minor,
    parts.map(() => 1),
  );
  return parts.map((part, index) =>
    unit(part.seller_sku, part.sku_id, prices[index] ?? 0, `part of ${descriptionOf(item)}`),
  );
};

const stateOf = (order: TikTokOrder, item: TikTokLineItem, { asNew }: ImportOptions): Unit['state'] => {
  if (CANCELLED.test(order.status) || CANCELLED.test(item.display_status ?? '')) return 'cancelled';
  if (asNew) return 'live';
  return SHIPPED.test(item.display_status ?? order.status) ? 'shipped' : 'live';
};

/**
 * Reads an order of TikTok Shop. There is no quantity in the shop's lines: every unit is a line item of its own, and
 * equal ones (SKU, price, state) are counted together here; virtual bundles are taken apart into what is packed.
 */
export const importOrder = (raw: unknown, options: ImportOptions): Result<ImportedOrder, Fault> => {
  const parsed = tikTokOrderSchema.safeParse(raw);
  if (!parsed.success) return fail(faultOfIssues(parsed.error.issues));
  const source = parsed.data;
  const lines = new Map<string, { unit: Unit; quantity: number }>();
  for (const [index, item] of source.line_items.entries()) {
    const minor = salePrice(item);
    if (minor === undefined) {
      const what = `${item.sale_price} has more decimals than ${item.currency} has`;
      return fail({
        code: 'bad-amount',
        field: `line_items[${index}].sale_price`,
        what,
        mend: 'fetch the order again',
      });
    }
    for (const unit of unitsOf(item, minor, stateOf(source, item, options))) {
      const key = `${unit.sku}|${unit.minor}|${unit.currency}|${unit.state}`;
      const known = lines.get(key);
      if (known) known.quantity += 1;
      else lines.set(key, { unit, quantity: 1 });
    }
  }
  const all = [...lines.values()];
  const live = all.filter(({ unit }) => unit.state !== 'shipped');
  if (live.some(({ unit }) => unit.state === 'live') || live.length === all.length) {
    const order = orderOf(source, live, holdsOf(source, options));
    return ok({ order, linesShipped: all.length - live.length, ...besides(source) });
  }
  const gone = hold(
    'already-shipped',
    `the shop calls it ${source.status}`,
    'nothing to do; --replay-to plans it as if it were new',
  );
  return ok({ order: orderOf(source, all, [gone]), linesShipped: 0, ...besides(source) });
};

const besides = (source: TikTokOrder): Pick<ImportedOrder, 'updatedAt' | 'recipient'> => {
  const recipient = recipientOf(source.recipient_address);
  return {
    ...(source.update_time === undefined ? {} : { updatedAt: source.update_time * 1000 }),
    ...(recipient === undefined ? {} : { recipient }),
  };
};

const recipientOf = (address: TikTokOrder['recipient_address']): ShownRecipient | undefined => {
  const { name = '', phone_number: phone = '', postal_code: postalCode = '' } = address;
  const { address_line1: one, address_line2: two, address_line3: three, address_line4: four } = address;
  const lines = [one, two, three, four].filter((line) => line !== undefined && line !== '');
  if (name === '' || lines.length === 0) return undefined;
  const city = address.district_info?.find(({ address_level_name: level }) => level === 'City')?.address_name ?? '';
  return {
    name,
    lines: lines as string[],
    ...(city === '' ? {} : { city }),
    ...(postalCode === '' ? {} : { postalCode }),
    ...(phone === '' ? {} : { phone }),
  };
};

const orderOf = (
  source: TikTokOrder,
  lines: readonly { unit: Unit; quantity: number }[],
  holds: readonly Hold[],
): Order => {
  const { region_code: country, postal_code: postal = '' } = source.recipient_address;
  // Platforms mask postal codes as in `78***`: what stands before the first star is known.
  const postalPrefix = /^[^*]*/.exec(postal)?.[0].trim() ?? '';
  return {
    id: source.id,
    shop: 'tiktok-shop',
    buyerId: source.user_id ?? '',
    placedAt: source.create_time * 1000,
    destination: { country, ...(postalPrefix === '' ? {} : { postalPrefix }) },
    lines: lines.map(({ unit, quantity }) => ({
      sku: unit.sku,
      quantity,
      unitPrice: { minor: unit.minor, currency: unit.currency },
      cancelled: unit.state === 'cancelled',
      description: unit.description,
    })),
    holds,
  };
};
