import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { launchOutlook, launchPlacementSchema } from './launch-outlook.ts';

const record = launchPlacementSchema.parse(
  JSON.parse(readFileSync(new URL('../../../../reference/demand/placement-launch.json', import.meta.url), 'utf8'))[0],
);
const periods = record.shape.length;
const item = (seen: number) => ({ gap: 4, horizon: periods - seen, start: 0 });
const sums = (launch: Parameters<typeof launchOutlook>[1]) =>
  launchOutlook(record, launch, item(launch.own.length)).courses.map((course) =>
    course.slice(4).reduce((sum, units) => sum + units, 0),
  );
const middle = (launch: Parameters<typeof launchOutlook>[1]) => sums(launch)[5] as number;

describe('the outlook of a launch by its views', () => {
  const own = [160, 40, 20];
  const slow = { views: [500_000, 900_000, 1_250_000], likes: [20_000, 35_000, 48_000] };
  const over = { views: [500_000, 520_000, 524_000], likes: [20_000, 20_500, 20_600] };

  it('expects more where views go on than where they are over', () => {
    const [on, done] = [slow, over].map((signals) => middle({ own, everywhere: own, signals }));
    expect(on).toBeGreaterThan(2 * (done as number));
  });

  it('gives a facility its share of what is expected everywhere', () => {
    const whole = middle({ own, everywhere: own, signals: slow });
    const part = middle({ own: own.map((units) => units / 10), everywhere: own, signals: slow });
    expect(part / whole).toBeCloseTo(0.1, 1);
  });

  it('answers views without likes', () => {
    expect(middle({ own, everywhere: own, signals: { views: slow.views } })).toBeGreaterThan(0);
  });

  it('goes by units alone where views cannot have brought them', () => {
    const alone = sums({ own, everywhere: own });
    for (const views of [own.map(() => 0), own.map(() => 1e12)])
      expect(sums({ own, everywhere: own, signals: { views } })).toEqual(alone);
  });

  it('gives finite courses in rising order, whatever was counted', () => {
    const day = fc.record({ units: fc.nat(1000), more: fc.nat(3000), views: fc.nat(2_000_000), likes: fc.nat(50_000) });
    const running = (values: number[]) =>
      values.map((_, at) => values.slice(0, at + 1).reduce((sum, one) => sum + one, 0));
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 9 }), (days) => {
        const all = sums({
          own: days.map(({ units }) => units),
          everywhere: days.map(({ units, more }) => units + more),
          signals: { views: running(days.map(({ views }) => views)), likes: running(days.map(({ likes }) => likes)) },
        });
        expect(all.every(Number.isFinite)).toBe(true);
        expect(all).toEqual(all.toSorted((one, other) => one - other));
      }),
    );
  });
});
