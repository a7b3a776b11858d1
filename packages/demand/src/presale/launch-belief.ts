import type { ArrivalBelief } from './arrival-belief.ts';
import type { EvidenceRegression } from './evidence-regression.ts';
import { GaussianSum } from './gaussian-sum.ts';
import type { HitsBelief } from './hits-belief.ts';
import type { LaunchPosterior } from './launch-posterior.ts';
import type { LaunchPrior } from './launch-prior.ts';
import { carried, pooled } from './pooled-posterior.ts';
import type { PreorderBelief } from './preorder-belief.ts';
import type { ReachBelief } from './reach-belief.ts';
import type { Sighting } from './sighting.ts';

/** What evidence is worth, as learned from launches that are over. */
export interface EvidenceBelief {
  readonly preorders: PreorderBelief;
  readonly arrival: ArrivalBelief;
  readonly reach: ReachBelief;
  readonly hits: HitsBelief;
  readonly regression: EvidenceRegression;
}

/** How far the build-up of a launch strays from that of the past launch beside it, as a standard deviation of logarithms. */
const STRAY = { orders: 0.5, views: 0.5, least: 0.05 };

const stray = (share: number, most: number): number => (STRAY.least + most * (1 - share)) ** 2;

/** The prior seen in the light of orders and views since the launch. */
const withRows = (prior: LaunchPrior, { regions, since }: Sighting): GaussianSum => {
  const points = prior.points(regions);
  const sum = GaussianSum.of(points);
  if (!since) return sum;
  const { days, count } = points;
  const day = Math.min(since.day, days - 1);
  const width = regions.length;
  const shareAt = (at: number, region: number): number =>
    points.orderShare[(at * width + region) * days + day] as number;
  for (let region = 0; region < width; region += 1) {
    let middle = 0;
    for (let at = 0; at < count; at += 1) middle += shareAt(at, region) / count;
    sum.observeCount([region, -1], {
      count: since.orders[region] as number,
      noise: stray(middle, STRAY.orders),
      offsets: (at) => Math.log(shareAt(at, region)),
      stray: 0.1,
    });
  }
  if (since.views > 0)
    sum.observeEach(width, Math.log(since.views), (at) => {
      const share = points.viewShare[at * days + day] as number;
      return { offset: Math.log(share), noise: stray(share, STRAY.views) };
    });
  return sum;
};

const middleViews = (sum: GaussianSum): number => {
  const views = sum.points.regions.length;
  let total = 0;
  for (let at = 0; at < sum.points.count; at += 1) total += sum.means[at * sum.size + views] as number;
  return total / sum.points.count;
};

const logOrders = (sum: GaussianSum, at: number): number => {
  let total = 0;
  for (let region = 0; region < sum.size - 2; region += 1)
    total += Math.exp(sum.means[at * sum.size + region] as number);
  return Math.log(1 + total);
};

/** One posterior out of several, each with its weight: members of one past launch become one normal by their moments. */
const merged = (parts: readonly { readonly sum: GaussianSum; readonly weight: number }[]): LaunchPosterior => {
  const first = parts[0] as { readonly sum: GaussianSum };
  const { size, points } = first.sum;
  const [count, width] = [points.count, size - 2];
  const best = Math.max(
    ...parts.map(({ sum }) =>
      sum.members.reduce((most, at) => Math.max(most, sum.logWeights[at] as number), -Infinity),
    ),
  );
  const weights = new Float64Array(count);
  const means = new Float64Array(count * width);
  const variances = new Float64Array(count * width);
  for (const { sum, weight } of parts)
    for (const at of sum.members) {
      const part = weight * Math.exp((sum.logWeights[at] as number) - best);
      weights[at] = (weights[at] as number) + part;
      for (let region = 0; region < width; region += 1) {
        const mean = sum.means[at * size + region] as number;
        const variance = sum.covariances[(at * size + region) * size + region] as number;
        const cell = at * width + region;
        means[cell] = (means[cell] as number) + part * mean;
        variances[cell] = (variances[cell] as number) + part * (variance + mean * mean);
      }
    }
  const whole = weights.reduce((a, b) => a + b, 0);
  for (let at = 0; at < count; at += 1) {
    const weight = weights[at] as number;
    for (let cell = at * width; cell < (at + 1) * width; cell += 1) {
      if (weight > 0) means[cell] = (means[cell] as number) / weight;
      const mean = means[cell] as number;
      variances[cell] = weight > 0 ? Math.max(1e-6, (variances[cell] as number) / weight - mean * mean) : 1e-6;
    }
    weights[at] = weight / whole;
  }
  return { sum: first.sum, weights, means, variances };
};

/** What orders and views since the launch alone say of it, evidence from before left out. */
export const posteriorOfRows = (prior: LaunchPrior, sighting: Sighting): LaunchPosterior =>
  merged([{ sum: withRows(prior, sighting), weight: 1 }]);

/** A mixture and its weight beside others, for one belief of what pre-orders are worth. */
export interface PosteriorPart {
  readonly sum: GaussianSum;
  readonly weight: number;
  /** Standard deviation of the logarithm of a region's own share of pre-orders. */
  readonly regionNoise: number;
}

/** Orders of a launch after all that has been seen of it. */
export const posteriorOf = (prior: LaunchPrior, belief: EvidenceBelief, sighting: Sighting): LaunchPosterior =>
  pooledWith({ prior, belief, sighting }, posteriorParts(prior, belief, sighting));

/** Parts merged, and pooled with what a regression on the evidence expects. */
export const pooledWith = (
  { prior, belief, sighting }: { prior: LaunchPrior; belief: EvidenceBelief; sighting: Sighting },
  parts: readonly PosteriorPart[],
): LaunchPosterior => {
  const own = merged(parts);
  const { since, ...evidence } = sighting;
  const opinion = belief.regression.expect(evidence);
  if (!since || !opinion) return opinion ? pooled(own, opinion) : own;
  const before = merged(posteriorParts(prior, belief, evidence));
  return carried(own, before, pooled(before, opinion));
};

/** The same before it is merged, with the share of pre-orders in hand as the last coordinate. */
export const posteriorParts = (prior: LaunchPrior, belief: EvidenceBelief, sighting: Sighting): PosteriorPart[] => {
  const base = withRows(prior, sighting);
  const { preorders, reach, hits } = sighting;
  const views = sighting.regions.length;
  if (reach !== undefined) {
    const { slope, offset, noise } = belief.reach.line(middleViews(base));
    base.observe(views, { factor: slope, offset, value: Math.log(reach), noise });
  }
  base.prune();
  const hand = preorders && belief.arrival.inHand(preorders.daily, preorders.elapsed);
  const parts = belief.preorders.shares().map(({ weight, mean, variance, regionNoise }) => {
    if (!preorders || !hand) return { sum: base, weight, regionNoise };
    const sum = base.withShare(mean + hand.mean, variance + hand.variance);
    for (const [region, count] of preorders.byRegion.entries())
      sum.observeCount([region, views + 1], { count, noise: regionNoise ** 2, offsets: () => 0 });
    return { sum, weight, regionNoise };
  });
  if (hits) weighByHits(preorders ? parts : parts.slice(0, 1), belief.hits.likelihood(hits));
  return preorders ? parts : parts.slice(0, 1);
};

const weighByHits = (parts: readonly PosteriorPart[], likelihood: (logOrders: number) => number): void => {
  for (const { sum } of parts)
    for (const at of sum.members) sum.logWeights[at] = (sum.logWeights[at] as number) + likelihood(logOrders(sum, at));
};
