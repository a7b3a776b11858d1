import { generatorOf } from '@crossparcel/numerics';
import type { PresaleExplanation } from './explanation.ts';
import { type EvidenceBelief, type PosteriorPart, pooledWith, posteriorOf, posteriorParts } from './launch-belief.ts';
import type { LaunchPosterior } from './launch-posterior.ts';
import type { LaunchPrior } from './launch-prior.ts';
import { drawPreorders } from './preorder-draws.ts';
import type { PresaleLine } from './presale-line.ts';
import type { Preorders, Sighting } from './sighting.ts';
import { bestOrder, type DemandPath, demandPaths, type StockAhead, type StockOrder } from './stock-order.ts';
import { costsOf, seenIn } from './stock-position.ts';

/** What an explanation is made of. */
export interface Explained {
  readonly prior: LaunchPrior;
  readonly belief: EvidenceBelief;
  readonly line: PresaleLine;
  readonly sighting: Sighting;
  /** Stock by region, as it stands and as it is on its way. */
  readonly ahead: readonly StockAhead[];
  readonly opens: number;
  readonly horizonDays: number;
}

type Interval = { q10: number; q50: number; q90: number };

const DRAWS = 40;
const SEED = 20_261_123;
/** Counts of pre-orders looked at for a first order that pays reach up to 2^16. */
const DOUBLINGS = 16;
const HALF = 0.5;

const cents = (value: number): number => Math.round(value * 100) / 100;

const intervalOf = (paths: readonly DemandPath[], over: number): Interval => {
  const totals = paths
    .map(({ weight, daily }) => ({ weight, total: over + daily.reduce((sum, value) => sum + value, 0) }))
    .toSorted((one, other) => one.total - other.total);
  const at = (level: number): number => {
    let below = 0;
    for (const { weight, total } of totals) {
      below += weight;
      if (below >= level) return Math.round(total);
    }
    return Math.round(totals.at(-1)?.total ?? 0);
  };
  return { q10: at(0.1), q50: at(0.5), q90: at(0.9) };
};

const width = ({ q10, q90 }: Interval): number => Math.log((q90 + HALF) / (q10 + HALF));

/** Sightings in which one signal stands alone. */
const alone = ({ regions, preorders, reach, hits, since }: Sighting): [string, Sighting][] => [
  ...(preorders ? ([['pre-orders', { regions, preorders }]] as [string, Sighting][]) : []),
  ...(reach === undefined ? [] : ([['stated reach', { regions, reach }]] as [string, Sighting][])),
  ...(hits ? ([['past hits', { regions, hits }]] as [string, Sighting][]) : []),
  ...(since ? ([['orders and views since the launch', { regions, since }]] as [string, Sighting][]) : []),
];

/** Tells what is expected of a launch, what each signal is worth, what to send and why, and what waiting is worth. */
export class PresaleExplainer {
  readonly #of: Explained;
  readonly #parts: readonly PosteriorPart[];
  readonly #now: LaunchPosterior;

  constructor(explained: Explained) {
    this.#of = explained;
    const { prior, belief, sighting } = explained;
    this.#parts = posteriorParts(prior, belief, sighting);
    this.#now = pooledWith(explained, this.#parts);
  }

