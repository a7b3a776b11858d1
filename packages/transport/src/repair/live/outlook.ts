import type { Chances, DelayHistory, FirstEstimate, News } from './delay-history.ts';
import { type FlightState, LiveState, type ShipmentState } from './live-state.ts';

/** Goods of a cancelled inbound flight come a day later. */
const DAY = 1440;

/** One way in which a flight may turn out, and the minute at which that is known. */
export interface Outcome {
  readonly probability: number;
  /** Minute of departure; a cancelled flight has none. */
  readonly departure?: number;
  readonly knownAt: number;
}

/** What may become of a flight, as far as is known now. Probabilities add up to 1. */
export type Outlook = readonly Outcome[];

/** Delays of a class are first told so many minutes ahead; those below every threshold only show at departure. */
const leadOf = (estimates: readonly FirstEstimate[], delay: number): number =>
  estimates
    .filter(({ aboveMinutes }) => delay > aboveMinutes)
    .reduce((longest, { leadMinutes }) => Math.max(longest, leadMinutes), Number.NEGATIVE_INFINITY);

/** The whole delay behind a first estimate, which tells a share of it: the class whose share leads back into itself. */
export const wholeDelay = (estimates: readonly FirstEstimate[], told: number): number => {
  const descending = estimates.toSorted((a, b) => b.aboveMinutes - a.aboveMinutes);
  for (const { aboveMinutes, share } of descending) if (told / share > aboveMinutes) return told / share;
  return told;
};

const ofDelays = ({ std }: FlightState, now: number, chances: Chances, history: DelayHistory): Outcome[] =>
  history.delayMinutes.flatMap((delay, index) => {
    const lead = leadOf(history.news.departures, delay);
    const knownAt = Number.isFinite(lead) ? std - lead : std;
    // Silence past the minute of a first estimate rules the class out.
    const probability = knownAt < now && Number.isFinite(lead) ? 0 : (chances[index] as number);
    return { probability, departure: std + delay, knownAt };
  });

const ofCancellation = ({ std, cutoff }: FlightState, now: number, chance: number, news: News): Outcome[] =>
  news.cancellations.flatMap(({ fromMinutes, toMinutes, share }) => {
    const still = Math.min(toMinutes, std - now);
    const density = (chance * share) / (toMinutes - fromMinutes);
    // Before the cut-off a cancellation costs nothing but the plan; after it, goods must come back first.
    const halves = [
      [fromMinutes, Math.min(still, cutoff)],
      [Math.max(fromMinutes, cutoff), still],
    ] as const;
    return halves
      .filter(([from, to]) => to > from)
      .map(([from, to]) => ({ probability: density * (to - from), knownAt: std - (from + to) / 2 }));
  });

/**
 * What may become of a flight: its history's chances, without what silence so far has ruled out; after an estimate, the
 * delay that such an estimate stands for.
 */
export const outlookOf = (flight: FlightState, now: number, history: DelayHistory): Outlook => {
  const { std, estimate, kind, carrier } = flight;
  if (estimate > std) {
    const delay = now >= std ? estimate - std : wholeDelay(history.news.departures, estimate - std);
    return [{ probability: 1, departure: std + delay, knownAt: now }];
  }
  const chances = history.departure(kind, carrier);
  const cancelled = chances[chances.length - 1] as number;
  const outcomes = [
    ...ofDelays(flight, now, chances, history),
    ...ofCancellation(flight, now, cancelled, history.news),
  ].filter(({ probability }) => probability > 0);
  const sum = outcomes.reduce((whole, { probability }) => whole + probability, 0);
  if (sum === 0) return [{ probability: 1, departure: std, knownAt: now }];
  return outcomes.map((outcome) => ({ ...outcome, probability: outcome.probability / sum }));
};

/** Whether an outcome shows while the flight still takes bookings, so that one can still choose another. */
export const showsInTime = ({ knownAt }: Outcome, flight: FlightState): boolean => knownAt <= LiveState.cutOff(flight);

/** A minute at which a shipment may be ready, and how probable it is. */
export interface Readiness {
  readonly probability: number;
  readonly ready: number;
}

/** When a shipment will be ready: a fact, what a first estimate stands for, or the history of its inbound flight. */
export const readinessOf = (
  shipment: ShipmentState,
  now: number,
  transferMinutes: number,
  history: DelayHistory,
): readonly Readiness[] => {
  const { ready, readyEstimate, readyKnown, inbound = '', availableFrom } = shipment;
  if (readyKnown) return [{ probability: 1, ready: Math.max(readyEstimate, availableFrom) }];
  const { arrivals } = history.news;
  const landing = ready - transferMinutes;
  if (readyEstimate > ready) return [{ probability: 1, ready: ready + wholeDelay(arrivals, readyEstimate - ready) }];
  const chances = history.arrival(inbound.slice(0, 2));
  const possible = [...history.delayMinutes, DAY].map((delay, index): Readiness => {
    const lead = leadOf(arrivals, delay);
    const ruledOut = index < history.delayMinutes.length && (landing - lead < now || landing + delay < now);
    return { probability: ruledOut ? 0 : (chances[index] as number), ready: ready + delay };
  });
  const left = possible.filter(({ probability }) => probability > 0);
  const sum = left.reduce((whole, { probability }) => whole + probability, 0);
  if (sum === 0) return [{ probability: 1, ready: Math.max(ready, now + transferMinutes) }];
  return left.map((one) => ({ ...one, probability: one.probability / sum }));
};
