import { dayOfCivil, formatDay, parseDay } from '@crossparcel/units';

/**
 * How the periods of a file are spaced: so many whole months (one where none are given), dated on a day of the month or on its last, or
 * without a day; or steps of days.
 */
export type Grid =
  | { readonly kind: 'months'; readonly step?: number; readonly dayOfMonth?: number | 'last' }
  | { readonly kind: 'days'; readonly step: number };

/** A period as it was written: a day, or a month without a day. */
export interface Period {
  readonly day: number;
  readonly isMonth: boolean;
}

const MONTHS_PER_YEAR = 12;
const DAYS_PER_YEAR = 365.25;
const SHORTEST_MONTH = 28;
/** Months of a year, a half and a quarter: spacings of periods besides one month. */
const LONG_STEPS = [12, 6, 3];
/** Differences that a file must show to be taken for one of quarters or years, not of months with gaps. */
const LEAST_DIFFERENCES = 2;
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

const isLast = (day: number): boolean => monthOf(day + 1).dayOfMonth === 1;

/** The number of a period on a grid: consecutive periods differ by one. Days off the grid give a fraction. */
export const indexOnGrid = (grid: Grid, day: number, origin: number): number => {
  if (grid.kind === 'days') return (day - origin) / grid.step;
  const { month, dayOfMonth } = monthOf(day);
  const first = monthOf(origin);
  const alike = grid.dayOfMonth === 'last' ? isLast(day) : dayOfMonth === first.dayOfMonth;
  return alike ? (month - first.month) / (grid.step ?? 1) : month - first.month + 0.5;
};

const dayInMonth = (month: number, dayOfMonth: number): number => {
  const year = EPOCH_YEAR + Math.floor(month / MONTHS_PER_YEAR);
  const inYear = ((month % MONTHS_PER_YEAR) + MONTHS_PER_YEAR) % MONTHS_PER_YEAR;
  return dayOfCivil(year, inYear + 1, dayOfMonth) ?? 0;
};

/** The period so many steps after an origin, written as the file writes its periods. */
export const periodText = (grid: Grid, origin: number, steps: number): string => {
  if (grid.kind === 'days') return formatDay(origin + steps * grid.step);
  const month = monthOf(origin).month + steps * (grid.step ?? 1);
  if (grid.dayOfMonth === 'last') return formatDay(dayInMonth(month + 1, 1) - 1);
  const text = formatDay(dayInMonth(month, grid.dayOfMonth ?? 1));
  return grid.dayOfMonth === undefined ? text.slice(0, -'-01'.length) : text;
};

/** Steps of a grid in a year. */
export const stepsPerYear = (grid: Grid): number =>
  grid.kind === 'months' ? MONTHS_PER_YEAR / (grid.step ?? 1) : DAYS_PER_YEAR / grid.step;

/** Differences of months between neighbours of a series, all lists together. */
const monthSteps = (days: readonly (readonly number[])[]): number[] =>
  days.flatMap((list) =>
    list.slice(1).flatMap((day, place) => {
      const step = monthOf(day).month - monthOf(list[place] as number).month;
      return step > 0 ? [step] : [];
    }),
  );

const monthGrid = (days: readonly (readonly number[])[], dayOfMonth?: number | 'last'): Grid => {
  const steps = monthSteps(days);
  const least = steps.reduce((most, step) => Math.min(most, step), Number.POSITIVE_INFINITY);
  const long =
    steps.length >= LEAST_DIFFERENCES && LONG_STEPS.includes(least) && steps.every((step) => step % least === 0);
  return { kind: 'months', ...(long && { step: least }), ...(dayOfMonth !== undefined && { dayOfMonth }) };
};

/**
 * The grid on which periods lie: months where they are written so, or where all are dated on one day of the month or on its last, a
 * month or more apart; quarters, half years or years where all lie so far apart; else steps of the smallest difference.
 * Days come sorted, a list for each series.
 */
export const gridOf = (isMonth: boolean, days: readonly (readonly number[])[]): Grid => {
  if (isMonth) return monthGrid(days);
  let step = Number.POSITIVE_INFINITY;
  const daysOfMonth = new Set<number>();
  let last = true;
  for (const list of days) {
    for (const [place, day] of list.entries()) {
      const before = list[place - 1];
      if (before !== undefined && day > before) step = Math.min(step, day - before);
      if (daysOfMonth.size < 2) daysOfMonth.add(monthOf(day).dayOfMonth);
      last &&= isLast(day);
    }
  }
  if (Number.isFinite(step) && step >= SHORTEST_MONTH) {
    const [dayOfMonth = 1] = daysOfMonth;
    if (last) return monthGrid(days, 'last');
    if (daysOfMonth.size === 1 && dayOfMonth <= SHORTEST_MONTH) return monthGrid(days, dayOfMonth);
  }
  return { kind: 'days', step: Number.isFinite(step) ? step : 1 };
};
