/** How often something happened in how many trials. */
export interface Count {
  happened: number;
  trials: number;
}

/** A group beside the chance that is expected of it before it is looked at. */
export interface Group extends Readonly<Count> {
  readonly expected: number;
}

/**
 * How many trials of its own a group needs until they weigh as much as what is expected of it: the strength of the beta
 * prior by the method of moments (Kleinman, "Proportions with extraneous variance", JASA 68, 1973). Infinite where groups
 * differ no more than chance explains.
 */
export const priorStrength = (groups: Iterable<Group>): number => {
  let excess = 0;
  let scale = 0;
  for (const { happened, trials, expected } of groups) {
    const variance = expected * (1 - expected);
    excess += (happened - trials * expected) ** 2 - trials * variance;
    scale += trials * (trials - 1) * variance;
  }
  if (!(excess > 0) || !(scale > 0)) return Number.POSITIVE_INFINITY;
  const correlation = Math.min(1, excess / scale);
  return (1 - correlation) / correlation;
};

/** The chance in a group: what happened there, drawn towards what is expected (the posterior mean). */
export const shrunk = ({ happened, trials, expected }: Group, strength: number): number =>
  strength === Number.POSITIVE_INFINITY || trials + strength === 0
    ? expected
    : (happened + strength * expected) / (trials + strength);

/**
 * The same for a ratio of what happened to what was expected to happen: the strength of a gamma prior around 1 by moments
 * (Marshall, "Mapping disease and mortality rates using empirical Bayes estimators", Applied Statistics 40, 1991).
 */
export const ratioStrength = (groups: Iterable<{ readonly happened: number; readonly awaited: number }>): number => {
  let excess = 0;
  let scale = 0;
  for (const { happened, awaited } of groups) {
    excess += (happened - awaited) ** 2 - awaited;
    scale += awaited ** 2;
  }
  return excess > 0 && scale > 0 ? scale / excess : Number.POSITIVE_INFINITY;
};
