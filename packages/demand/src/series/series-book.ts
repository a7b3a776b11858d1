import { type DayNumber, type Fault, formatDay } from '@crossparcel/units';
import { type Grid, gridOf, indexOnGrid, type Period, parsePeriod, periodText } from './grid.ts';

/** A row of demand as its file gives it. */
export interface DemandRow {
  readonly series: string;
  readonly period: string;
  readonly value: string;
}

/** Past demand, a value a period without gaps, oldest first; `firstDay` dates the first. */
export interface DemandSeries {
  readonly id: string;
  readonly firstDay: DayNumber;
  readonly values: readonly number[];
}

/** A series that cannot be used, and the row where that shows. */
export interface RefusedSeries<Place> {
  readonly id: string;
  readonly fault: Fault;
  readonly place: Place;
}

/** All series of a file in the order of their first rows, on one grid. */
export interface DemandFile<Place> {
  readonly grid: Grid;
  readonly entries: readonly (DemandSeries | RefusedSeries<Place>)[];
}

/** How series are read. */
export interface SeriesRules {
  /** The last day that is over: periods dated later are refused. Without it none is. */
  readonly now?: DayNumber;
  /** A missing period counts as no demand. */
  readonly fillZero?: boolean;
}

interface Point<Place> {
  readonly day: number;
  readonly value: number;
  readonly place: Place;
}

interface Draft<Place> {
  readonly id: string;
  readonly points: Point<Place>[];
  refused?: { fault: Fault; place: Place };
}

const fault = (field: string, what: string, mend: string): Fault => ({ code: 'bad-demand', field, what, mend });

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Beyond this, sums and squares of demand lose units. */
const MOST_DEMAND = 1e15;

const demandOf = (text: string): number | Fault => {
  const trimmed = text.trim();
  if (trimmed === '') return fault('value', 'is missing', 'give 0 for a period without demand');
  const value = DECIMAL.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (!Number.isFinite(value)) return fault('value', `is not a number: ${trimmed}`, 'give a decimal such as 12');
  if (value < 0) return fault('value', `is negative: ${trimmed}`, 'give demand before returns, 0 or more');
  if (value > MOST_DEMAND) return fault('value', `is too large: ${trimmed}`, `give ${MOST_DEMAND} or less`);
  return value;
};

/** Gathers rows into series, and says of each that cannot be used why. `Place` is where a row stands, for messages. */
export class SeriesBook<Place> {
  readonly #rules: SeriesRules;
  readonly #drafts = new Map<string, Draft<Place>>();
  #isMonth: boolean | undefined;

  constructor(rules: SeriesRules = {}) {
    this.#rules = rules;
  }

  /** Adds a row; rows of a series may come in any order. */
  add({ series, period, value }: DemandRow, place: Place): void {
    const id = series.trim();
    let draft = this.#drafts.get(id);
    if (!draft) {
      draft = { id, points: [] };
      this.#drafts.set(id, draft);
    }
    if (draft.refused) return;
    const parsed = this.#period(period.trim());
    const number = demandOf(value);
    const wrong = id === '' ? fault('series', 'is missing', 'name the series') : undefined;
    const found = wrong ?? ('what' in parsed ? parsed : typeof number === 'object' ? number : undefined);
    if (found) draft.refused = { fault: found, place };
    else draft.points.push({ day: (parsed as Period).day, value: number as number, place });
  }

  #period(text: string): Period | Fault {
    const period = parsePeriod(text);
    if (!period) return fault('period', `is not a period: ${text}`, 'write YYYY-MM-DD or YYYY-MM');
    this.#isMonth ??= period.isMonth;
    if (period.isMonth !== this.#isMonth)
      return fault('period', `mixes months and days: ${text}`, 'write all periods of a file in one form');
    if (this.#rules.now !== undefined && period.day > this.#rules.now)
      return fault('period', `is in the future: ${text}`, `give periods up to ${formatDay(this.#rules.now)}`);
    return period;
  }

  /** The series, each whole or refused. */
  close(): DemandFile<Place> {
    const drafts = [...this.#drafts.values()];
    for (const { points } of drafts) points.sort((one, other) => one.day - other.day);
    const sound = drafts.filter(({ refused }) => !refused);
    const grid = gridOf(
      this.#isMonth === true,
      sound.map(({ points }) => points.map(({ day }) => day)),
    );
    return { grid, entries: drafts.map((draft) => this.#entry(draft, grid)) };
  }

  #entry({ id, points, refused }: Draft<Place>, grid: Grid): DemandSeries | RefusedSeries<Place> {
    if (refused) return { id, ...refused };
    const firstDay = points[0]?.day ?? 0;
    const values: number[] = [];
    for (const { day, value, place } of points) {
      const index = indexOnGrid(grid, day, firstDay);
      const wrong = this.#misplaced(grid, firstDay, index, values.length, day);
      if (wrong) return { id, fault: wrong, place };
      while (values.length < index) values.push(0);
      values.push(value);
    }
    return { id, firstDay, values };
  }

  #misplaced(grid: Grid, firstDay: number, index: number, expected: number, day: number): Fault | undefined {
    const text = periodText(grid, firstDay, index);
    if (!Number.isInteger(index)) {
      const months = grid.kind === 'months' && (grid.step ?? 1) > 1 ? `${grid.step} months` : 'a month';
      const spacing = grid.kind === 'months' ? months : `${grid.step} days`;
      return fault('period', `is not evenly spaced: ${formatDay(day)}`, `space all periods of a file by ${spacing}`);
    }
    if (index < expected) return fault('period', `is there twice: ${text}`, 'give each period of a series once');
    if (index > expected && !this.#rules.fillZero) {
      const missing = periodText(grid, firstDay, expected);
      return fault('period', `${missing} is missing before ${text}`, 'give it with its value, or use --fill-zero');
    }
    return undefined;
  }
}
