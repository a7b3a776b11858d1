import { ascending, QuantileCurve } from '@crossparcel/numerics';
import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import { Forest, forestSchema } from '../../trees/forest.ts';
import type { SpikeEvidence } from '../evidence.ts';
import { heldSchema } from '../held.ts';
import type { SpikeSizer } from '../sizer.ts';
import { growthFrom, plainGrowth, type ViewGrowth, viewGrowth } from './growth.ts';
import { kindsSchema, VideoKinds, videoFacts } from './kinds.ts';
import { type ViewReading, viewReadings } from './readings.ts';

/** Levels at which totals of views are held. */
export const VIEW_LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const;
/** Levels of which there is a forest: the low end, the median and the high end of the interval of 80 %. */
export const FOREST_LEVELS = [0.1, 0.5, 0.9] as const;

const widthsSchema = z.strictObject({
  /** For videos read once, or more often. */
  readings: z.enum(['one', 'several']),
  /** For horizons up to so many times the age. */
  upTo: z.number().positive().nullable(),
  /** Distance of each level from the median, as a multiple of that between the median and the forest's end on its side. */
  factors: z.array(z.number().nonnegative()).length(VIEW_LEVELS.length),
});

/** A model of what videos come to. */
export const viewsModelSchema = z.strictObject({
  id: z.string(),
  ...datedFields,
  /** Seconds: the youngest and oldest age learned from, and the last horizon. */
  firstAge: z.number().positive(),
  lastAge: z.number().positive(),
  horizon: z.number().positive(),
  held: z.array(heldSchema),
  kinds: kindsSchema,
  /** One for each of the forest levels, of the growth relative to the plain one. */
  forests: z.array(forestSchema).length(FOREST_LEVELS.length),
  widths: z.array(widthsSchema).min(1),
});
export type ViewsModelRecord = z.infer<typeof viewsModelSchema>;
export type Widths = z.infer<typeof widthsSchema>;

/** What the trees go by: growth, kind, and how far ahead. */
export const sizeFeatures = (growth: ViewGrowth, kinds: readonly number[], later: number): Float64Array =>
  Float64Array.from([...growth.features, ...kinds, Math.log(later / growth.hours), Math.log(later - growth.hours)]);

/** Hours of age at which growth is asked of the trees; between them it is interpolated. */
const KNOTS = [
  1, 1.5, 2, 3, 4, 6, 8, 12, 16, 20, 24, 30, 36, 42, 48, 60, 72, 84, 96, 120, 144, 168, 192, 216, 240, 288, 336, 400,
  500, 600, 720,
];
/** An age nearer than this to the last reading is no knot. */
const LEAST_AHEAD = 1.01;

const HOUR = 3600;
const LOWEST_LEVEL = 1e-9;

/** The width for a video read once or several times, and a horizon so many times its age. */
export const widthFor = (widths: readonly Widths[], several: boolean, ratio: number): Widths => {
  const own = widths.filter(({ readings }) => (readings === 'several') === several);
  const found = own.find(({ upTo }) => upTo === null || ratio <= upTo) ?? own.at(-1) ?? widths[0];
  if (!found) throw new RangeError('a model of views needs widths');
  return found;
};

/** Relative growths at all levels, from those of the forests: the ends, set by factors about the median. */
export const spread = ([low = 0, middle = 0, high = 0]: readonly number[], { factors }: Widths): number[] => {
  const below = Math.max(0, middle - low);
  const above = Math.max(0, high - middle);
  return VIEW_LEVELS.map((level, place) => {
    const factor = factors[place] as number;
    return level < 0.5 ? middle - factor * below : middle + factor * above;
  });
};

/**
 * Sizes what a video's views come to. Quantile trees boosted over pairs of an age and a later age (Friedman 2001) correct a
 * growth with power-law decay; the ends are set by split conformal prediction on later videos (Romano, Patterson and
 * Candès 2019), by how often the video was read and how far the horizon lies. Learned from videos on charts: it says
 * what a video comes to whose rise has begun.
 */
