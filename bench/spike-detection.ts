import { type AlarmRules, rateSeconds, SpikeAlarm, type SpikeRules, stateOf } from '@crossparcel/demand';
import { DAYS_BEFORE, totalAt } from './spike-data.ts';
import { sized, type Trial } from './spike-folds.ts';

/** For each day of a curve whether there is an alarm. */
type Detector = (curve: readonly number[]) => readonly boolean[];

const WARM_UP = 14;
const SPIKE = 10;
const LEAST_BASE = 0.5;
const YEAR = 365;

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** At least five orders, and five times the mean of the four weeks before. */
export const fiveTimes: Detector = (curve) =>
  curve.map((value, day) => value >= 5 && value >= 5 * meanOf(curve.slice(Math.max(0, day - DAYS_BEFORE), day)));

/** The shipped alarm. */
export const watched = (curve: readonly number[], rules: AlarmRules): boolean[] => {
  const alarm = new SpikeAlarm(rules);
  return curve.map((value) => alarm.push(value).alarm);
};

/** Spikes of ten times their base; how many were caught, and false alarms in the second fortnight before the launch. */
export const detectionOf = (curves: readonly (readonly number[])[], detector: Detector): string[] => {
  let spikes = 0;
  let first = 0;
  let caught = 0;
  let wrong = 0;
  for (const curve of curves) {
    const alarms = detector(curve);
    for (let day = WARM_UP; day < DAYS_BEFORE; day += 1)
      if (alarms[day] && !(day > WARM_UP && alarms[day - 1])) wrong += 1;
    const base = Math.max(LEAST_BASE, meanOf(curve.slice(0, DAYS_BEFORE)));
    if (Math.max(...curve.slice(DAYS_BEFORE)) < SPIKE * base) continue;
    spikes += 1;
    if (alarms[DAYS_BEFORE]) first += 1;
    if (alarms.slice(DAYS_BEFORE).includes(true)) caught += 1;
  }
  const share = (count: number): string => `${((100 * count) / spikes).toFixed(1)} %`;
  const years = (curves.length * (DAYS_BEFORE - WARM_UP)) / YEAR;
  return [String(spikes), share(first), share(caught), (wrong / years).toFixed(2)];
};

/** How often, by state and set, the next rate period really brought less than the last one. */
export const statesOf = (trials: readonly Trial[], rules: SpikeRules): (string | number)[][] => {
  const said = trials.map((trial) => {
    const { evidence, age, item, sizer } = trial;
    const ahead = (instant: number) => sizer.total(evidence, instant).at(0.5);
    const state = stateOf(evidence, { median: sized(trial).at(0.5), ahead }, rules);
    const seconds = rateSeconds(age);
    const less = totalAt(item, age + seconds) - totalAt(item, age) < evidence.counts.gain(age, seconds);
    return { key: `${state}|${item.kind === 'orders' ? 'launches' : item.events ? 'retweets' : 'articles'}`, less };
  });
  return [...Map.groupBy(said, ({ key }) => key)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, all]) => [
      ...key.split('|'),
      all.length,
      `${((100 * all.filter(({ less }) => less).length) / all.length).toFixed(0)} %`,
    ]);
};
