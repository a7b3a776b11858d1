import type { OrderSubmission } from '@crossparcel/api';
import type { Message } from '../outbox/outbox.ts';
import type { OrderVersion, Settled, Standing } from './version.ts';

/** The versions of one order that came together, and what is known of the order. */
export interface Arrival {
  readonly id: string;
  readonly versions: readonly OrderVersion[];
  readonly before: Standing | undefined;
  readonly settled: Settled<OrderVersion>;
  /** The person for whom it is; one who is known stays when the version that stands names none. */
  readonly recipientId: string | undefined;
}

/** Versions that came, by the order that they are of. */
export type VersionsByOrder = ReadonlyMap<string, readonly OrderVersion[]>;

/** Names an order among those of its seller. */
export const keyOf = ({ shop, externalId }: Pick<OrderSubmission, 'shop' | 'externalId'>): string =>
  JSON.stringify([shop, externalId]);

/** What subscribers are told of an order of which another version stands now. */
export const messageOf = ({ id, before, versions: [version] }: Arrival): Message => ({
  topic: before === undefined ? 'order.accepted' : 'order.updated',
  subject: id,
  payload: { orderId: id, shop: version?.shop, externalId: version?.externalId },
});
