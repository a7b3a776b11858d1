import type { SpikeEvidence } from './evidence.ts';
import type { CountHistory } from './history.ts';

/** A share of the whole that a late part of the age added, in logarithms. */
const lateShare = (counts: CountHistory, age: number, part: number): number =>
  Math.log((counts.gain(age, age * part) + 0.5) / (counts.at(age) + 0.5));

/**
 * What a counter shows of its growth, whatever it counts: its size, which parts of it came in the last half, quarter and
 * twelfth of its age, how long it has stood still, when it began, how dense its readings are; and the place of its platform
 * (`attributes.platform`) among those learned from, -1 for any other.
 */
export const counterFeatures = (
  { counts, request }: SpikeEvidence,
  { age, modelAge, horizon }: { age: number; modelAge: number; horizon: number },
  platforms: readonly string[],
): Float64Array => {
  const [before = 0] = counts.entry(-2) ?? [];
  const [began = 0] = counts.entry(0) ?? [];
  return Float64Array.from([
    Math.log(modelAge),
    Math.log(horizon / age),
    Math.log(counts.at(age) + 1),
    lateShare(counts, age, 1 / 2),
    lateShare(counts, age, 1 / 4),
    lateShare(counts, age, 1 / 12),
    (age - counts.lastRise()) / age,
    began / age,
    (age - Math.min(before, age)) / age,
    platforms.indexOf(String(request.attributes?.platform ?? '')),
  ]);
};

/** The features from the size on, up to when it began, which lines go through; and for each platform but the first its own. */
const SIZE = 2;
const BEGAN = 7;

/** What lines through counters go by: the shape of growth, and a start and slope of its own for every further platform. */
export const counterLineFeatures = (features: Float64Array, platforms: readonly string[]): number[] => {
  const platform = features.at(-1) as number;
  const size = features[SIZE] as number;
  const own = platforms.slice(1).flatMap((_, at) => (platform === at + 1 ? [1, size] : [0, 0]));
  return [...features.slice(SIZE, BEGAN + 1), ...own];
};
