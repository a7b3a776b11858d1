import { everywhereOf, learnRateLine, type RateLine, rateRows } from '@crossparcel/demand';
import type { WeeklyDemand } from './placement-data.ts';

const GAPS = [1, 2, 3, 5, 7, 10];
const ORIGINS = 12;
/** What was chosen by how seasons went in which it was tried; docs/methods/placement.md has the figures. */
export const SETTINGS = { dispersion: 0.3, givenUp: 0.45, growth: 1.1, span: 6, priorRows: 500 };

/** What the weeks before one say about rates some weeks ahead. */
export const learnLines = (demand: readonly WeeklyDemand[], until: number): RateLine[] => {
  const histories = demand.map(({ weeks }) => weeks.slice(0, until));
  const everywhere = everywhereOf(
    demand.map(({ sku }) => sku),
    histories,
  );
  const known = histories.map((values, at) => ({ values, everywhere: everywhere[at] as readonly number[] }));
  const { span } = SETTINGS;
  return GAPS.map((gap) => learnRateLine(rateRows(known, { gap, span, scale: 1, origins: ORIGINS }), gap));
};
