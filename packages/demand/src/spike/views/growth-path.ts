import { ascending } from '@crossparcel/numerics';
import { featureRow } from '../../trees/feature-row.ts';
import type { Forest } from '../../trees/forest.ts';
import { growthFrom, plainGrowth, type ViewGrowth } from './growth.ts';
import type { KnownKind } from './kinds.ts';
import { spread, VIEW_LEVELS, type Widths, widthFor } from './widths.ts';

/** Hours of age at which growth is asked of the trees; between them it is interpolated. */
const KNOTS = [1, 1.5, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 72, 96, 120, 168, 240, 336, 400, 500, 720];
/** Knots past the last one, as multiples of it or of the age. */
const BEYOND = [1.2, 1.5, 2, 3, 5, 8, 12, 20];
/** An age nearer than this to the last reading is no knot. */
const LEAST_AHEAD = 1.01;

const aheadFeatures = (hours: number, later: number) => [Math.log(later / hours), Math.log(later - hours)] as const;

/** What the trees go by: how far ahead, growth, kind, and the countries whose charts hold the video. */
export const sizeFeatures = (growth: ViewGrowth, { kinds, charts }: KnownKind, later: number): Float64Array =>
  featureRow(aheadFeatures(growth.hours, later), growth.features, kinds, charts);

/** What is known of a video when its growth is asked for. */
export interface KnownVideo {
  readonly growth: ViewGrowth;
  readonly kind: KnownKind;
  /** Whether it was read more than once. */
  readonly several: boolean;
}

/** Growth of the logarithm of a video's views to any later age, found knot by knot as it is asked for. */
export class GrowthPath {
  readonly #video: KnownVideo;
  readonly #forests: readonly Forest[];
  readonly #widths: readonly Widths[];
  readonly #hours: readonly number[];
  #features: Float64Array | undefined;
  /** Growths by level at each of the hours found so far. */
  readonly #growths: number[][] = [VIEW_LEVELS.map(() => 0)];

  /** Forests answer the growth relative to the plain one: its low end, median and high end. */
  constructor(video: KnownVideo, forests: readonly Forest[], widths: readonly Widths[]) {
    this.#video = video;
    this.#forests = forests;
    this.#widths = widths;
    const { hours } = video.growth;
    const last = Math.max(hours, KNOTS.at(-1) as number);
    const knots = KNOTS.filter((knot) => knot > hours * LEAST_AHEAD);
    this.#hours = [hours, ...knots, ...BEYOND.map((ratio) => ratio * last)];
  }

  /** Growths at all levels to a later age in hours: the most up to each knot, linear in logarithms of age between knots. */
  to(later: number): number[] {
    const after = this.#hours.findIndex((knot) => knot >= later);
    const to = after < 0 ? this.#hours.length - 1 : after;
    for (let place = this.#growths.length; place <= to; place += 1) this.#growths.push(this.#atKnot(place));
    const growths = this.#growths[to] as number[];
    if (after < 0) return growths;
    const [from, knot] = [this.#hours[to - 1] as number, this.#hours[to] as number];
    const share = Math.log(later / from) / Math.log(knot / from);
    return (this.#growths[to - 1] as number[]).map((low, level) => low + share * ((growths[level] as number) - low));
  }

  #atKnot(place: number): number[] {
    const { growth, kind, several } = this.#video;
    const later = this.#hours[place] as number;
    // Between knots only how far ahead they lie differs.
    this.#features ??= sizeFeatures(growth, kind, later);
    const features = this.#features;
    features.set(aheadFeatures(growth.hours, later));
    const relative = this.#forests.map((forest) => forest.answer(features));
    const plain = plainGrowth(growth, later);
    const levels = spread(relative, widthFor(this.#widths, several, later / growth.hours));
    const before = this.#growths[place - 1] as number[];
    return ascending(levels.map((one) => growthFrom(one, plain))).map((one, level) =>
      Math.max(one, before[level] as number),
    );
  }
}
