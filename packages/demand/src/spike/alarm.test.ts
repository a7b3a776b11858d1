import { describe, expect, it } from 'vitest';
import { type AlarmRules, SpikeAlarm } from './alarm.ts';

const rules: AlarmRules = {
  id: 'test',
  validFrom: '2026-01-01',
  validTo: null,
  readOn: '2026-01-01',
  source: 'test',
  confidence: 'illustrative',
  window: 28,
  warmUp: 7,
  fewest: 4,
  times: 3,
  chance: 0.0005,
  priorMean: 0.5,
  priorPeriods: 2,
  priorDispersion: 0.1,
  dispersionPeriods: 10,
};
const watch = (values: readonly number[], changed: Partial<AlarmRules> = {}) => {
  const alarm = new SpikeAlarm({ ...rules, ...changed });
  return values.map((value) => alarm.push(value));
};
const quiet = [1, 0, 2, 1, 1, 0, 3, 1, 2, 0, 1, 1, 0, 2];

describe('an alarm on counts', () => {
  it('starts on the first day of a spike, and once a run', () => {
    const sightings = watch([...quiet, 25, 60, 40]);
    expect(sightings.map(({ starts }) => starts).indexOf(true)).toBe(quiet.length);
    expect(sightings.slice(quiet.length).map(({ alarm }) => alarm)).toEqual([true, true, true]);
    expect(sightings.filter(({ starts }) => starts)).toHaveLength(1);
    expect(sightings[quiet.length]?.probability).toBeLessThan(rules.chance);
  });

  it('stays quiet on what is usual, on counts below the floor, and while it warms up', () => {
    expect(watch([...quiet, 3, 0, 2]).some(({ alarm }) => alarm)).toBe(false);
    expect(watch([...quiet, 25], { fewest: 30 }).some(({ alarm }) => alarm)).toBe(false);
    expect(watch([0, 0, 40]).some(({ alarm }) => alarm)).toBe(false);
  });

  it('needs more of a series that swings', () => {
    const last = (values: readonly number[]) => watch([...values, 18]).at(-1)?.probability ?? 0;
    const swinging = [0, 0, 9, 0, 0, 8, 0, 0, 0, 10, 0, 0, 0, 0];
    expect(last(swinging)).toBeGreaterThan(last(new Array(14).fill(2)));
  });
});
