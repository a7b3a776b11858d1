import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArrivalBelief } from './arrival-belief.ts';
import { EvidenceRegression } from './evidence-regression.ts';
import { HitsBelief } from './hits-belief.ts';
import { type EvidenceBelief, posteriorOf } from './launch-belief.ts';
import { LaunchPrior } from './launch-prior.ts';
import type { PastLaunch, PresaleModelRecord } from './past-launch.ts';
import { momentsOf, pooled } from './pooled-posterior.ts';
import { PreorderBelief } from './preorder-belief.ts';
import { PresaleDesk } from './presale-desk.ts';
import { type PresaleLine, presaleLineSchema } from './presale-line.ts';
import { ReachBelief } from './reach-belief.ts';
import { type Sighting, sightingOf } from './sighting.ts';
import { bestOrder, demandPaths } from './stock-order.ts';
import { type Tilted, tiltByCount } from './tilted-normal.ts';

const DAYS = 14;
const fading = Array.from({ length: DAYS }, (_, day) => 0.7 ** day);
const whole = fading.reduce((sum, value) => sum + value, 0);
const past = (size: number, lean: number): PastLaunch => {
  const daily = (share: number) => fading.map((value) => Math.round((size * share * value) / whole));
  let views = 0;
  return {
    orders: { GB: daily(0.2 * lean), EU: daily(1 - 0.2 * lean) },
    views: fading.map((value) => {
      views += (1e3 * size * value) / whole;
      return views;
    }),
  };
};
const launches = Array.from({ length: 40 }, (_, at) => past(Math.round(20 * 1.2 ** at), 0.5 + (at % 5) / 5));
const model: PresaleModelRecord = {
  id: 'trial',
  validFrom: '2026-01-01',
  validTo: null,
  readOn: '2026-01-01',
  confidence: 'illustrative',
  source: 'trial',
  horizonDays: DAYS,
  opens: -10,
  kernel: { size: 0.3, appeal: 0.3, region: 0.3, views: 0.2 },
  launches,
};
const prior = () => new LaunchPrior(launches, model.kernel, DAYS);
const naive = (): EvidenceBelief => ({
  preorders: new PreorderBelief(),
  arrival: new ArrivalBelief(),
  reach: new ReachBelief(),
  hits: new HitsBelief(),
  regression: new EvidenceRegression(),
});

