import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { SpikeForecaster } from './forecaster.ts';
import { cascadeModelSchema, counterModelSchema, orderModelSchema } from './model.ts';
import { nextCountriesModelSchema } from './next-countries/next-countries.ts';
import { type SpikeRequest, spikeRequestSchema } from './reading.ts';
import { spikeRulesSchema } from './state.ts';
import { viewsModelSchema } from './views/sizer.ts';
import { SpikeWatch } from './watch.ts';

const read = <Schema extends z.ZodType>(name: string, schema: Schema): z.infer<Schema> => {
  const path = new URL(`../../../../reference/demand/${name}.json`, import.meta.url);
  return z
    .array(schema)
    .min(1)
    .parse(JSON.parse(readFileSync(path, 'utf8')))[0] as z.infer<Schema>;
};
const models = {
  counter: read('spike-counters', counterModelSchema),
  cascade: read('spike-cascades', cascadeModelSchema),
  orders: read('spike-orders', orderModelSchema),
  views: read('views', viewsModelSchema),
  nextCountries: read('next-countries', nextCountriesModelSchema),
};
const forecaster = new SpikeForecaster(models, read('spike-rules', spikeRulesSchema));
const levels = new Map([0.025, 0.1, 0.5, 0.9, 0.975].map((level) => [String(level), level]));

const ask = (request: Partial<SpikeRequest>) =>
  forecaster.answer(
    spikeRequestSchema.parse({ id: 'P', kind: 'shares', observedUntil: 3600, horizon: 172_800, ...request }),
    levels,
  );
const sized = (request: Partial<SpikeRequest>) => {
  const answer = ask(request);
  if (!answer.ok) throw new Error(`${answer.error.field}: ${answer.error.what}`);
  return answer.value;
};

/** Readings that ascend from gains, evenly spaced over an age. */
const countsOf = (gains: readonly number[], age: number): [number, number][] => {
  let total = 0;
  return gains.map((gain, at) => {
    total += gain;
    return [(age * (at + 1)) / gains.length, total];
  });
};
const gains = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 12 });
const ages = fc.integer({ min: 30, max: 2_000_000 });
const kinds = fc.constantFrom('shares' as const, 'orders' as const, 'views' as const);

