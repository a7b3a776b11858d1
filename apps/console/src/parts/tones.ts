import type { CONCERNS, OrderState, PLAN_STATES } from '@crossparcel/api';
import type { ParcelState } from '@crossparcel/trace';
import type { Tone } from '../style/theme.ts';

export const ORDER_TONES: Readonly<Record<OrderState, Tone>> = {
  held: 'warn',
  ready: 'neutral',
  despatched: 'info',
  delivered: 'good',
  returned: 'bad',
  cancelled: 'neutral',
};

export const PARCEL_TONES: Readonly<Record<ParcelState, Tone>> = {
  announced: 'neutral',
  moving: 'info',
  'in-customs': 'info',
  held: 'warn',
  'out-for-delivery': 'info',
  'at-pickup-point': 'info',
  delivered: 'good',
  returning: 'warn',
  returned: 'bad',
  lost: 'bad',
};

export const PLAN_TONES: Readonly<Record<(typeof PLAN_STATES)[number], Tone>> = {
  running: 'info',
  done: 'good',
  failed: 'bad',
};

export const CONCERN_TONES: Readonly<Record<(typeof CONCERNS)[number], Tone>> = {
  spike: 'info',
  'orders-held': 'warn',
  'customs-held': 'warn',
  'parcels-late': 'bad',
  'parcels-silent': 'warn',
  'parcels-lost': 'bad',
  'orders-unplanned': 'neutral',
  'jobs-dead': 'bad',
};
