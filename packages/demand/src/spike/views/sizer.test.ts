import { describe, expect, it } from 'vitest';
import { SpikeEvidence } from '../evidence.ts';
import type { SpikeRequest } from '../reading.ts';
import { growthFrom, plainGrowth, relativeGrowth, viewGrowth } from './growth.ts';
import { sizeFeatures } from './growth-path.ts';
import { VideoKinds, videoFacts } from './kinds.ts';
import { viewReadings } from './readings.ts';
import { ViewSizer, type ViewsModelRecord } from './sizer.ts';
import { VIEW_LEVELS, widthFor } from './widths.ts';

const HOUR = 3600;
/** A forest of one answer. */
const always = (base: number) => ({ base, trees: [] });
const widths = (readings: 'one' | 'several', upTo: number | null, width: number) => ({
  readings,
  upTo,
  factors: VIEW_LEVELS.map((level) => (level === 0.5 ? 0 : width)),
});
/** No trees: growth is the plain one, its ends a factor of e apart from it. */
const model: ViewsModelRecord = {
  id: 'test',
  firstAge: HOUR,
  lastAge: 240 * HOUR,
  horizon: 400 * HOUR,
  held: [],
  validFrom: '2026-01-01',
  validTo: null,
  source: 'made for the test',
  readOn: '2026-01-01',
  confidence: 'illustrative',
  kinds: { countries: ['GB', 'US'], guesses: [{ category: 10, forest: always(0.3) }, { forest: always(5) }] },
  forests: [always(-1), always(0), always(1)],
  widths: [widths('one', null, 1), widths('several', 3, 1), widths('several', null, 2)],
};

const request = (counts: [number, number][], horizon: number, more: Partial<SpikeRequest> = {}): SpikeRequest => ({
  id: 'v',
  kind: 'views',
  observedUntil: (counts.at(-1)?.[0] ?? 1) * HOUR,
  counts: counts.map(([hours, views]) => [hours * HOUR, views]),
  horizon: horizon * HOUR,
  ...more,
});
const readingsOf = (one: SpikeRequest) => viewReadings(new SpikeEvidence(one));
const sizer = new ViewSizer(model);
const total = (one: SpikeRequest) => sizer.total(new SpikeEvidence(one), one.horizon);

describe('readings of views', () => {
  it('never fall, and start after publication', () => {
    const fallen = request(
      [
        [0, 0],
        [1, 30],
        [2, 60],
        [3, 55],
      ],
      24,
    );
    expect(readingsOf(fallen).map(({ hours, views }) => [hours, views])).toEqual([
      [1, 30],
      [2, 60],
      [3, 60],
    ]);
  });

  it('carry what was known of other signals by then, unless it is stale', () => {
    const [early, late, stale] = readingsOf(
      request(
        [
          [20, 10],
          [60, 20],
          [100, 30],
        ],
        120,
        { signals: { likes: [[60 * HOUR, 5]], countries: [[19 * HOUR, ['GB']]] } },
      ),
    );
    expect([early?.likes, early?.countries]).toEqual([undefined, ['GB']]);
    expect([late?.likes, late?.countries]).toEqual([5, undefined]);
    expect([stale?.likes, stale?.countries]).toEqual([undefined, undefined]);
  });
});

describe('the growth of views', () => {
  it('is found again by the plain law where daily views fall with the inverse of the age', () => {
    const views = (hours: number) => 1000 * (1 + 0.5 * Math.log(hours));
    const growth = viewGrowth(
      readingsOf(
        request(
          [
            [24, views(24)],
            [48, views(48)],
          ],
          100,
        ),
      ),
    );
    expect(views(48) * Math.exp(plainGrowth(growth, 168))).toBeCloseTo(views(168), 6);
  });

  it('tells the same of hourly and of daily readings over a day', () => {
    const views = (hours: number) => Math.round(500 * hours ** 0.7);
    const hourly = Array.from({ length: 49 }, (_, at): [number, number] => [at + 1, views(at + 1)]);
    const daily: [number, number][] = [1, 25, 49].map((hours) => [hours, views(hours)]);
    const of = (counts: [number, number][]) => viewGrowth(readingsOf(request(counts, 100)));
    expect(of(hourly)).toEqual(of(daily));
  });

  it('is not taken from a burst of minutes for days', () => {
    const burst = request(
      [
        [10, 50_000],
        [10.2, 450_000],
      ],
      168,
    );
    expect(total(burst).at(0.5)).toBeLessThan(30 * 450_000);
  });

  it('comes back from how it stands to the plain one, and never below nothing', () => {
    for (const grown of [0, 0.01, 1]) expect(growthFrom(relativeGrowth(grown, 0.4), 0.4)).toBeCloseTo(grown, 10);
    expect(growthFrom(-30, 0.4)).toBe(0);
  });
});

