import {
  type Fault,
  fail,
  faultOfIssues,
  minorDigits,
  type Order,
  type OrderLine,
  ok,
  parseMinor,
  type Result,
  readInstant,
} from '@crossparcel/units';
import type { GatheredOrder } from '../incoming-order.ts';
import { type OrderLineRow, orderLineSchema } from './line.ts';

interface OpenOrder {
  readonly first: OrderLineRow;
  readonly placedAt: number;
  readonly lines: OrderLine[];
}

interface RefusedOrder {
  readonly fault: Fault;
  lines: number;
}

/**
 * Gathers the rows of an order file into orders. An order's rows share its id; they need not stand together. A row with
 * a negative quantity takes units back: it is counted as cancelled, like one that says so. A row that cannot be read
 * refuses its whole order: half an order is never planned.
 */
export class OrderGatherer {
  readonly #orders = new Map<string, OpenOrder | RefusedOrder>();
  /** Rows whose time named no offset and was read as UTC. */
  withoutOffset = 0;

  /** Takes a row; a fault names the column. */
  add(row: unknown): Result<undefined, Fault> {
    const parsed = orderLineSchema.safeParse(row);
    if (parsed.success) return this.#take(parsed.data);
    const id = (row as { orderId?: unknown } | null)?.orderId;
    return this.#refuse(typeof id === 'string' ? id : '', faultOfIssues(parsed.error.issues));
  }

  /** The orders in the order in which their first rows came. */
  orders(): GatheredOrder[] {
    return Array.from(this.#orders, ([id, gathered]) =>
      'fault' in gathered ? { id, ...gathered } : { id, order: orderOf(id, gathered) },
    );
  }

  #take(row: OrderLineRow): Result<undefined, Fault> {
    const known = this.#orders.get(row.orderId);
    if (known && 'fault' in known) {
      known.lines += 1;
      return ok(undefined);
    }
    const line = lineOf(row);
    if (!line.ok) return this.#refuse(row.orderId, line.error);
    const read = readInstant(row.placedAt);
    if (read?.hasOffset === false) this.withoutOffset += 1;
    if (!known) {
      this.#orders.set(row.orderId, { first: row, placedAt: read?.instant ?? 0, lines: [line.value] });
      return ok(undefined);
    }
    if (known.first.country !== row.country) {
      const what = `order ${row.orderId} goes to ${known.first.country} in an earlier row and to ${row.country} here`;
      return this.#refuse(row.orderId, {
        code: 'conflicting-rows',
        field: 'country',
        what,
        mend: 'give one order one destination',
      });
    }
    known.lines.push(line.value);
    return ok(undefined);
  }

  #refuse(id: string, fault: Fault): Result<undefined, Fault> {
    const known = this.#orders.get(id);
    if (known && 'fault' in known) known.lines += 1;
    else this.#orders.set(id, { fault, lines: (known?.lines.length ?? 0) + 1 });
    return fail(fault);
  }
}

const lineOf = (row: OrderLineRow): Result<OrderLine, Fault> => {
  const minor = parseMinor(row.unitPrice, row.currency);
  if (minor === undefined) {
    const what = `${row.unitPrice} has more decimals than ${row.currency} has, or is too large`;
    const mend = `give at most ${minorDigits(row.currency)} decimals`;
    return fail({ code: 'bad-amount', field: 'unitPrice', what, mend });
  }
  const quantity = Number(row.quantity);
  return ok({
    sku: row.sku,
    quantity: Math.abs(quantity),
    unitPrice: { minor, currency: row.currency },
    cancelled: quantity < 0 || row.cancelled === '1' || row.cancelled === 'true',
  });
};

const orderOf = (id: string, { first, placedAt, lines }: OpenOrder): Order => ({
  id,
  shop: first.shop ?? '',
  buyerId: first.buyerId ?? '',
  placedAt,
  destination: { country: first.country, ...(first.postcode3 ? { postalPrefix: first.postcode3 } : {}) },
  lines,
  holds: [],
});
