import {
  type CallSettings,
  type CarrierSetting,
  MemoryPurchaseStore,
  type Shipment,
  shipmentSchema,
} from '../index.ts';

export const NOW = Date.parse('2026-11-22T08:00:00Z');
export const LEASE_MS = 60_000;

/** A clock that tests set. */
export interface Clock {
  at: number;
}

const calls: CallSettings = { timeLimitMs: 1000, tries: 2, pauseMs: 1, longestPauseMs: 1000 };

/** What an adapter works with in tests: short limits, a store that can be shared, a clock that is set. */
export const trialSetting = (clock: Clock = { at: NOW }, store = new MemoryPurchaseStore()): CarrierSetting => ({
  calls,
  store,
  leaseMs: LEASE_MS,
  now: () => clock.at,
});

/** A parcel from California to Texas. */
export const domestic: Shipment = shipmentSchema.parse({
  id: 'parcel-1',
  at: '2026-11-22T08:00:00Z',
  from: { name: 'Sender', lines: ['1 Dock St'], city: 'Ontario', subdivision: 'CA', postcode: '91761', country: 'US' },
  to: {
    name: 'Buyer',
    lines: ['9 Elm St', 'Apt 4'],
    city: 'Austin',
    subdivision: 'TX',
    postcode: '78701',
    country: 'US',
  },
  outer: { lengthMm: 158, widthMm: 158, heightMm: 107 },
  grossGrams: 460,
});

/** One from China to the United States, with what lies in it. */
export const crossBorder: Shipment = {
  ...domestic,
  from: { name: 'Sender', lines: ['88 Port Rd'], city: 'Shenzhen', postcode: '518000', country: 'CN' },
  goods: [
    {
      description: 'phone case',
      quantity: 2,
      netGrams: 120,
      value: { minor: 1990, currency: 'USD' },
      hs: '392690',
      origin: 'CN',
    },
  ],
};
