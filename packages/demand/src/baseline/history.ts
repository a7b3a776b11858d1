import { isCounts } from './scale.ts';
import type { Adjusted } from './seasons.ts';

/** A history without its season, oldest first, and what a season makes of the steps ahead. */
export interface History {
  readonly values: readonly number[];
  /** The history with its season. */
  readonly raw: readonly number[];
  /** Whether demand comes in whole units. */
  readonly counts: boolean;
  readonly seasonal: boolean;
  /** What the season makes of a step ahead, counted from 1. */
  readonly factor: (step: number) => number;
  /** Squared coefficient of variation that series of the file have beyond that of counts. */
  readonly dispersion: number;
}

/** A history with its season taken out where it has one. */
export const historyOf = (raw: readonly number[], dispersion: number, adjusted?: Adjusted): History => {
  const factors = adjusted?.factors;
  return {
    values: adjusted?.values ?? raw,
    raw,
    counts: isCounts(raw),
    seasonal: factors !== undefined,
    factor: factors ? (step) => factors[(step - 1) % factors.length] as number : () => 1,
    dispersion,
  };
};
