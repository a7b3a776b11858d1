import { ArrivalBelief } from './arrival-belief.ts';
import { HitsBelief } from './hits-belief.ts';
import { type EvidenceBelief, type LaunchPosterior, posteriorOf, posteriorOfRows } from './launch-belief.ts';
import { LaunchPrior } from './launch-prior.ts';
import type { PastLaunch, PresaleModelRecord } from './past-launch.ts';
import { PreorderBelief } from './preorder-belief.ts';
import type { PresaleLine } from './presale-line.ts';
import { ReachBelief } from './reach-belief.ts';
import type { Sighting } from './sighting.ts';
import { bestOrder, demandPaths, type StockCosts } from './stock-order.ts';

/** What a launch has been answered so far: units by region and day of arrival. */
type Sent = Map<string, Map<number, number>>;

interface Going {
  line: PresaleLine;
  readonly sent: Sent;
  learned: boolean;
}

/** Answers, for launch after launch and day after day, how much stock to send by air to each region, and learns from launches that are over. */
export class PresaleDesk {
  readonly #model: PresaleModelRecord;
  readonly #prior: LaunchPrior;
  readonly #belief: EvidenceBelief;
  readonly #going = new Map<string | number, Going>();

  constructor(model: PresaleModelRecord) {
    this.#model = model;
    this.#prior = new LaunchPrior(model.launches, model.kernel, model.horizonDays);
    this.#belief = {
      preorders: new PreorderBelief(),
      arrival: new ArrivalBelief(),
      reach: new ReachBelief(),
      hits: new HitsBelief(),
    };
  }

  /** Units to send at the end of the line's day, by region. */
  answer(line: PresaleLine): Record<string, number> {
    const going = this.#follow(line);
    const quantities = Object.fromEntries(this.regions(line).map((region) => [region, 0]));
    const arrival = line.day + line.lead;
    if (arrival < 0 || arrival >= this.#model.horizonDays) return quantities;
    const sighting = this.sighting(line);
    const posterior = posteriorOf(this.#prior, this.#belief, sighting);
    for (const [index, region] of this.regions(line).entries()) {
      const sent = going.sent.get(region) ?? new Map<number, number>();
      const ahead = { day: line.day, stock: line.stock[region] ?? 0, arriving: arriving(sent, line, region) };
      const { quantity } = bestOrder(demandPaths(posterior, index, seenIn(sighting, index)), ahead, {
        arrival,
        costs: costsOf(line),
      });
      quantities[region] = quantity;
      if (quantity > 0) going.sent.set(region, sent.set(arrival, quantity));
    }
    return quantities;
  }

  /** Names of the regions of a launch, as its stock names them. */
  regions(line: PresaleLine): string[] {
    return Object.keys(line.stock);
  }

  /** What is thought of a launch's orders. */
  posterior(line: PresaleLine): LaunchPosterior {
    return posteriorOf(this.#prior, this.#belief, this.sighting(line));
  }

  #follow(line: PresaleLine): Going {
    const known = this.#going.get(line.launch);
    if (known) {
      known.line = line;
      return known;
    }
    for (const [launch, going] of this.#going) {
      if (!going.line.rows.some(({ day }) => day >= 0)) continue;
      this.learn(going.line);
      this.#going.delete(launch);
    }
    const going = { line, sent: new Map(), learned: false };
    this.#going.set(line.launch, going);
    return going;
  }

  /** Learns from a launch that is over, or nearly so; what its last days will bring is extrapolated. */
  learn(line: PresaleLine): void {
    const sighting = this.sighting(line);
    if (!sighting.since) return;
    const { orders, views } = outcome(posteriorOfRows(this.#prior, sighting), sighting.since);
    const { preorders, reach, hits } = sighting;
    if (preorders) {
      this.#belief.preorders.learn(
        preorders.byRegion.map((count, region) => ({ preorders: count, orders: orders[region] as number })),
      );
      this.#belief.arrival.learn(preorders.daily, preorders.elapsed);
    }
    if (reach !== undefined) this.#belief.reach.learn(Math.log(views), Math.log(reach));
    const total = orders.reduce((sum, value) => sum + value, 0);
    if (hits) this.#belief.hits.learn(Math.log(1 + total), hits);
    this.#prior.add(pastLaunch(line, sighting, { orders, views, days: this.#model.horizonDays }));
  }

  sighting(line: PresaleLine): Sighting {
    const regions = this.regions(line);
    const { opens } = this.#model;
    const before = line.evidence.filter(
      ({ day, preorders_cum }) => day < 0 && day >= opens && preorders_cum !== undefined,
    );
    const days = [...new Set(before.map(({ day }) => day))].toSorted((one, other) => one - other);
    const counted = (region: string, upTo: number): number =>
      before.reduce(
        (most, row) => (row.region === region && row.day <= upTo ? Math.max(most, row.preorders_cum ?? 0) : most),
        0,
      );
    const byDay = days.map((day) => regions.reduce((sum, region) => sum + counted(region, day), 0));
    const latest = line.evidence.at(-1);
    const launched = line.rows.filter(({ day }) => day >= 0);
    return {
      regions,
      ...(days.length > 0 && {
        preorders: {
          byRegion: regions.map((region) => Math.round(counted(region, -1))),
          daily: byDay.map((count, at) => count - (byDay[at - 1] ?? 0)),
          elapsed: days.map((day) => (day - opens + 1) / -opens),
        },
      }),
      ...(latest?.reach_stated && { reach: latest.reach_stated }),
      ...(latest?.past_launches && { hits: { hits: latest.past_hits ?? 0, launches: latest.past_launches } }),
      ...(launched.length > 0 && {
        since: {
          day: Math.max(...launched.map(({ day }) => day)),
          orders: regions.map((region) =>
            Math.round(launched.reduce((sum, row) => (row.region === region ? sum + row.orders : sum), 0)),
          ),
          views: Math.max(...launched.map(({ views_cum }) => views_cum ?? 0)),
        },
      }),
    };
  }
}

const seenIn = ({ since }: Sighting, region: number) =>
  since && { day: since.day, orders: since.orders[region] as number };

const costsOf = ({ c }: PresaleLine): StockCosts => ({
  direct: c.d,
  air: c.a,
  perOrder: c.Fa,
  holding: c.h,
  leftover: c.left,
});

/** What is on its way by day: as answered before; what else the line knows of comes tomorrow. */
const arriving = (sent: ReadonlyMap<number, number>, { day, pipeline }: PresaleLine, region: string) => {
  const ahead = new Map([...sent].filter(([arrival]) => arrival > day));
  const known = [...ahead.values()].reduce((sum, units) => sum + units, 0);
  const rest = (pipeline?.[region] ?? known) - known;
  if (rest > 0) ahead.set(day + 1, (ahead.get(day + 1) ?? 0) + rest);
  return ahead;
};

/** Orders by region and views of a launch in all: what has been seen over the share that launches like it had seen by then. */
const outcome = (
  { sum, weights }: LaunchPosterior,
  { day, orders, views }: NonNullable<Sighting['since']>,
): { orders: number[]; views: number } => {
  const { days, orderShare, viewShare } = sum.points;
  const width = sum.size - 2;
  const last = Math.min(day, days - 1);
  const share = (of: (at: number) => number): number =>
    weights.reduce((total, weight, at) => total + weight * of(at), 0);
  return {
    orders: orders.map(
      (count, region) => (count + HALF) / share((at) => orderShare[(at * width + region) * days + last] as number),
    ),
    views: Math.max(1, views) / share((at) => viewShare[at * days + last] as number),
  };
};

/** Orders that a region without any counts for. */
const HALF = 0.5;

/** A launch as it went, days not yet seen filled with what is expected of them. */
const pastLaunch = (
  { rows }: PresaleLine,
  { regions, since }: Sighting,
  { orders, views, days }: { orders: readonly number[]; views: number; days: number },
): PastLaunch => {
  const last = since?.day ?? -1;
  const rest = Math.max(1, days - 1 - last);
  const daily = (region: string, at: number): number[] => {
    const left = Math.max(0, (orders[at] as number) - (since?.orders[at] ?? 0));
    return Array.from({ length: days }, (_, day) =>
      day > last
        ? left / rest
        : rows.reduce((sum, row) => (row.region === region && row.day === day ? sum + row.orders : sum), 0),
    );
  };
  const seen = (day: number): number =>
    rows.reduce((most, row) => (row.day >= 0 && row.day <= day ? Math.max(most, row.views_cum ?? 0) : most), 0);
  const from = since?.views ?? 0;
  return {
    orders: Object.fromEntries(regions.map((region, at) => [region, daily(region, at)])),
    views: Array.from({ length: days }, (_, day) =>
      day <= last ? seen(day) : from + (Math.max(0, views - from) * (day - last)) / rest,
    ),
  };
};
