import {
  BOTTOM_LEVEL,
  type DemandFile,
  type DemandSeries,
  indexOnGrid,
  type PastForecast,
  parsePeriod,
  periodText,
} from '@crossparcel/demand';
import { InputError, type Position, readBatches, recordsOf } from '@crossparcel/files';
import { soundOf } from './forecast-groups.ts';
import { type StepRecord, stepSchema } from './forecast-output.ts';

const fail = (position: Position, field: string | undefined, what: string, mend: string): never => {
  throw new InputError({ code: 'bad-forecast', ...(field !== undefined && { field }), what, mend }, position);
};

/** Forecasts of a file that were made of series; those of groups and refused series are left out. */
const readSteps = async (file: string): Promise<{ step: StepRecord; position: Position }[]> => {
  const steps: { step: StepRecord; position: Position }[] = [];
  for await (const batch of readBatches(file)) {
    for (const { value, position, fault } of recordsOf(batch)) {
      if (fault) throw fault;
      if (typeof value === 'object' && value !== null && 'error' in value) continue;
      const parsed = stepSchema.safeParse(value);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        fail(
          position,
          issue?.path.join('.'),
          issue?.message ?? 'is no forecast',
          'give records as forecast prints them',
        );
      } else if (parsed.data.level === undefined || parsed.data.level === BOTTOM_LEVEL)
        steps.push({ step: parsed.data, position });
    }
  }
  return steps;
};

/** Past forecasts beside what came, and how an origin is dated. */
export interface Past {
  readonly forecasts: readonly PastForecast[];
  readonly periodOf: (origin: number) => string;
}

/** Where a series begins on the grid of the file, and what it sold. */
interface Placed extends DemandSeries {
  readonly offset: number;
}

const pastOf = (
  { step, position }: { step: StepRecord; position: Position },
  series: Placed,
  index: number,
): PastForecast | undefined => {
  const place = index - series.offset;
  const actual = series.values[place];
  if (place - step.h < 0)
    fail(
      position,
      'period',
      `was forecast before ${series.id} sold anything`,
      'give the actual demand from the start on',
    );
  // Not over yet.
  if (actual === undefined) return undefined;
  return {
    series: series.id,
    origin: index - step.h,
    step: step.h,
    mean: step.mean,
    quantiles: new Map(Object.entries(step.quantiles).map(([level, value]) => [Number(level), value])),
    actual,
    past: series.values.slice(0, place - step.h + 1),
  };
};

/**
 * Past forecasts of series beside what came, each period by the freshest forecast of it. Throws `InputError` for a record that is no
 * forecast, an unknown series, a period off the grid, levels that differ, and when no forecast is over.
 */
export const readPast = async (file: string, { grid, entries }: DemandFile<Position>): Promise<Past> => {
  const sound = soundOf(entries);
  const base = Math.min(...sound.map(({ firstDay }) => firstDay));
  const byId = new Map(sound.map((one) => [one.id, { ...one, offset: indexOnGrid(grid, one.firstDay, base) }]));
  const freshest = new Map<string, PastForecast>();
  let levels: string | undefined;
  for (const { step, position } of await readSteps(file)) {
    const series =
      byId.get(step.series) ??
      fail(position, 'series', `is not in the actual demand: ${step.series}`, 'give its demand');
    const period = parsePeriod(step.period);
    const index = period ? indexOnGrid(grid, period.day, base) : Number.NaN;
    if (!Number.isInteger(index))
      fail(
        position,
        'period',
        `is not on the grid of the demand: ${step.period}`,
        'give periods as the demand has them',
      );
    const own = Object.keys(step.quantiles).toSorted().join();
    levels ??= own;
    if (own !== levels) fail(position, 'quantiles', `are at other levels: ${own}`, `give all forecasts at ${levels}`);
    const past = pastOf({ step, position }, series, index);
    const key = `${index} ${step.series}`;
    if (past && past.step < (freshest.get(key)?.step ?? Number.POSITIVE_INFINITY)) freshest.set(key, past);
  }
  if (freshest.size === 0)
    fail({ file, line: 1 }, undefined, 'holds no forecast whose period is over', 'give forecasts of past periods');
  return { forecasts: [...freshest.values()], periodOf: (origin) => periodText(grid, base, origin) };
};
