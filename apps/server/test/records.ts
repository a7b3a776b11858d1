import type { OrderSubmission } from '@crossparcel/api';
import { type EpcisEvent, eventOf, type Milestone } from '@crossparcel/trace';

/** An order that is valid, with whatever is to be different. */
export const anOrder = (more: Partial<OrderSubmission> = {}): OrderSubmission => ({
  shop: 'shop-1',
  externalId: 'order-1',
  placedAt: '2026-11-01T08:00:00Z',
  status: 'open',
  holds: [],
  destination: { country: 'US', postalPrefix: '787' },
  currency: 'USD',
  lines: [{ sku: 'LASH-KIT', quantity: 2, unitPrice: '12.90', cancelled: false }],
  buyerId: 'buyer-1',
  recipient: { name: 'Ada Example', lines: ['1 Sample Street'], city: 'Austin', postalCode: '78701' },
  ...more,
});

/** An event of a parcel at an hour. */
export const anEvent = (milestone: Milestone, hour: number, parcels: readonly string[]): EpcisEvent =>
  eventOf({
    milestone,
    eventTime: new Date(Date.parse('2026-11-10T00:00:00Z') + hour * 3_600_000).toISOString(),
    eventTimeZoneOffset: '+00:00',
    parcels,
    readPoint: 'urn:example:hub',
    ...(milestone.endsWith('bagged') ? { parent: 'urn:example:bag' } : {}),
  });