  explain(): PresaleExplanation {
    const { line, sighting } = this.#of;
    return {
      launch: line.launch,
      day: line.day,
      regions: sighting.regions.map((region, index) => this.#region(region, index)),
      waiting: this.#waiting(),
    };
  }

  #region(region: string, index: number): PresaleExplanation['regions'][number] {
    const { prior, belief, line, sighting } = this.#of;
    const interval = (seen: Sighting): Interval =>
      intervalOf(
        demandPaths(posteriorOf(prior, belief, seen), index, seenIn(seen, index)),
        seen.since?.orders[index] ?? 0,
      );
    const before = interval({ regions: sighting.regions });
    const expected = intervalOf(this.#paths(this.#now, index), sighting.since?.orders[index] ?? 0);
    const signals = alone(sighting).map(([signal, seen]) => {
      const found = interval(seen);
      return { signal, expected: found, narrows: cents(1 - width(found) / Math.max(1e-9, width(before))) };
    });
    const early = line.day + line.lead < 0;
    const order = this.#order(this.#now, index, line.day);
    const commitFrom = early || order.quantity > 0 ? undefined : this.#commitFrom(index);
    return {
      region,
      prior: before,
      expected,
      signals,
      quantity: early ? 0 : order.quantity,
      reason: this.#reason(order, expected, early),
      expectedSaving: cents(early ? 0 : order.saving),
      worstSaving: cents(early ? 0 : order.worst),
      decideBy: Math.max(line.day, -line.lead),
      ...(commitFrom !== undefined && { commitFrom }),
    };
  }

  #paths(posterior: LaunchPosterior, index: number): DemandPath[] {
    return demandPaths(posterior, index, seenIn(this.#of.sighting, index));
  }

  #order(posterior: LaunchPosterior, index: number, day: number): StockOrder {
    const { line, ahead, horizonDays } = this.#of;
    const arrival = day + line.lead;
    if (arrival >= horizonDays) return { quantity: 0, saving: 0, worst: 0 };
    return bestOrder(this.#paths(posterior, index), ahead[index] as StockAhead, { arrival, costs: costsOf(line) });
  }

  #reason({ quantity }: StockOrder, { q10, q50, q90 }: Interval, early: boolean): string {
    const { line } = this.#of;
    const expects = `${q50} orders are expected in all, ${q10} to ${q90} in eight cases of ten`;
    if (early) return `${expects}; an order now would be there before day 0, so that day ${-line.lead} decides`;
    const arrival = line.day + line.lead;
    if (quantity === 0)
      return `${expects}; no order that arrives for day ${arrival} is expected to earn its charge of ${line.c.Fa}`;
    return `${expects}; ${quantity} arrive for day ${arrival}: one more would cost more when it is left over than it saves when it sells`;
  }

  /** The fewest pre-orders in a region, all else as it is, from which on an order pays today. */
  #commitFrom(index: number): number | undefined {
    const { prior, belief, line, sighting } = this.#of;
    const { preorders } = sighting;
    if (!preorders || sighting.since) return undefined;
    const seen = preorders.byRegion[index] as number;
    const pays = (count: number): boolean => {
      const byRegion = preorders.byRegion.map((value, at) => (at === index ? count : value));
      const posterior = posteriorOf(prior, belief, { ...sighting, preorders: { ...preorders, byRegion } });
      return this.#order(posterior, index, line.day).quantity > 0;
    };
    let [low, high] = [seen, seen + 1];
    for (let step = 0; !pays(high); step += 1) {
      if (step === DOUBLINGS) return undefined;
      [low, high] = [high, seen + 2 ** (step + 1)];
    }
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (pays(middle)) high = middle;
      else low = middle;
    }
    return high;
  }

  #saving(posterior: LaunchPosterior, day: number): number {
    const { regions } = this.#of.sighting;
    return regions.reduce((sum, _, index) => sum + Math.max(0, this.#order(posterior, index, day).saving), 0);
  }

  /** Preposterior analysis (Raiffa and Schlaifer 1961): pre-orders of more days are drawn, and the order is sized anew each time. */
  #waiting(): PresaleExplanation['waiting'] {
    const { line, sighting, opens } = this.#of;
    if (!sighting.preorders || sighting.since) return [];
    const best = Math.max(line.day, -line.lead);
    const ends = [...new Set([best, line.day + 1, -1])]
      .filter((day) => day > line.day && day < 0)
      .toSorted((a, b) => a - b);
    const now = this.#saving(this.#now, best);
    return ends.map((end) => {
      const days = end - line.day;
      const elapsed = Array.from({ length: days }, (_, at) => (line.day + at + 1 - opens + 1) / -opens);
      const draws = this.#draws(sighting.preorders as Preorders, elapsed);
      const later = draws.map(({ posterior }) => this.#saving(posterior, Math.max(end, best)));
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      return { days, preorders: Math.round(mean(draws.map(({ total }) => total))), value: cents(mean(later) - now) };
    });
  }

  #draws(seen: Preorders, elapsed: readonly number[]): { posterior: LaunchPosterior; total: number }[] {
    const { prior, belief, sighting } = this.#of;
    const generator = generatorOf(SEED);
    const hand = belief.arrival.inHand(seen.daily, seen.elapsed);
    return Array.from({ length: DRAWS }, () => {
      const preorders = drawPreorders(this.#parts, seen, { elapsed, hand }, generator);
      const total = preorders.byRegion.reduce((sum, count) => sum + count, 0);
      return { posterior: posteriorOf(prior, belief, { ...sighting, preorders }), total };
    });
  }
}
