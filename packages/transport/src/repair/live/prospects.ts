import type { DelayHistory } from './delay-history.ts';
import { fareAt, waysOf } from './fare.ts';
import { type FlightState, LiveState, type ShipmentState } from './live-state.ts';
import { type Outlook, outlookOf, type Readiness, readinessOf, showsInTime } from './outlook.ts';
import type { LiveScenario } from './protocol.ts';

/** Candidates of a shipment that a plan looks at: plans of real days were no cheaper with more. */
const MOST_CANDIDATES = 24;

type Ways = ReturnType<typeof waysOf>;

interface Option {
  /** Index of the flight. */
  readonly flight: number;
  readonly ways: Ways;
}

/** A shipment to place: what it may be put on, and what a kilogram costs that is put on nothing. */
export interface Placing {
  readonly shipment: ShipmentState;
  readonly candidates: readonly Candidate[];
  readonly otherwiseUsdPerKg: number;
}

/** A flight that a shipment may be put on. */
export interface Candidate {
  readonly flight: FlightState;
  /** Expected cost a kilogram in USD: price, roads, lateness, and what follows when it does not come to that. */
  usdPerKg: number;
  /** Chance that the shipment is there by the cut-off. */
  makes: number;
}

/** The candidates that are cheapest at bid prices, and the flight that is booked. */
const shortlist = (candidates: Candidate[], { booked }: ShipmentState, prices: Float64Array): Candidate[] => {
  if (candidates.length <= MOST_CANDIDATES) return candidates;
  const priced = ({ flight, usdPerKg }: Candidate) => usdPerKg + (prices[flight.index] as number);
  const cheapestFirst = candidates.toSorted((a, b) => priced(a) - priced(b) || a.flight.index - b.flight.index);
  return cheapestFirst.filter(({ flight }, rank) => rank < MOST_CANDIDATES || flight === booked);
};

/** Cheapest way on, by the minute from which one must choose again: the two best, as one may be the flight in doubt. */
class Fallback {
  readonly #cutOffs: number[] = [];
  readonly #best: { flight: FlightState | undefined; usd: number; nextUsd: number }[] = [];

  constructor(candidates: readonly Candidate[], prices: Float64Array, lost: number) {
    const descending = candidates.toSorted(
      (a, b) => LiveState.cutOff(b.flight) - LiveState.cutOff(a.flight) || b.flight.index - a.flight.index,
    );
    let best: { flight: FlightState | undefined; usd: number; nextUsd: number } = {
      flight: undefined,
      usd: lost,
      nextUsd: lost,
    };
    this.#best.push(best);
    this.#cutOffs.push(Number.POSITIVE_INFINITY);
    for (const { flight, usdPerKg, makes } of descending) {
      const usd = usdPerKg + (prices[flight.index] as number) * makes;
      if (usd < best.usd) best = { flight, usd, nextUsd: best.usd };
      else if (usd < best.nextUsd) best = { ...best, nextUsd: usd };
      else continue;
      this.#cutOffs.push(LiveState.cutOff(flight));
      this.#best.push(best);
    }
  }

  /** What a kilogram costs that must choose again at a minute, without one flight. */
  usdFrom(minute: number, without: FlightState): number {
    // Cut-offs descend: the last entry that is not before the minute.
    let low = 0;
    let high = this.#cutOffs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#cutOffs[middle] as number) >= minute) low = middle;
      else high = middle - 1;
    }
    const { flight, usd, nextUsd } = this.#best[low] as { flight: FlightState; usd: number; nextUsd: number };
    return flight === without ? nextUsd : usd;
  }
}

/**
 * What each shipment may expect on each flight. A flight in doubt is not worth its mean: where a long delay or a
 * cancellation shows before the cut-off one moves on to the next best flight at its bid price, so such an outcome costs no
 * more than that (the value of waiting for news); what shows after the cut-off is borne.
 */
export class Prospects {
  readonly #scenario: LiveScenario;
  readonly #history: DelayHistory;
  /** Of each shipment the flights that serve it, and by which ways. */
  readonly #options: readonly (readonly Option[])[];
  readonly #offloadMarginUsdPerKg: number;
  readonly #last = new Map<number, readonly Candidate[]>();