const seenAt = (day: number, gb: number, eu: number, more: Partial<Sighting> = {}): Sighting => {
  const days = Array.from({ length: day + 11 }, (_, at) => (at + 1) / 10);
  return {
    regions: ['GB', 'EU'],
    preorders: { byRegion: [gb, eu], daily: days.map(() => (gb + eu) / days.length), elapsed: days },
    ...more,
  };
};
const totalsOf = (sighting: Sighting, region: number) => {
  const paths = demandPaths(posteriorOf(prior(), naive(), sighting), region);
  const totals = paths.map(({ weight, daily }) => ({ weight, total: daily.reduce((sum, one) => sum + one, 0) }));
  const mean = totals.reduce((sum, { weight, total }) => sum + weight * Math.log(total), 0);
  const variance = totals.reduce((sum, { weight, total }) => sum + weight * (Math.log(total) - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(variance) };
};

const line = (over: Partial<PresaleLine> & { pre?: readonly [number, number]; order?: readonly string[] } = {}) => {
  const { pre = [40, 160], order = ['GB', 'EU'], ...fields } = over;
  const day = fields.day ?? -5;
  const counts: Record<string, number> = { GB: pre[0], EU: pre[1] };
  const evidence = Array.from({ length: Math.max(0, Math.min(-1, day) + 11) }, (_, at) =>
    order.map((region) => ({
      day: at - 10,
      region,
      preorders_cum: Math.round(((counts[region] ?? 0) * (at + 1)) / (Math.min(-1, day) + 11)),
    })),
  ).flat();
  return {
    launch: 1,
    day,
    rows: [],
    evidence,
    stock: Object.fromEntries(order.map((region) => [region, 0])),
    pipeline: Object.fromEntries(order.map((region) => [region, 0])),
    c: { d: 1.5, a: 1, Fa: 25, h: 0.005, left: 1 },
    lead: 5,
    ...fields,
  } satisfies PresaleLine;
};

describe('a launch in the light of evidence', () => {
  it('is thought bigger the more pre-orders there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 5, max: 400 }), (few, more) => {
        const one = totalsOf(seenAt(-5, 5, few), 1).mean;
        expect(totalsOf(seenAt(-5, 5, few + more), 1).mean).toBeGreaterThanOrEqual(one - 0.02);
      }),
      { numRuns: 20 },
    );
  });

  it('is as past launches were when nothing is known of it', () => {
    const { mean } = totalsOf({ regions: ['GB', 'EU'] }, 1);
    const logs = launches.map(({ orders }) => Math.log((orders.EU ?? []).reduce((sum, one) => sum + one, 0.5)));
    expect(mean).toBeCloseTo(logs.reduce((sum, one) => sum + one, 0) / logs.length, 6);
    expect(sightingOf({ ...line({ day: -12 }), evidence: [] }, -10)).toEqual({ regions: ['GB', 'EU'] });
  });

  it('is known better with evidence than without, for launches as they were and pre-orders in proportion', () => {
    const without = totalsOf({ regions: ['GB', 'EU'] }, 1).deviation;
    const widths = launches.map(({ orders }) => {
      const [gb = 0, eu = 0] = ['GB', 'EU'].map((region) =>
        Math.round(0.04 * (orders[region] ?? []).reduce((sum, one) => sum + one, 0)),
      );
      return totalsOf(seenAt(-1, gb, eu, { hits: { hits: 4, launches: 8 } }), 1).deviation;
    });
    expect(widths.reduce((sum, one) => sum + one, 0) / widths.length).toBeLessThan(0.8 * without);
  });

  it('learns what pre-orders are worth from launches that are over', () => {
    const belief = new PreorderBelief();
    for (let at = 0; at < 40; at += 1)
      belief.learn([
        { preorders: at % 2 ? 190 : 210, orders: 1000 },
        { preorders: 80, orders: 400 },
      ]);
    const [likeliest] = belief.shares();
    expect(Math.exp(likeliest?.mean ?? 0)).toBeCloseTo(0.2, 1);
    expect(likeliest?.variance).toBeLessThan(0.1);
    expect(belief.shares().reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  });

  it('takes slow starts of pre-orders into account, and tells them from quick ones', () => {
    const elapsed = [0.1, 0.2, 0.3, 0.4, 0.5];
    const part = (daily: number[]) => Math.exp(new ArrivalBelief().inHand(daily, elapsed).mean);
    expect(part([5, 15, 25, 35, 45])).toBeLessThan(part([25, 25, 25, 25, 25]));
    expect(part([25, 25, 25, 25, 25])).toBeLessThan(part([60, 25, 18, 12, 10]));
  });
});

