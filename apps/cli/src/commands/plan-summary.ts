import type { Summary } from '@crossparcel/planning';
import { COST_KINDS } from '@crossparcel/units';
import pc from 'picocolors';
import { pairsText, tableText } from '../conventions/table.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const count = (value: number): string => value.toLocaleString('en-US');

const notes = (
  heading: string,
  counts: Readonly<Record<string, number>>,
  of: Readonly<Record<string, string>>,
): string => {
  const entries = Object.entries(counts);
  if (entries.length === 0) return '';
  const lines = entries.map(([code, orders]) => `  ${count(orders)}  ${of[code] ?? code}\n`);
  return `\n${pc.bold(heading)}\n${lines.join('')}`;
};

const HOLDS: Readonly<Record<string, string>> = {
  'no-lane': 'no lane and no warehouse serves the country',
  'no-way': 'every way refuses the goods',
  cancelled: 'every line is cancelled',
  'already-shipped': 'sent already',
  'cancel-requested': 'the buyer has asked to cancel',
  'buyer-may-cancel': 'the buyer may still cancel',
};

const ASSUMPTIONS: Readonly<Record<string, string>> = {
  'zone-assumed': 'orders without a known postal code: the farthest zone was taken',
  'law-before-records':
    'orders before the first law on file: its first day was taken (--replay-to or --law-at choose another)',
  'rates-before-records': 'orders before the first prices on file: those were taken',
  'long-wait': 'orders that wait over 30 days for room on their lane: the network is too small for them',
  'time-without-offset': 'lines whose time names no offset from UTC: read as UTC',
};

/** The summary of a plan as a person reads it. */
export const summaryTable = (summary: Summary, folder: string): string => {
  const { costs, modes, lines } = summary;
  const perOrder = (text: string) => (summary.orders === 0 ? '' : (Number(text) / summary.orders).toFixed(2));
  const costRows = [...COST_KINDS, 'total' as const].map((kind) => {
    const text = (costs as Record<string, string>)[kind] ?? '';
    return [kind, text, perOrder(text)];
  });
  return [
    pairsText([
      ['orders', `${count(summary.orders)} in ${count(summary.parcels)} parcels`],
      [
        'lines',
        `${count(lines.in)} in = ${count(lines.planned)} planned + ${count(lines.cancelled)} cancelled + ${count(lines.refused)} refused + ${count(lines.shipped)} sent before`,
      ],
      [
        'filled',
        `direct ${count(modes.direct)}, local ${count(modes.local)}, split ${count(modes.split)}, held ${count(modes.held)}`,
      ],
      ['late', `${percent(summary.lateShare)} expected`],
      [
        'bound',
        `${summary.bound} ${summary.currency} if every order were alone; the plan is ${percent(summary.gap)} above it`,
      ],
      [
        'estimated',
        `${count(summary.estimates.skus)} SKUs, ${percent(summary.estimates.shareOfCost)} of the cost (estimates.csv)`,
      ],
      ...(summary.ordersPerSecond === undefined
        ? []
        : [['speed', `${count(summary.ordersPerSecond)} orders/s`] as const]),
      ...(folder === '' ? [] : [['plan', folder] as const]),
    ]),
    '\n',
    tableText(['cost', summary.currency, 'an order'], costRows),
    notes('Held', summary.holds, HOLDS),
    notes('Assumed', summary.assumptions, ASSUMPTIONS),
  ].join('');
};
