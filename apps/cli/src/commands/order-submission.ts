import type { OrderSubmission } from '@crossparcel/api';
import type { IncomingOrder } from '@crossparcel/connectors';
import { type Fault, fail, formatInstant, formatMinor, ok, type Result } from '@crossparcel/units';

/** An order as the intake takes it. `shop` stands in where the file names none. Fault: lines in several currencies. */
export const submissionOf = (
  { order, updatedAt, recipient }: IncomingOrder,
  shop: string,
): Result<OrderSubmission, Fault> => {
  const [currency = '', ...others] = new Set(order.lines.map(({ unitPrice }) => unitPrice.currency));
  if (others.length > 0) {
    return fail({
      code: 'mixed-currencies',
      field: 'currency',
      what: `order ${order.id} has lines in ${currency} and ${others.join(', ')}`,
      mend: 'give an order one currency',
    });
  }
  return ok({
    shop: order.shop === '' ? shop : order.shop,
    externalId: order.id,
    placedAt: formatInstant(order.placedAt),
    ...(updatedAt === undefined ? {} : { updatedAt: formatInstant(updatedAt) }),
    status: order.lines.every(({ cancelled }) => cancelled) ? 'cancelled' : 'open',
    holds: [...order.holds],
    destination: order.destination,
    currency,
    lines: order.lines.map(({ sku, quantity, unitPrice, cancelled, description }) => ({
      sku,
      quantity,
      unitPrice: formatMinor(unitPrice.minor, currency),
      cancelled,
      ...(description === undefined ? {} : { description }),
    })),
    ...(order.buyerId === '' ? {} : { buyerId: order.buyerId }),
    ...(recipient === undefined ? {} : { recipient: { ...recipient, lines: [...recipient.lines] } }),
  });
};