describe('a normal tilted by a count', () => {
  it('has the mean that numerical integration gives, and is no wider than before', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 5, noNaN: true }),
        fc.double({ min: 0.1, max: 1.2, noNaN: true }),
        fc.integer({ min: 0, max: 30 }),
        (mean, deviation, count) => {
          // Further out the normal that stands for a large count bends the wrong way.
          fc.pre(Math.abs(Math.log(count + 0.5) - mean) < Math.max(0.5, 1.5 * deviation));
          const tilted: Tilted = { logEvidence: 0, mean: 0, variance: 0 };
          tiltByCount(mean, deviation ** 2, count, tilted);
          let [sum, first] = [0, 0];
          for (let z = -7; z <= 7; z += 0.01) {
            const log = mean + deviation * z;
            const weight = Math.exp(-0.5 * z * z + count * log - Math.exp(log) - count * mean + Math.exp(mean));
            sum += weight;
            first += weight * log;
          }
          expect(Math.abs(tilted.mean - first / sum)).toBeLessThan(0.1);
          expect(tilted.variance).toBeLessThanOrEqual(deviation ** 2 * 1.001);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('an order', () => {
  const costs = { direct: 1.5, air: 1, perOrder: 25, holding: 0.005, leftover: 1 };
  const paths = (totals: readonly number[]) =>
    totals.map((total) => ({
      weight: 1 / totals.length,
      daily: Float64Array.from(fading, (value) => (total * value) / whole),
    }));
  const ahead = { day: -5, stock: 0, arriving: new Map<number, number>() };

  it('costs no more in the mean than any other quantity', () => {
    const totals = fc.array(fc.double({ min: 0, max: 3000, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(totals, fc.integer({ min: 0, max: 3500 }), (all, other) => {
        const saved = (quantity: number): number =>
          paths(all).reduce((sum, { weight, daily }) => {
            let [stock, saving] = [quantity, -costs.perOrder - costs.air * quantity];
            for (const wanted of daily) {
              const served = Math.min(stock, wanted);
              stock -= served;
              saving += served * costs.direct - stock * costs.holding;
            }
            return sum + weight * (saving - stock * costs.leftover);
          }, 0);
        const { quantity, saving } = bestOrder(paths(all), ahead, { arrival: 0, costs });
        expect(saving).toBeGreaterThanOrEqual(Math.max(0, saved(other)) - 1);
        if (quantity > 0) expect(saving).toBeCloseTo(saved(quantity), 6);
      }),
      { numRuns: 200 },
    );
  });

  it('leaves to stock on its way what that will serve', () => {
    const all = paths([1000]);
    const bare = bestOrder(all, ahead, { arrival: 0, costs });
    const backed = bestOrder(all, { ...ahead, arriving: new Map([[0, 600]]) }, { arrival: 0, costs });
    expect(backed.quantity).toBeLessThanOrEqual(bare.quantity - 500);
    expect(bestOrder(all, { ...ahead, stock: 1000 }, { arrival: 0, costs }).quantity).toBe(0);
  });
});

describe('the desk', () => {
  it('answers whole, non-negative numbers, the same each time', () => {
    const answers = () => {
      const desk = new PresaleDesk(model);
      return [-12, -6, -5, -3, -1].map((day) => desk.answer(line({ day })));
    };
    const first = answers();
    expect(answers()).toEqual(first);
    for (const units of first.flatMap((one) => Object.values(one))) {
      expect(Number.isInteger(units)).toBe(true);
      expect(units).toBeGreaterThanOrEqual(0);
    }
    expect(first[0]).toEqual({ GB: 0, EU: 0 });
    expect(first[2]?.EU).toBeGreaterThan(0);
  });

  it('does not care in which order regions come', () => {
    const one = new PresaleDesk(model).answer(line());
    const other = new PresaleDesk(model).answer(line({ order: ['EU', 'GB'] }));
    expect(Object.keys(other)).toEqual(['EU', 'GB']);
    for (const region of ['GB', 'EU'])
      expect(Math.abs((one[region] ?? 0) - (other[region] ?? 0))).toBeLessThanOrEqual(3);
  });

  it('takes regions that no past launch names', () => {
    const asked = line();
    const evidence = asked.evidence.map((row) => ({ ...row, region: 'BR' }));
    const answer = new PresaleDesk(model).answer({ ...asked, evidence, stock: { BR: 0 }, pipeline: {} });
    expect(Object.keys(answer)).toEqual(['BR']);
    expect(Number.isInteger(answer.BR)).toBe(true);
  });

  it('sends nothing without evidence when past launches were small', () => {
    const small = { ...model, launches: [past(30, 1), past(50, 1), past(40, 0.6)] };
    expect(new PresaleDesk(small).answer(line({ evidence: [] }))).toEqual({ GB: 0, EU: 0 });
  });

  it('learns from launches that are over that pre-orders are worth more, and sends less for as many', () => {
    const first = new PresaleDesk(model).answer(line({ launch: 99 })).EU ?? 0;
    const desk = new PresaleDesk(model);
    for (let launch = 1; launch <= 12; launch += 1) {
      const rows = Array.from({ length: 9 }, (_, day) => [
        { day, region: 'GB', orders: Math.round((40 * 0.7 ** day * 0.3) / 0.1), views_cum: 5e5 },
        { day, region: 'EU', orders: Math.round((160 * 0.7 ** day * 0.3) / 0.1), views_cum: 5e5 },
      ]).flat();
      // Three orders a pre-order, where some twenty-five are usual.
      desk.answer(line({ launch, day: 8, rows, pre: [150, 600] }));
    }
    expect(desk.answer(line({ launch: 99 })).EU).toBeLessThan(first);
  });

  it('explains a line by intervals that evidence narrows, and says when to decide', () => {
    const { regions, waiting } = new PresaleDesk(model).explain(line({ day: -7 }));
    for (const { prior: before, expected, signals, decideBy, quantity } of regions) {
      expect(before.q10).toBeLessThanOrEqual(before.q50);
      expect(Math.log((expected.q90 + 1) / (expected.q10 + 1))).toBeLessThan(
        Math.log((before.q90 + 1) / (before.q10 + 1)),
      );
      expect(signals.map(({ signal }) => signal)).toEqual(['pre-orders']);
      expect(decideBy).toBe(-5);
      expect(quantity).toBe(0);
    }
    expect(waiting.map(({ days }) => days)).toEqual([1, 2, 6]);
  });

  it('tells from how many pre-orders on an order pays', () => {
    const few = line({ pre: [1, 2], day: -5 });
    const [, region] = new PresaleDesk(model).explain(few).regions;
    expect(region?.quantity).toBe(0);
    const from = region?.commitFrom ?? 0;
    expect(from).toBeGreaterThan(2);
    expect(new PresaleDesk(model).answer(line({ pre: [1, 4 * from], day: -5 })).EU).toBeGreaterThan(0);
  });
});

describe('a line', () => {
  it('may have more fields than are known', () => {
    expect(presaleLineSchema.safeParse({ ...line(), weather: 'fine' }).success).toBe(true);
  });
});

describe('regression beside the model', () => {
  const regions = ['GB', 'EU'];
  const taught = (ratio: number, launched: number) => {
    const regression = new EvidenceRegression();
    for (let at = 0; at < launched; at += 1) {
      const [gb, eu] = [5 + 3 * at, 8 + ((7 * at) % 40)];
      regression.learn(seenAt(-5, gb, eu), [ratio * gb, ratio * eu]);
    }
    return regression;
  };

  it('finds what a pre-order stands for, and has more say the more launches have ended', () => {
    const early = taught(9, 5).expect(seenAt(-5, 60, 30))?.(0);
    const late = taught(9, 120).expect(seenAt(-5, 60, 30))?.(0);
    expect(Math.exp(late?.mean ?? 0) / (9 * 60)).toBeGreaterThan(0.85);
    expect(Math.exp(late?.mean ?? 0) / (9 * 60)).toBeLessThan(1.15);
    expect(late?.weight).toBeGreaterThan(early?.weight ?? 1);
    expect(late?.weight).toBeLessThan(0.5);
    expect(late?.variance).toBeLessThan(early?.variance ?? 0);
  });

  it('says nothing of days and signals not seen before, nor of regions with hardly a pre-order', () => {
    const regression = taught(9, 20);
    expect(regression.expect(seenAt(-4, 60, 30))).toBeUndefined();
    expect(regression.expect(seenAt(-5, 60, 30, { reach: 1e6 }))).toBeUndefined();
    expect(regression.expect(seenAt(-5, 1, 30))?.(0)).toBeUndefined();
  });

  it('draws a posterior towards it by its weight, in place and in width', () => {
    const own = posteriorOf(prior(), naive(), seenAt(-5, 60, 30));
    const before = momentsOf(own, regions.length, 0);
    const after = momentsOf(
      pooled(own, (region) => (region === 0 ? { mean: before.mean - 1, variance: 0.04, weight: 0.25 } : undefined)),
      regions.length,
      0,
    );
    expect(after.mean).toBeCloseTo(before.mean - 0.25, 6);
    expect(after.deviation).toBeCloseTo(0.75 * before.deviation + 0.25 * 0.2, 6);
  });

  it('leaves less of its pull the more of the launch has been seen', () => {
    const belief = (regression: EvidenceRegression): EvidenceBelief => ({ ...naive(), regression });
    const pull = (sighting: Sighting) => {
      const [without, beside] = [new EvidenceRegression(), taught(5, 120)].map(
        (regression) => momentsOf(posteriorOf(prior(), belief(regression), sighting), regions.length, 0).mean,
      ) as [number, number];
      return without - beside;
    };
    const before = seenAt(-5, 60, 30);
    const since = { ...before, since: { day: 6, orders: [500, 250], views: 4e5 } };
    expect(pull(before)).toBeGreaterThan(0.1);
    expect(Math.abs(pull(since))).toBeLessThan(0.5 * pull(before));
  });
});
