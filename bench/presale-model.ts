import type { PastLaunch, PresaleModelRecord } from '@crossparcel/demand';
import { LAUNCH_DAYS } from './presale-data.ts';

/** The record of past launches that the prior is made of. */
export const presaleModel = (launches: readonly PastLaunch[]): PresaleModelRecord => ({
  id: 'presale',
  validFrom: '2026-11-22',
  validTo: null,
  readOn: '2026-11-22',
  confidence: 'illustrative',
  source:
    'sheb1lmsp/youtube-trending-analytics (MIT; data CC0 1.0): views of 300 videos that charted in 2025 and 2026; orders are drawn from them, not seen',
  horizonDays: LAUNCH_DAYS,
  opens: -10,
  kernel: { size: 0.3, appeal: 0.3, region: 0.35, views: 0.2 },
  launches: [...launches],
});
