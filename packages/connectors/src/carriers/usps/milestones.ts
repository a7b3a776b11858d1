import type { Milestone } from '@crossparcel/trace';

/**
 * What the event codes of USPS mean (product tracking and reporting, scan event codes). Only codes whose meaning leaves no
 * doubt stand here; others are shown as they come.
 */
const BY_CODE: Readonly<Record<string, Milestone>> = {
  GX: 'announced',
  MA: 'announced',
  '03': 'collected',
  '10': 'arrived',
  T1: 'departed',
  '07': 'at-delivery-office',
  OF: 'out-for-delivery',
  '02': 'attempt-failed',
  '14': 'at-pickup-point',
  '01': 'delivered',
  '09': 'returning',
};

/** The milestone of an event code, `other` for one that is not known. */
export const uspsMilestone = (code: string): Milestone | 'other' => BY_CODE[code] ?? 'other';
