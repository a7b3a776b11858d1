import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import type { DelayHistory } from './delay-history.ts';
import { type FlightState, LiveState } from './live-state.ts';
import { Prospects } from './prospects.ts';
import type { LiveReply, LiveScenario, UpdateMessage } from './protocol.ts';
import { planWhole, type RollingPlan } from './rolling-plan.ts';

/** How the policy weighs what the rules leave open. */
export const liveSettingsSchema = z.strictObject({
  id: z.string(),
  /** A flight is booked once its cut-off is this near: room on allotments is ours until then, and plans still change. */
  bookAheadMinutes: z.number().positive(),
  /** A plan is made anew after so long, though nothing was heard: silence says something too. */
  replanMinutes: z.number().positive(),
  /** Goods are taken off a late flight when that should save more than this a kilogram beyond its fee. */
  offloadMarginUsdPerKg: z.number().nonnegative(),
  ...datedFields,
});

export type LiveSettings = z.infer<typeof liveSettingsSchema>;
type Weights = Pick<LiveSettings, 'bookAheadMinutes' | 'offloadMarginUsdPerKg' | 'replanMinutes'>;

/**
 * Answers the messages of one scenario: after each it plans anew all that is not tendered, by expected cost, and books
 * what closes soon. A rolling horizon with a deterministic equivalent whose costs know the value of later choices (the
 * bid prices of the last plan), after Powell, "Approximate Dynamic Programming" (2011), and Talluri and van Ryzin, "The
 * Theory and Practice of Revenue Management" (2004), for bid prices. Pure: the same messages give the same answers.
 */
export class LivePolicy {
  readonly #scenario: LiveScenario;
  readonly #settings: Weights;
  readonly #state: LiveState;
  readonly #prospects: Prospects;
  #prices: Float64Array;
  #flights: RollingPlan['flights'] = new Map();
  #plannedAt = 0;

  constructor(scenario: LiveScenario, history: DelayHistory, settings: Weights) {
    this.#scenario = scenario;
    this.#settings = settings;
    this.#state = new LiveState(scenario);
    this.#prospects = new Prospects(scenario, history, settings.offloadMarginUsdPerKg);
    this.#prices = new Float64Array(scenario.flights.length);
  }

  /** What to do before anything has happened. */
  first(): LiveReply {
    return this.#decide(true);
  }

  /** Takes news in and says what to do. Throws `UnknownIdentifier` for a name that the scenario lacks. */
  answer(message: UpdateMessage): LiveReply {
    this.#state.receive(message, this.#scenario.params.return_after_cancel_min);
    return this.#decide(this.#isNews(message));
  }

  /** Whether a plan may be another after a message: not when goods were loaded and left as was foreseen. */
  #isNews({ t, events, closed, returned }: UpdateMessage): boolean {
    const isForeseen =
      events.every(({ type }) => type === 'DEP') && closed.every(({ rejected }) => rejected.length === 0);
    return !isForeseen || returned.length > 0 || t - this.#plannedAt >= this.#settings.replanMinutes;
  }

  /** The last plan, of what can still be done of it. */
  #rest(): RollingPlan['flights'] {
    const state = this.#state;
    return new Map([...this.#flights].filter(([shipment, flight]) => state.isFree(shipment) && state.isOpen(flight)));
  }

  #plan(): RollingPlan['flights'] {
    const state = this.#state;
    const roomKg = Float64Array.from(state.flights, (flight) => (state.isOpen(flight) ? flight.cap : 0));
    const plan = planWhole(this.#prospects.of(state, this.#prices), roomKg, this.#scenario.params.rebook_usd_kg);
    this.#prices = plan.prices;
    this.#plannedAt = state.now;
    return plan.flights;
  }

  #decide(isNews: boolean): LiveReply {
    const state = this.#state;
    const flights = isNews ? this.#plan() : this.#rest();
    this.#flights = flights;
    const reply: LiveReply = { assign: {}, offload: [] };
    for (const shipment of flights.keys()) {
      if (!shipment.tendered) continue;
      reply.offload.push(shipment.id);
      state.offload(shipment, state.now + this.#scenario.params.offload_min);
    }
    const until = this.#bookUntil(flights);
    for (const [shipment, flight] of flights) {
      const isWanted = shipment.booked !== undefined || LiveState.cutOff(flight) <= until;
      if (flight === shipment.booked || !isWanted) continue;
      reply.assign[shipment.id] = flight.id;
      state.book(shipment, flight);
    }
    return reply;
  }

  /**
   * Flights whose cut-off comes up to this minute are booked now. What can wait waits, but only for a message that is sure
   * to come: the one when a flight closes on which something is booked. Without one the next flight is booked at once.
   */
  #bookUntil(flights: RollingPlan['flights']): number {
    const cutOffs = (taken: readonly (FlightState | undefined)[]) =>
      taken.map((flight) => (flight ? LiveState.cutOff(flight) : Number.POSITIVE_INFINITY));
    const kept = this.#state.shipments.filter((one) => one.booked && (flights.get(one) ?? one.booked) === one.booked);
    const nextMessage = Math.min(...cutOffs(kept.map(({ booked }) => booked)));
    const nextPlanned = Math.min(...cutOffs([...flights.values()]));
    const soon = this.#state.now + this.#settings.bookAheadMinutes;
    return Math.max(soon, nextPlanned <= nextMessage ? nextPlanned : nextMessage);
  }
}