export class ViewSizer implements SpikeSizer {
  readonly span: ViewsModelRecord;
  readonly #kinds: VideoKinds;
  readonly #forests: readonly Forest[];
  readonly #widths: readonly Widths[];

  constructor(record: ViewsModelRecord) {
    const { kinds, forests, widths } = record;
    this.span = record;
    this.#kinds = new VideoKinds(kinds);
    this.#forests = forests.map((forest) => new Forest(forest));
    this.#widths = widths;
  }

  /**
   * Views from publication to a horizon in seconds; never below the most that was read, at each level never falling
   * with the horizon. A horizon up to the last reading is answered by the readings. Without a reading the video counts as
   * one of a single view, at the time observed.
   */
  total(evidence: SpikeEvidence, horizon: number): QuantileCurve {
    const readings = viewReadings(evidence);
    if (readings.length === 0)
      readings.push({
        hours: evidence.observedUntil / HOUR,
        views: 0,
        likes: undefined,
        comments: undefined,
        countries: undefined,
      });
    const growth = viewGrowth(readings);
    const later = horizon / HOUR;
    if (later <= growth.hours) return sure(viewsAt(readings, later));
    const kinds = this.#kinds.describe(growth, videoFacts(evidence.request));
    const growths = this.#growths(growth, kinds, later, readings.length > 1);
    const views = Math.max(1, growth.views);
    // No level, however low, falls below what was seen.
    return new QuantileCurve(
      [LOWEST_LEVEL, ...VIEW_LEVELS],
      [growth.views, ...growths.map((one) => (one === 0 ? growth.views : views * Math.exp(one)))],
    );
  }

  /** Growth of the logarithm of views until a later age at each level: the most up to each knot, linear between knots. */
  #growths(growth: ViewGrowth, kinds: readonly number[], later: number, several: boolean): number[] {
    let from = { hours: growth.hours, growths: VIEW_LEVELS.map(() => 0) };
    for (const knot of knotsAfter(growth.hours)) {
      const most = from.growths;
      const here = this.#growthsAt(growth, kinds, knot, several).map((one, place) =>
        Math.max(one, most[place] as number),
      );
      if (knot >= later) {
        const share = Math.log(later / from.hours) / Math.log(knot / from.hours);
        return here.map((one, place) => (most[place] as number) + share * (one - (most[place] as number)));
      }
      from = { hours: knot, growths: here };
    }
    return from.growths;
  }

  #growthsAt(growth: ViewGrowth, kinds: readonly number[], later: number, several: boolean): number[] {
    const features = sizeFeatures(growth, kinds, later);
    const relative = this.#forests.map((forest) => forest.answer(features));
    const plain = plainGrowth(growth, later);
    const levels = spread(relative, widthFor(this.#widths, several, later / growth.hours));
    return ascending(levels.map((one) => growthFrom(one, plain)));
  }
}

/** Knots after an age; past the last one growth goes on in steps of the same ratio, up to twenty times the age. */
const knotsAfter = (hours: number): number[] => {
  const knots = KNOTS.filter((knot) => knot > hours * LEAST_AHEAD);
  const last = Math.max(hours, KNOTS.at(-1) as number);
  return [...knots, ...[1.2, 1.5, 2, 3, 5, 8, 12, 20].map((ratio) => ratio * last)];
};

const sure = (views: number): QuantileCurve =>
  new QuantileCurve(
    VIEW_LEVELS,
    VIEW_LEVELS.map(() => views),
  );

/** Views at an age within the readings, with the logarithm of views linear between them; none are known before the first. */
const viewsAt = (readings: readonly ViewReading[], hours: number): number => {
  const after = readings.findIndex((reading) => reading.hours >= hours);
  const next = readings[after] as ViewReading;
  const before = readings[after - 1];
  if (next.hours === hours) return next.views;
  if (!before) return (next.views * hours) / next.hours;
  const share = (hours - before.hours) / (next.hours - before.hours);
  return Math.exp(Math.log(Math.max(1, before.views)) * (1 - share) + Math.log(Math.max(1, next.views)) * share);
};
