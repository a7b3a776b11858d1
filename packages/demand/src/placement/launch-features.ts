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

/** Whether the counters reach up to the last period seen. */
export const hasSignals = ({ own, signals }: SeenLaunch): boolean =>
  (signals?.views?.length ?? 0) >= own.length && (signals?.likes?.length ?? 0) >= own.length;

/** What the periods since a launch say: units so far and last, here and everywhere, and counters so far and last when there are any. */
export const seenFeatures = (launch: SeenLaunch): Float64Array => {
  const { own, everywhere, signals } = launch;
  const units = [1, log(sum(own)), log(own.at(-1) ?? 0), log(sum(everywhere)), log(everywhere.at(-1) ?? 0)];
  if (!hasSignals(launch)) return Float64Array.from(units);
  const last = own.length - 1;
  const views = signals?.views ?? [];
  const now = views[last] ?? 0;
  const before = last > 0 ? (views[last - 1] ?? 0) : 0;
  return Float64Array.of(...units, log(now), log(Math.max(0, now - before)), log(signals?.likes?.[last] ?? 0));
};
