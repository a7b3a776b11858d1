import { dayOfCivil, formatDay, parseDay } from '@crossparcel/units';

/** How the periods of a file are spaced: whole months (with the day on which each is dated, if any), or steps of days. */
export type Grid =
  | { readonly kind: 'months'; readonly dayOfMonth?: number }
  | { readonly kind: 'days'; readonly step: number };

/** A period as it was written: a day, or a month without a day. */
export interface Period {
  readonly day: number;
  readonly isMonth: boolean;
}

const MONTHS_PER_YEAR = 12;
const DAYS_PER_YEAR = 365.25;
const SHORTEST_MONTH = 28;
const EPOCH_YEAR = 1970;

/** Reads `YYYY-MM-DD` or `YYYY-MM`; undefined for anything else and for days that do not exist. */
export const parsePeriod = (text: string): Period | undefined => {
  const isMonth = /^\d{4}-\d{2}$/.test(text);
  const day = parseDay(isMonth ? `${text}-01` : text);
  return day === undefined ? undefined : { day, isMonth };
};

const monthOf = (day: number): { month: number; dayOfMonth: number } => {
  const [year = 0, month = 0, dayOfMonth = 0] = formatDay(day).split('-').map(Number);
  return { month: (year - EPOCH_YEAR) * MONTHS_PER_YEAR + month - 1, dayOfMonth };
};

/** The number of a period on a grid: consecutive periods differ by one. Days off the grid give a fraction. */
export const indexOnGrid = (grid: Grid, day: number, origin: number): number => {
  if (grid.kind === 'days') return (day - origin) / grid.step;
  const { month, dayOfMonth } = monthOf(day);
  const first = monthOf(origin);
  return month - first.month + (dayOfMonth === first.dayOfMonth ? 0 : 0.5);
};

/** The period so many steps after an origin, written as the file writes its periods. */
export const periodText = (grid: Grid, origin: number, steps: number): string => {
  if (grid.kind === 'days') return formatDay(origin + steps * grid.step);
  const month = monthOf(origin).month + steps;
  const year = EPOCH_YEAR + Math.floor(month / MONTHS_PER_YEAR);
  const inYear = ((month % MONTHS_PER_YEAR) + MONTHS_PER_YEAR) % MONTHS_PER_YEAR;
  const day = dayOfCivil(year, inYear + 1, grid.dayOfMonth ?? 1) ?? 0;
  const text = formatDay(day);
  return grid.dayOfMonth === undefined ? text.slice(0, -'-01'.length) : text;
};

/** Steps of a grid in a year. */
export const stepsPerYear = (grid: Grid): number =>
  grid.kind === 'months' ? MONTHS_PER_YEAR : DAYS_PER_YEAR / grid.step;

/**
 * The grid on which periods lie: months where they are written so, or where all are dated on one day of the month a month
 * or more apart; else steps of the smallest difference. Days come sorted, a list for each series.
 */
export const gridOf = (isMonth: boolean, days: readonly (readonly number[])[]): Grid => {
  if (isMonth) return { kind: 'months' };
  let step = Number.POSITIVE_INFINITY;
  const daysOfMonth = new Set<number>();
  for (const list of days) {
    for (const [place, day] of list.entries()) {
      const before = list[place - 1];
      if (before !== undefined && day > before) step = Math.min(step, day - before);
      if (daysOfMonth.size < 2) daysOfMonth.add(monthOf(day).dayOfMonth);
    }
  }
  const [dayOfMonth = 1] = daysOfMonth;
  if (daysOfMonth.size === 1 && dayOfMonth <= SHORTEST_MONTH && step >= SHORTEST_MONTH && step < DAYS_PER_YEAR) {
    return { kind: 'months', dayOfMonth };
  }
  return { kind: 'days', step: Number.isFinite(step) ? step : 1 };
};
