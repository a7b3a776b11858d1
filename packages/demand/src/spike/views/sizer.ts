import { QuantileCurve } from '@crossparcel/numerics';
import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import { Forest, forestSchema } from '../../trees/forest.ts';
import type { SpikeEvidence } from '../evidence.ts';
import { heldSchema } from '../held.ts';
import type { SpikeSizer } from '../sizer.ts';
import { viewGrowth } from './growth.ts';
import { GrowthPath } from './growth-path.ts';
import { kindsSchema, VideoKinds, videoFacts } from './kinds.ts';
import { type ViewReading, viewReadings } from './readings.ts';
import { VIEW_LEVELS, widthsSchema } from './widths.ts';

/** Levels of which there is a forest: the low end, the median and the high end of the interval of 80 %. */
export const FOREST_LEVELS = [0.1, 0.5, 0.9] as const;

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

const HOUR = 3600;
/** The level whose value is what was seen: no level, however low, falls below. */
const LOWEST_LEVEL = 1e-9;

/** A video looked at: what its readings say, and how it grows from the last of them. */
interface Look {
  /** How much evidence there was. */
  readonly entries: number;
  readonly readings: readonly ViewReading[];
  readonly views: number;
  readonly hours: number;
  readonly path: GrowthPath;
}

const entriesOf = (evidence: SpikeEvidence): number =>
  evidence.counts.length +
  (evidence.signal('likes')?.length ?? 0) +
  (evidence.signal('comments')?.length ?? 0) +
  (evidence.request.signals?.countries?.length ?? 0);

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
  /** The same evidence is asked about many horizons. */
  readonly #looks = new WeakMap<SpikeEvidence, Look>();

  constructor(record: ViewsModelRecord) {
    this.span = record;
    this.#kinds = new VideoKinds(record.kinds);
    this.#forests = record.forests.map((forest) => new Forest(forest));
  }

  /**
   * Views from publication to a horizon in seconds; never below the most that was read, at each level up to the highest held never
   * falling with the horizon. A horizon up to the last reading is answered by the readings. Without a reading the video counts as
   * one of a single view, at the time observed.
   */
  total(evidence: SpikeEvidence, horizon: number): QuantileCurve {
    const { readings, views, hours, path } = this.#look(evidence);
    const later = horizon / HOUR;
    if (later <= hours) return sure(viewsAt(readings, later));
    const from = Math.max(1, views);
    return new QuantileCurve(
      [LOWEST_LEVEL, ...VIEW_LEVELS],
      [views, ...path.to(later).map((growth) => (growth === 0 ? views : from * Math.exp(growth)))],
    );
  }

  #look(evidence: SpikeEvidence): Look {
    const entries = entriesOf(evidence);
    const known = this.#looks.get(evidence);
    if (known?.entries === entries) return known;
    const read = viewReadings(evidence);
    const readings = read.length > 0 ? read : [unseen(evidence.observedUntil / HOUR)];
    const growth = viewGrowth(readings);
    const kind = this.#kinds.describe(growth, videoFacts(evidence.request));
    const path = new GrowthPath({ growth, kind, several: readings.length > 1 }, this.#forests, this.span.widths);
    const look = { entries, readings, views: growth.views, hours: growth.hours, path };
    this.#looks.set(evidence, look);
    return look;
  }
}

const unseen = (hours: number): ViewReading => ({
  hours,
  views: 0,
  likes: undefined,
  comments: undefined,
  countries: undefined,
});

const sure = (views: number): QuantileCurve =>
  new QuantileCurve(
    VIEW_LEVELS,
    VIEW_LEVELS.map(() => views),
  );

/** Views at an age within the readings, with the logarithm of views linear between them, and from 0 before the first. */
const viewsAt = (readings: readonly ViewReading[], hours: number): number => {
  const after = readings.findIndex((reading) => reading.hours >= hours);
  const next = readings[after] as ViewReading;
  const before = readings[after - 1];
  if (next.hours === hours) return next.views;
  if (!before) return (next.views * hours) / next.hours;
  const share = (hours - before.hours) / (next.hours - before.hours);
  return Math.exp(Math.log(Math.max(1, before.views)) * (1 - share) + Math.log(Math.max(1, next.views)) * share);
};
