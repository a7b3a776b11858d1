import type { Instant } from '@crossparcel/units';
import type { CallSettings } from './caller.ts';
import type { PurchaseStore } from './purchase-store.ts';

/** What every adapter works with beside its account. */
export interface CarrierSetting {
  readonly calls: CallSettings;
  readonly store: PurchaseStore;
  /** How long a purchase may be under way before it counts as broken off; longer than the time limit of a call. */
  readonly leaseMs: number;
  now(): Instant;
}
