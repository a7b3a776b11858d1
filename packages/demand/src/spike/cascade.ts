import type { SpikeEvidence } from './evidence.ts';
import type { CountHistory } from './history.ts';

/** Memory of a post (Zhao et al. 2015): constant up to 300 s after it was seen, then a power law of exponent 1.242. */
const CONSTANT_SECONDS = 300;
const DECAY = 0.242;
const CONSTANT_SHARE = DECAY / (1 + DECAY);

/** The share of reactions to a sighting that come within so many seconds of it. */
export const memoryShare = (seconds: number): number => {
  if (seconds <= 0) return 0;
  if (seconds <= CONSTANT_SECONDS) return (CONSTANT_SHARE * seconds) / CONSTANT_SECONDS;
  return 1 - (1 - CONSTANT_SHARE) * (seconds / CONSTANT_SECONDS) ** -DECAY;
};

/** Lags are cut into bins that widen by this factor, so that a look costs no more for a million events. */
const WIDEN = 1.12;

/** The sum over what was added by an age, each addition weighted by a function of its lag in seconds. */
const lagSum = (history: CountHistory, age: number, weigh: (lag: number) => number): number => {
  let sum = 0;
  let later = history.at(age);
  let short = 0;
  for (let long = 1; later > 0; long *= WIDEN) {
    const beyond = long >= age;
    const earlier = beyond ? 0 : history.at(age - long);
    if (later > earlier) sum += (later - earlier) * weigh((short + Math.min(long, age)) / 2);
    if (beyond) break;
    later = earlier;
    short = long;
  }
  return sum;
};

/** Followers whose reaction was due by an age: the sum over sharers of followers times the share of memory passed. */
const exposure = (audience: CountHistory, age: number): number => lagSum(audience, age, memoryShare);

/** What followers of followers add: each share reaches so many on average (Zhao et al. 2015 take 100). */
const REACHED_BY_A_SHARE = 100;
/** At a branching number of 1 a cascade would never end. */
const MOST_BRANCHING = 0.95;

/**
 * The self-exciting process of SEISMIC (Zhao et al., KDD 2015, arXiv 1506.02594), with infectiousness taken over the later half
 * of the age: shares of that half per exposure that fell into it.
 */
export class SelfExciting {
  readonly shares: number;
  readonly infectiousness: number;
  /** Followers whose reaction is still to come. */
  readonly toCome: number;
  readonly reached: number;

  constructor(counts: CountHistory, audience: CountHistory, age: number) {
    const exposed = exposure(audience, age);
    this.shares = counts.at(age);
    this.reached = audience.at(age);
    this.toCome = Math.max(0, this.reached - exposed);
    this.infectiousness = counts.gain(age, age / 2) / Math.max(1, exposed - exposure(audience, age / 2));
  }

  /** The final number of shares: those to come from who has seen it, and all their descendants. */
  get finalShares(): number {
    const branching = Math.min(MOST_BRANCHING, this.infectiousness * REACHED_BY_A_SHARE);
    return this.shares + (this.infectiousness * this.toCome) / (1 - branching);
  }
}

/** What a cascade shows by its times alone: size, what the last half and eighth of its age added, how old its shares are. */
export const timeFeatures = (counts: CountHistory, age: number): number[] => {
  const shares = counts.at(age);
  const size = Math.log(shares + 1);
  return [
    size,
    Math.log(counts.gain(age, age / 2) + 1) - size,
    Math.log(counts.gain(age, age / 8) + 1) - size,
    lagSum(counts, age, (lag) => Math.log(lag / age + 0.01)) / Math.max(1, shares),
  ];
};

/** Times, and what the self-exciting process makes of the followers reached. */
export const cascadeFeatures = ({ counts, audience }: SpikeEvidence, age: number): number[] => {
  const times = timeFeatures(counts, age);
  if (!audience || audience.at(age) === 0) return times;
  const process = new SelfExciting(counts, audience, age);
  return [
    ...times,
    Math.log(process.infectiousness * process.toCome + 1) - (times[0] as number),
    Math.log((process.toCome + 1) / (process.reached + 1)),
    Math.log(process.reached + 1),
  ];
};
