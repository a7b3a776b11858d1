/** Counters of a launch at the end of each period since it, cumulative. */
export interface LaunchSignals {
  readonly views?: readonly number[] | undefined;
  readonly likes?: readonly number[] | undefined;
}

/** A launch as it is seen at one facility after some periods. */
export interface SeenLaunch {
  /** Demand at the facility in the periods since the launch. */
  readonly own: readonly number[];
  /** Demand at all facilities in the same periods. */
  readonly everywhere: readonly number[];
  readonly signals?: LaunchSignals | undefined;
}

/** What is added to units before their logarithm is taken. */
export const UNITS_OFFSET = 0.5;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const log = (units: number): number => Math.log(units + UNITS_OFFSET);

/** Whether the views reach up to the last period seen. */
export const hasViews = ({ own, signals }: SeenLaunch): boolean => (signals?.views?.length ?? 0) >= own.length;

/** What the periods since a launch say by themselves: units so far and last, here and everywhere. */
export const seenFeatures = ({ own, everywhere }: SeenLaunch): Float64Array =>
  Float64Array.of(1, log(sum(own)), log(own.at(-1) ?? 0), log(sum(everywhere)), log(everywhere.at(-1) ?? 0));

/** Stands where something is not known: below all that is, so that a tree tells it apart. */
const UNKNOWN = -30;
const logCount = (count: number): number => Math.log1p(Math.max(0, count));
const gained = (totals: readonly number[], period: number): number =>
  Math.max(0, (totals[period] ?? 0) - (totals[period - 1] ?? 0));

/**
 * What the counters of a launch say of how its views go on from `gap` periods ahead until it is over: how many, which part of
 * them came last, the likes beside them, and how far ahead in logarithms of time.
 */
export const viewFeatures = (
  { own, signals }: SeenLaunch,
  { gap, periods }: { gap: number; periods: number },
): Float64Array => {
  const seen = own.length;
  const views = signals?.views ?? [];
  const all = logCount(views[seen - 1] ?? 0);
  const [last, second, third] = [1, 2, 3].map((back) => logCount(gained(views, seen - back))) as [
    number,
    number,
    number,
  ];
  const likes = (signals?.likes?.length ?? 0) >= seen ? (signals?.likes ?? []) : undefined;
  return Float64Array.of(
    seen,
    all,
    last - all,
    second - all,
    third - all,
    logCount(views[0] ?? 0) - all,
    last - second,
    second - third,
    likes ? logCount(likes[seen - 1] ?? 0) - all : UNKNOWN,
    likes ? logCount(gained(likes, seen - 1)) - last : UNKNOWN,
    Math.log((seen + gap) / seen),
    Math.log(periods / (seen + gap)),
  );
};