describe('the kind of a video', () => {
  const growth = viewGrowth(readingsOf(request([[24, 1000]], 100)));
  const kinds = new VideoKinds(model.kinds);

  it('is what is told of it, and a guess for the rest', () => {
    const kindOf = (category: number | undefined, seconds: number | undefined) =>
      kinds.describe(growth, { category, seconds }).kinds;
    expect(kindOf(10, undefined)).toEqual([0, 1, 5]);
    expect(kindOf(20, 60)).toEqual([1, 0, Math.log(60)]);
    expect(kindOf(undefined, undefined)).toEqual([0, 0.3, 5]);
  });

  it('comes with the charts that hold the video', () => {
    const chartsOf = (countries: string[] | undefined) =>
      kinds.describe({ ...growth, countries }, { category: 10, seconds: 60 }).charts;
    expect(chartsOf(['US', 'XX'])).toEqual([0, 1]);
    expect(chartsOf(undefined)).toEqual([0, 0]);
  });
});

describe('the size of a video', () => {
  it('is found anew when a reading is added', () => {
    const evidence = new SpikeEvidence(request([[24, 800]], 96));
    const before = sizer.total(evidence, 96 * HOUR).at(0.5);
    evidence.addReading(48 * HOUR, 5000);
    const after = sizer.total(evidence, 96 * HOUR);
    expect(after.at(0.1)).toBeGreaterThan(before);
    const whole = request(
      [
        [24, 800],
        [48, 5000],
      ],
      96,
    );
    expect(after).toEqual(total(whole));
  });

  it('is what was read where the horizon lies within the readings', () => {
    const counts: [number, number][] = [
      [10, 100],
      [20, 400],
    ];
    const within = (horizon: number) => total(request(counts, horizon)).at(0.5);
    expect(within(20)).toBe(400);
    expect(within(15)).toBeCloseTo(200, 9);
    expect(within(5)).toBe(50);
  });

  it('grows from the last reading, wider where widths say so', () => {
    const counts: [number, number][] = [
      [24, 800],
      [48, 1000],
    ];
    const near = total(request(counts, 96));
    const far = total(request(counts, 336));
    expect(near.at(0.5)).toBeCloseTo(1000 * (1 + (200 / 1000 / Math.log(2)) * Math.log(2)), 6);
    const width = (curve: typeof near) => Math.log(curve.at(0.9) / 1000) / Math.log(curve.at(0.5) / 1000);
    expect(width(far)).toBeGreaterThan(2 * width(near));
    expect(near.at(1e-4)).toBeGreaterThanOrEqual(1000);
  });

  it('stands still for a video that nobody watched, and is one view where none was read', () => {
    const flat = total(
      request(
        [
          [24, 1000],
          [48, 1000],
        ],
        96,
      ),
    );
    expect(flat.at(0.5)).toBe(1000);
    expect(total(request([], 96, { observedUntil: HOUR })).at(0.9)).toBeGreaterThan(0);
  });

  it('follows the charts that hold the video, at every horizon', () => {
    const alone = viewGrowth(readingsOf(request([[24, 1000]], 100)));
    const last =
      sizeFeatures(alone, new VideoKinds(model.kinds).describe(alone, videoFacts(request([], 1))), 48).length - 1;
    const inUs = { feature: [last, -1, -1], threshold: [0, 0, 0], child: [1, 0, 0], value: [0, 0, 1] };
    const charting = new ViewSizer({ ...model, forests: [always(-1), { base: 0, trees: [inUs] }, always(2)] });
    const held = (country: string, horizon: number) => {
      const one = request([[24, 1000]], horizon, { signals: { countries: [[24 * HOUR, [country]]] } });
      return charting.total(new SpikeEvidence(one), one.horizon).at(0.5);
    };
    for (const horizon of [72, 168]) expect(held('US', horizon)).toBeGreaterThan(1.5 * held('GB', horizon));
  });

  it('takes the widths of its own kind of history and horizon', () => {
    expect(widthFor(model.widths, true, 2).upTo).toBe(3);
    expect(widthFor(model.widths, true, 4).upTo).toBeNull();
    expect(widthFor(model.widths, false, 4).readings).toBe('one');
  });
});
