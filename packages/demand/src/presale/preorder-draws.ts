import { type Generator, normalQuantile } from '@crossparcel/numerics';
import type { InHand } from './arrival-belief.ts';
import type { GaussianSum } from './gaussian-sum.ts';
import type { PosteriorPart } from './launch-belief.ts';
import type { Preorders } from './sighting.ts';
import { type Tilted, tiltByCount } from './tilted-normal.ts';

const MOST_TERMS = 60;
const LEAST_POWER = 0.1;

const normal = (generator: Generator): number => normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, generator.unit())));

/** A Poisson count; a rounded normal where the mean is large. */
const poisson = (mean: number, generator: Generator): number => {
  if (mean > MOST_TERMS) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(generator)));
  let [count, probability] = [0, Math.exp(-mean)];
  let below = probability;
  const level = generator.unit();
  while (below < level && count < 10 * MOST_TERMS) {
    count += 1;
    probability *= mean / count;
    below += probability;
  }
  return count;
};

/** A member of the mixture, drawn by weight. */
const drawMember = (parts: readonly PosteriorPart[], generator: Generator): { part: PosteriorPart; at: number } => {
  const best = Math.max(
    ...parts.map(({ sum }) =>
      sum.members.reduce((most, at) => Math.max(most, sum.logWeights[at] as number), -Infinity),
    ),
  );
  const all = parts.flatMap((part) =>
    part.sum.members.map((at) => ({
      part,
      at,
      weight: part.weight * Math.exp((part.sum.logWeights[at] as number) - best),
    })),
  );
  let left = generator.unit() * all.reduce((sum, { weight }) => sum + weight, 0);
  for (const one of all) {
    left -= one.weight;
    if (left <= 0) return one;
  }
  return all.at(-1) as (typeof all)[number];
};

/** Mean and variance of the logarithm of a region's pre-orders in hand, for a member. */
const logRate = ({ size, means, covariances }: GaussianSum, at: number, region: number): [number, number] => {
  const share = size - 1;
  const covariance = (row: number, column: number) => covariances[(at * size + row) * size + column] as number;
  return [
    (means[at * size + region] as number) + (means[at * size + share] as number),
    Math.max(0, covariance(region, region) + 2 * covariance(region, share) + covariance(share, share)),
  ];
};

/**
 * Pre-orders as they may stand when more of the time is over: each region's rate so far drawn from what is thought of the launch
 * and from its own count, and the days ahead by the power
 * of time in which pre-orders have built up.
 */
export const drawPreorders = (
  parts: readonly PosteriorPart[],
  seen: Preorders,
  { elapsed, hand }: { elapsed: readonly number[]; hand: InHand },
  generator: Generator,
): Preorders => {
  const {
    part: { sum, regionNoise },
    at,
  } = drawMember(parts, generator);
  const now = Math.min(1 - 1e-9, seen.elapsed.at(-1) ?? 1);
  const part = Math.exp(Math.min(0, hand.mean + Math.sqrt(hand.variance) * normal(generator)));
  const power = Math.max(LEAST_POWER, Math.log(part) / Math.log(now));
  const tilted: Tilted = { logEvidence: 0, mean: 0, variance: 0 };
  const daily = [...seen.daily];
  const byRegion = [...seen.byRegion];
  for (const [region, count] of seen.byRegion.entries()) {
    const [mean, variance] = logRate(sum, at, region);
    tiltByCount(mean + Math.sqrt(variance) * normal(generator), regionNoise ** 2, count, tilted);
    const rate = Math.exp(tilted.mean + Math.sqrt(tilted.variance) * normal(generator)) / now ** power;
    let before = now ** power;
    for (const [index, over] of elapsed.entries()) {
      const after = over ** power;
      const come = poisson(rate * (after - before), generator);
      before = after;
      byRegion[region] = (byRegion[region] as number) + come;
      const day = seen.daily.length + index;
      daily[day] = (daily[day] ?? 0) + come;
    }
  }
  return { byRegion, daily, elapsed: [...seen.elapsed, ...elapsed] };
};