describe('the size of a spike', () => {
  it('is never below what was seen, rises with the level, and along the way', () => {
    fc.assert(
      fc.property(gains, ages, kinds, fc.double({ min: 1.01, max: 30, noNaN: true }), (drawn, age, kind, longer) => {
        const counts = countsOf(drawn, age);
        const request = { kind, observedUntil: age, horizon: age * longer, counts };
        const answer = ask({
          ...request,
          signals: {
            views: countsOf(
              drawn.map((gain) => 900 * gain + 50),
              age,
            ),
          },
        });
        if (!answer.ok) {
          expect(answer.error.code).toBe('horizon-too-far');
          return;
        }
        const { observed, quantiles, path } = answer.value;
        const values = Object.values(quantiles);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(Math.floor(observed));
        expect(values).toEqual(values.toSorted((one, other) => one - other));
        for (const [at, step] of path.entries()) {
          expect(step.low).toBeLessThanOrEqual(step.median);
          expect(step.median).toBeLessThanOrEqual(step.high);
          expect(step.median).toBeGreaterThanOrEqual(path[at - 1]?.median ?? observed);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('grows with what was seen', () => {
    const few = sized({ counts: [[3600, 20]] });
    const many = sized({ counts: [[3600, 2000]] });
    expect(many.median).toBeGreaterThan(5 * few.median);
  });

  it('takes more views still to come for more orders', () => {
    const counts: [number, number][] = [
      [86_400, 90],
      [172_800, 120],
    ];
    const views = (last: number): [number, number][] => [
      [86_400, 100_000],
      [172_800, last],
    ];
    const launch = (last: number) =>
      sized({ kind: 'orders', observedUntil: 172_800, horizon: 1_209_600, counts, signals: { views: views(last) } });
    expect(launch(320_000).median).toBeGreaterThan(launch(105_000).median);
  });

  it('expects of orders that views do not explain that they go on without views, the more where that is told', () => {
    const days = [1, 2, 3, 4].map((day) => day * 86_400);
    const launch = (orders: number[], views: number[], attributes = {}) =>
      sized({
        kind: 'orders',
        observedUntil: 345_600,
        horizon: 1_209_600,
        counts: days.map((time, at) => [time, orders[at] as number]),
        signals: { views: days.map((time, at) => [time, views[at] as number]) },
        attributes,
      });
    const fading = [20_000, 21_000, 21_300, 21_400];
    const steady = launch([5, 10, 15, 20], fading);
    expect(steady.median).toBeGreaterThan(launch([17, 19, 20, 20], fading).median);
    const told = [0, 1, 5].map((basePerDay) => launch([5, 10, 15, 20], fading, { basePerDay }).median);
    expect(told).toEqual(told.toSorted((one, other) => one - other));
    expect(launch([5, 10, 15, 20], fading, { basePerDay: '5' }).median).toBe(told[2]);
  });

  it('comes out the same from readings one at a time as from all at once', () => {
    const events: [number, number][] = Array.from({ length: 400 }, (_, at) => [at * 9, at === 0 ? 50_000 : 300 + at]);
    const request = { id: 'P', kind: 'shares' as const, observedUntil: 3600, horizon: 604_800 };
    const watch = new SpikeWatch(forecaster, { ...request, events: [] });
    for (const [time, followers] of events) watch.event(time, followers);
    const answer = watch.answer(604_800, levels);
    expect(answer.ok && answer.value.quantiles).toEqual(sized({ ...request, events }).quantiles);
    expect(() => watch.event(5, 1)).toThrow(RangeError);
  });

  it('says noise of next to nothing and of what a base rate brings, and peaked of what has come and slows', () => {
    expect(sized({ events: [] })).toMatchObject({ state: 'noise', observed: 0 });
    const orders = {
      kind: 'orders' as const,
      observedUntil: 86_400,
      horizon: 1_209_600,
      counts: [[86_400, 12]] as [number, number][],
    };
    expect(sized(orders).state).toBe('growing');
    expect(sized({ ...orders, attributes: { basePerDay: 10 } }).state).toBe('noise');
    const over: [number, number][] = [
      [3600, 900],
      [10_800, 990],
      [43_200, 1000],
      [86_400, 1001],
    ];
    expect(sized({ observedUntil: 86_400, counts: over }).state).toBe('peaked');
  });

  it('asks for what it lacks, and says what it left out', () => {
    const { needs, notes } = sized({
      kind: 'orders',
      observedUntil: 90_000,
      horizon: 1_209_600,
      counts: [[86_400, 40]],
      signals: { saves: [[86_400, 10]] },
    });
    expect(needs.some((need) => need.startsWith('views of the video'))).toBe(true);
    expect(needs.some((need) => need.startsWith('a reading at 90000 s'))).toBe(true);
    expect(notes).toContain('signals not used to size orders: saves');
  });
});

describe('shares one by one', () => {
  const WEEK = 604_800;
  /** A post with so many shares, spread evenly over the logarithm of time up to an age. */
  const post = (shares: number, age: number): Partial<SpikeRequest> => ({
    observedUntil: age,
    horizon: WEEK,
    events: Array.from({ length: shares + 1 }, (_, at) => [
      Math.floor(Math.exp((Math.log(age) * at) / Math.max(1, shares))) - 1,
      at === 0 ? 400_000 : 900,
    ]),
  });

  it('come to more where the horizon is later, at each level', () => {
    const drawn = { shares: fc.integer({ min: 0, max: 3000 }), age: fc.integer({ min: 120, max: 200_000 }) };
    const horizons = fc.tuple(
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(drawn.shares, drawn.age, horizons, (shares, age, parts) => {
        const at = (part: number) => {
          const { quantiles } = sized({ ...post(shares, age), horizon: age * (WEEK / age) ** part });
          return Object.values(quantiles);
        };
        const [soon, end] = [at(Math.min(...parts)), at(1)];
        for (const [level, value] of soon.entries()) expect(value).toBeLessThanOrEqual((end[level] ?? 0) + 0.2);
      }),
      { numRuns: 25 },
    );
  });

  it('are told apart from those of any post where only what is known of those learned from makes them many', () => {
    const note = ({ notes }: { notes: readonly string[] }) =>
      notes.find((one) => one.includes('any post that grew so'));
    const slow = sized(post(900, 10_800));
    expect(slow.quantiles['0.1']).toBeGreaterThan(1900);
    expect(note(slow)).toMatch(/^taken for a post that ends above 2000 shares.* would come to \d+, and pass 2000 with/);
    expect(note(sized(post(6000, 10_800)))).toBeUndefined();
    const small = sized(post(4, 86_400));
    expect(small.median).toBeLessThan(100);
    expect(note(small)).toBeUndefined();
  });
});

describe('what is told of the video of a launch', () => {
  const launch: Partial<SpikeRequest> = {
    kind: 'orders',
    observedUntil: 86_400,
    horizon: 1_209_600,
    counts: [[86_400, 80]],
    signals: { views: [[86_400, 300_000]], likes: [[86_400, 9000]], comments: [[86_400, 400]] },
  };
  const told = (attributes: SpikeRequest['attributes']) => sized({ ...launch, attributes });

  it('is left aside, and said to be, where its views cannot go with the orders', () => {
    const alone = sized({ ...launch, signals: {} });
    const note = /^orders and views do not go together/;
    for (const views of [0, 40, 1e12]) {
      const odd = sized({ ...launch, signals: { views: [[86_400, views]] } });
      expect(odd.quantiles, `${views} views`).toEqual(alone.quantiles);
      expect(odd.notes).toContainEqual(expect.stringMatching(note));
    }
    const fitting = sized(launch);
    expect(fitting.quantiles).not.toEqual(alone.quantiles);
    expect(fitting.notes).not.toContainEqual(expect.stringMatching(note));
  });

  it('counts by the names of the platform as well', () => {
    const ours = told({ category: '10', durationSeconds: '215' });
    expect(told({ cat: 10, dur_s: 215 })).toEqual(ours);
    expect(told({ category: 10, cat: 20, durationSeconds: 215 }).quantiles).toEqual(ours.quantiles);
    expect(told({ category: 20, durationSeconds: 215 }).quantiles).not.toEqual(ours.quantiles);
  });

  it('is guessed where it is absent, and not taken for 0', () => {
    const absent = told({ price: '12.90' });
    expect(told({ category: '', durationSeconds: 'unknown' }).quantiles).toEqual(absent.quantiles);
    expect(told({ category: 0, durationSeconds: 0 }).quantiles).not.toEqual(absent.quantiles);
  });

  it('is asked for where it would narrow the answer', () => {
    const asks = (attributes: SpikeRequest['attributes']) =>
      told(attributes).needs.some((need) => need.startsWith('category and durationSeconds'));
    expect(asks({ price: '12.90' })).toBe(true);
    expect(asks({ cat: 10 })).toBe(true);
    expect(asks({ cat: 10, dur_s: 215 })).toBe(false);
  });
});

describe('likes that a platform takes back', () => {
  it('are no fault', () => {
    const likes: [number, number][] = [
      [86_400, 60],
      [172_800, 58],
    ];
    const views: [number, number][] = [
      [86_400, 9000],
      [172_800, 12_000],
    ];
    const counts: [number, number][] = [
      [86_400, 9],
      [172_800, 14],
    ];
    const launch = { kind: 'orders' as const, observedUntil: 172_800, horizon: 1_209_600, counts };
    expect(sized({ ...launch, signals: { views, likes } }).median).toBeGreaterThan(14);
  });
});

describe('a request without sense', () => {
  it.each([
    ['events and counts', { events: [], counts: [[60, 1]] }, 'counts'],
    ['neither', {}, 'counts'],
    [
      'a reading from the future',
      {
        counts: [
          [60, 1],
          [3700, 2],
        ],
      },
      'counts[1]',
    ],
    ['an event from the future', { events: [[3601, 1]] }, 'events[0]'],
    [
      'counts that fall',
      {
        counts: [
          [60, 5],
          [120, 4],
        ],
      },
      'counts[1]',
    ],
    [
      'times out of order',
      {
        events: [
          [90, 1],
          [60, 1],
        ],
      },
      'events[1]',
    ],
    [
      'a reading twice',
      {
        counts: [
          [60, 1],
          [60, 1],
        ],
      },
      'counts[1]',
    ],
    ['a horizon in the past', { counts: [[60, 1]], horizon: 3600 }, 'horizon'],
    ['a horizon out of sight', { counts: [[3600, 10]], horizon: 1e9 }, 'horizon'],
    ['counts without a reading', { counts: [] }, 'counts'],
    [
      'a signal out of order',
      {
        counts: [[60, 1]],
        signals: {
          views: [
            [90, 3],
            [60, 9],
          ],
        },
      },
      'signals.views[1]',
    ],
  ] as const)('is refused by name: %s', (_, request, field) => {
    expect(ask(request as unknown as Partial<SpikeRequest>)).toMatchObject({ ok: false, error: { field } });
  });
});
