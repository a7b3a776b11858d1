import { median } from '@crossparcel/numerics';

/** Levels asked for: those that are scored, and the ends of the intervals of 50 and 95 %. */
export const ASKED = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const;
const SCORED = [0.1, 0.5, 0.9];

/** What was expected at each level asked for, and what came. */
export interface Outcome {
  readonly quantiles: readonly number[];
  readonly actual: number;
  /** Added before logarithms are taken: 1 where nothing may come. */
  readonly plus: number;
}

const pinball = (level: number, error: number): number => Math.max(level * error, (level - 1) * error);
const at = ({ quantiles }: Outcome, level: number): number =>
  quantiles[ASKED.indexOf(level as (typeof ASKED)[number])] ?? 0;
const log = (value: number, plus: number): number => Math.log(Math.max(1, value + plus));

/** The share of outcomes within the interval that leaves `low` out on either side. */
export const heldOf = (outcomes: readonly Outcome[], low: number): number =>
  outcomes.filter((one) => one.actual >= at(one, low) * (1 - 1e-9) && one.actual <= at(one, 1 - low) * (1 + 1e-9))
    .length / outcomes.length;

/** Mean pinball loss of logarithms over 0.1, 0.5 and 0.9. */
export const logLoss = (outcomes: readonly Outcome[]): number => {
  let sum = 0;
  for (const one of outcomes)
    for (const level of SCORED)
      sum += pinball(level, log(one.actual, one.plus) - log(at(one, level), one.plus)) / SCORED.length;
  return sum / outcomes.length;
};

/** Median relative error of medians, loss of logarithms, weighted quantile loss, and how often 50, 80 and 95 % held. */
export const scoresOf = (outcomes: readonly Outcome[]): string[] => {
  const errors = outcomes
    .filter(({ actual }) => actual > 0)
    .map((one) => Math.abs(at(one, 0.5) - one.actual) / one.actual);
  const actual = outcomes.reduce((sum, one) => sum + one.actual, 0);
  let weighted = 0;
  for (const one of outcomes)
    for (const level of SCORED) weighted += (2 * pinball(level, one.actual - at(one, level))) / SCORED.length / actual;
  const held = [0.25, 0.1, 0.025].map((low) => heldOf(outcomes, low).toFixed(3));
  return [median(errors).toFixed(3), logLoss(outcomes).toFixed(4), weighted.toFixed(3), ...held];
};
