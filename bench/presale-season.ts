import type { PresaleLine } from '@crossparcel/demand';
import { LAUNCH_DAYS, type PresaleLaunch } from './presale-data.ts';

/** The first day on which stock may be ordered, before day 0. */
const FIRST_DAY = -14;

/** Unit costs by price, in GBP: direct, air, an air order, holding a day, left over. */
const costsOf = (price: number): PresaleLine['c'] => ({
  d: 0.9 + 0.11 * price,
  a: 0.75 + 0.04 * price,
  Fa: 25,
  h: (0.02 + 0.002 * price) / 7,
  left: 0.1 + 0.2 * price,
});

/** What a launch cost all direct, with the policy, and with stock before it sent by one who knew all. */
export interface SeasonCost {
  readonly direct: number;
  readonly policy: number;
  readonly clairvoyant: number;
}

const ordersOf = ({ rows }: PresaleLaunch, region: string): number[] => {
  const daily = new Array<number>(LAUNCH_DAYS).fill(0);
  for (const row of rows) if (row.region === region && row.day >= 0) daily[row.day] = row.orders;
  return daily;
};

/** The least that a region's orders cost when all is known and stock may be there from day 0 on. */
const clairvoyantCost = (daily: readonly number[], { d, a, Fa, h }: PresaleLine['c']): number => {
  let least = new Map([[-1, 0]]);
  for (const [day, orders] of daily.entries()) {
    const next = new Map<number, number>();
    for (const [shipped, cost] of least)
      for (const now of [shipped, day]) {
        const unit = now >= 0 ? Math.min(d, a + h * (day - now)) : d;
        const total = cost + (now === day ? Fa : 0) + unit * orders;
        next.set(now, Math.min(total, next.get(now) ?? Number.POSITIVE_INFINITY));
      }
    least = next;
  }
  return Math.min(...least.values());
};

/** Runs a launch through a policy that is asked for units by region at the end of each day. */
export const runLaunch = (
  launch: PresaleLaunch,
  evidence: PresaleLine['evidence'],
  { lead, answer }: { lead: number; answer: (line: PresaleLine) => Record<string, number> },
): SeasonCost => {
  const c = costsOf(launch.price);
  const regions = [...new Set(launch.rows.map(({ region }) => region))];
  const daily = new Map(regions.map((region) => [region, ordersOf(launch, region)]));
  const stock = Object.fromEntries(regions.map((region) => [region, 0]));
  const arriving = new Map(regions.map((region) => [region, new Map<number, number>()]));
  const of = (region: string, day: number): number => daily.get(region)?.[day] ?? 0;
  let [direct, policy] = [0, 0];
  for (let day = FIRST_DAY; day < LAUNCH_DAYS; day += 1) {
    for (const region of regions) {
      const held = (stock[region] ?? 0) + (arriving.get(region)?.get(day) ?? 0);
      arriving.get(region)?.delete(day);
      const orders = day < 0 ? 0 : of(region, day);
      const local = Math.min(orders, held);
      stock[region] = held - local;
      direct += orders * c.d;
      policy += (orders - local) * c.d + (held - local) * c.h;
    }
    if (day + lead >= LAUNCH_DAYS) continue;
    const pipeline = Object.fromEntries(
      [...arriving].map(([region, coming]) => [region, [...coming.values()].reduce((sum, units) => sum + units, 0)]),
    );
    const sent = answer({
      launch: launch.id,
      day,
      price: launch.price,
      rows: launch.rows.filter((row) => row.day <= day),
      evidence: evidence.filter((row) => row.day <= day),
      stock: { ...stock },
      pipeline,
      c,
      lead,
    });
    for (const region of regions) {
      const units = sent[region] ?? 0;
      if (units > 0) arriving.get(region)?.set(day + lead, units);
      policy += units > 0 ? c.Fa + c.a * units : 0;
    }
  }
  for (const units of Object.values(stock)) policy += units * c.left;
  const clairvoyant = regions.reduce((sum, region) => sum + clairvoyantCost(daily.get(region) ?? [], c), 0);
  return { direct, policy, clairvoyant };
};

/** The last line of a launch, by which it is learned from. */
export const lastLine = (launch: PresaleLaunch, evidence: PresaleLine['evidence'], lead: number): PresaleLine => {
  const day = LAUNCH_DAYS - 1 - lead;
  return {
    launch: launch.id,
    day,
    rows: launch.rows.filter((row) => row.day <= day),
    evidence: evidence.filter((row) => row.day <= day),
    stock: Object.fromEntries(launch.rows.map(({ region }) => [region, 0])),
    c: costsOf(launch.price),
    lead,
  };
};