  /** Taking goods off a late flight must save more than the margin: what it would gain is less sure than what it gives up. */
  constructor(scenario: LiveScenario, history: DelayHistory, offloadMarginUsdPerKg: number) {
    this.#offloadMarginUsdPerKg = offloadMarginUsdPerKg;
    this.#scenario = scenario;
    this.#history = history;
    this.#options = scenario.shipments.map((shipment) =>
      scenario.flights.flatMap((flight, index): Option[] => {
        const ways = waysOf(scenario, shipment, flight);
        return ways.length > 0 ? [{ flight: index, ways }] : [];
      }),
    );
  }

  /** What every shipment that is free, or held on a late flight, may expect under bid prices (USD a kilogram by flight). */
  of(state: LiveState, prices: Float64Array): Placing[] {
    const outlooks = state.flights.map((flight) =>
      state.isOpen(flight) ? outlookOf(flight, state.now, this.#history) : undefined,
    );
    const { transfer_min, undelivered_usd_kg, offload_min, offload_usd_kg } = this.#scenario.params;
    const free = state.shipments.filter((shipment) => state.isFree(shipment));
    const placings = free.map((shipment): Placing => {
      const readiness = readinessOf(shipment, state.now, transfer_min, this.#history);
      const candidates = this.#candidatesOf(state, shipment, readiness, outlooks, prices);
      return {
        shipment,
        candidates: shortlist(candidates, shipment, prices),
        otherwiseUsdPerKg: undelivered_usd_kg,
      };
    });
    const held = state.held().map((shipment): Placing => {
      const readiness = [{ probability: 1, ready: state.now + offload_min }];
      const candidates = this.#candidatesOf(state, shipment, readiness, outlooks, prices);
      return {
        shipment,
        candidates: shortlist(candidates, shipment, prices),
        otherwiseUsdPerKg: this.#stays(state, shipment) - offload_usd_kg - this.#offloadMarginUsdPerKg,
      };
    });
    return [...placings, ...held];
  }

  /** What a kilogram costs that stays on the late flight it is tendered for. */
  #stays({ now }: LiveState, shipment: ShipmentState): number {
    const flight = shipment.tendered as FlightState;
    const ways = this.#options[shipment.index]?.find((option) => option.flight === flight.index)?.ways ?? [];
    const outlook = outlookOf(flight, now, this.#history);
    return outlook.reduce(
      (sum, { probability, departure = now }) =>
        sum + probability * fareAt(ways, departure, shipment.due, this.#scenario.params),
      0,
    );
  }

  #candidatesOf(
    state: LiveState,
    shipment: ShipmentState,
    readiness: readonly Readiness[],
    outlooks: readonly (Outlook | undefined)[],
    prices: Float64Array,
  ): Candidate[] {
    const open = (this.#last.get(shipment.index) ?? []).filter(({ flight }) => state.isOpen(flight));
    const fallback = new Fallback(open, prices, this.#scenario.params.undelivered_usd_kg);
    const candidates: Candidate[] = [];
    for (const { flight: index, ways } of this.#options[shipment.index] as readonly Option[]) {
      const outlook = outlooks[index];
      if (!outlook) continue;
      const flight = state.flights[index] as FlightState;
      const cutOff = LiveState.cutOff(flight);
      let makes = 0;
      let missed = 0;
      for (const { ready, probability } of readiness)
        if (ready <= cutOff) makes += probability;
        else missed += probability * fallback.usdFrom(ready, flight);
      if (makes === 0) continue;
      const usdPerKg = makes * this.#flown(shipment, flight, ways, outlook, fallback) + missed;
      candidates.push({ flight, usdPerKg, makes });
    }
    this.#last.set(shipment.index, candidates);
    return candidates;
  }

  #flown(shipment: ShipmentState, flight: FlightState, ways: Ways, outlook: Outlook, fallback: Fallback): number {
    const { params } = this.#scenario;
    let expected = 0;
    for (const outcome of outlook) {
      const { probability, departure, knownAt } = outcome;
      const inTime = showsInTime(outcome, flight);
      const back = inTime ? knownAt : knownAt + params.return_after_cancel_min;
      let usd: number;
      if (departure === undefined) usd = fallback.usdFrom(back, flight);
      else {
        usd = fareAt(ways, departure, shipment.due, params);
        if (inTime && outlook.length > 1) usd = Math.min(usd, fallback.usdFrom(knownAt, flight));
      }
      expected += probability * usd;
    }
    return expected;
  }
}
