import type { Minute } from '../timetable/minute.ts';

/**
 * Chances as integers, so that they can be added and compared exactly: minus the natural logarithm, in millionths. Chances
 * of independent events that must all come true multiply, their risks add up. 0 is certain, 693,147 an even chance.
 */
export type Risk = number;

const MICRO = 1_000_000;
/** No chance at all; an e^-100 that still adds up without overflow. */
const HOPELESS: Risk = 100 * MICRO;

/** The risk that belongs to a chance between 0 and 1. */
export const riskOf = (chance: number): Risk => {
  if (chance >= 1) return 0;
  return chance <= 0 ? HOPELESS : Math.min(HOPELESS, Math.round(-Math.log(chance) * MICRO));
};

/** The chance that belongs to a risk. */
export const chanceOf = (risk: Risk): number => Math.exp(-risk / MICRO);

/** How sure flights are, as far as a search asks. */
export interface Risks {
  /** That a connection is not flown, by its number. */
  readonly cancelled: Int32Array;
  /** Which curve tells how late a connection lands, by its number. */
  readonly curveOf: Int32Array;
  /** Ascending minutes of lateness from 0 at which curves are told. */
  readonly knots: Int32Array;
  /** For each knot the risk of landing later than that; never rising from one knot to the next. */
  readonly curves: readonly Int32Array[];
}

/** Flights that are always flown and always on time: what is assumed without a history. */
export const noRisks = (connections: number): Risks => ({
  cancelled: new Int32Array(connections),
  curveOf: new Int32Array(connections),
  knots: Int32Array.of(0),
  curves: [Int32Array.of(0)],
});

/** The risk of missing what leaves a number of minutes after a landing as planned: that of the last knot up to there. */
export const missRisk = ({ knots, curves }: Risks, curve: number, slack: Minute): Risk => {
  let knot = 0;
  while (knot + 1 < knots.length && (knots[knot + 1] as number) <= slack) knot += 1;
  return curves[curve]?.[knot] ?? 0;
};

/** Whether one curve is nowhere above another, so that its flight is late at most as often by any measure. */
export const isNoLater = ({ curves }: Risks, curve: number, other: number): boolean =>
  curve === other || (curves[curve] as Int32Array).every((risk, knot) => risk <= (curves[other]?.[knot] as number));
