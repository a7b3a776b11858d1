import { datedFields } from '@crossparcel/units';
import { z } from 'zod';
import { LiveState } from './live-state.ts';
import { Prospects } from './prospects.ts';
import type { LiveReply, LiveScenario, UpdateMessage } from './protocol.ts';
import type { Reliability } from './reliability.ts';
import { planWhole } from './rolling-plan.ts';

/** How the policy weighs what the rules leave open. */
export const liveSettingsSchema = z.strictObject({
  id: z.string(),
  /** A flight is booked once its cut-off is this near: room on allotments is ours until then, and plans still change. */
  bookAheadMinutes: z.number().positive(),
  ...datedFields,
});

export type LiveSettings = z.infer<typeof liveSettingsSchema>;

/**
 * Answers the messages of one scenario: after each it plans anew all that is not tendered, by expected cost, and books
 * what closes soon. A rolling horizon with a deterministic equivalent whose costs know the value of later choices (the
 * bid prices of the last plan), after Powell, "Approximate Dynamic Programming" (2011), and Talluri and van Ryzin, "The
 * Theory and Practice of Revenue Management" (2004), for bid prices. Pure: the same messages give the same answers.
 */
export class LivePolicy {
  readonly #scenario: LiveScenario;
  readonly #settings: Pick<LiveSettings, 'bookAheadMinutes'>;
  readonly #state: LiveState;
  readonly #prospects: Prospects;
  #prices: Float64Array;

  constructor(scenario: LiveScenario, reliability: Reliability, settings: Pick<LiveSettings, 'bookAheadMinutes'>) {
    this.#scenario = scenario;
    this.#settings = settings;
    this.#state = new LiveState(scenario);
    this.#prospects = new Prospects(scenario, reliability);
    this.#prices = new Float64Array(scenario.flights.length);
  }

  /** What to do before anything has happened. */
  first(): LiveReply {
    return this.#decide();
  }

  /** Takes news in and says what to do. Throws `UnknownIdentifier` for a name that the scenario lacks. */
  answer(message: UpdateMessage): LiveReply {
    this.#state.receive(message, this.#scenario.params.return_after_cancel_min);
    return this.#decide();
  }

  #plan() {
    const state = this.#state;
    const waiting = state.shipments.filter((shipment) => state.isFree(shipment));
    const candidates = this.#prospects.of(state, waiting, this.#prices);
    const roomKg = Float64Array.from(state.flights, (flight) => (state.isOpen(flight) ? flight.cap : 0));
    const { undelivered_usd_kg, rebook_usd_kg } = this.#scenario.params;
    const plan = planWhole(candidates, roomKg, undelivered_usd_kg, rebook_usd_kg);
    this.#prices = plan.prices;
    return { waiting, plan };
  }

  #decide(): LiveReply {
    const { waiting, plan } = this.#plan();
    const assign: Record<string, string | null> = {};
    const until = this.#state.now + this.#settings.bookAheadMinutes;
    for (const shipment of waiting) {
      const flight = plan.flights.get(shipment);
      if (!flight || flight === shipment.booked) continue;
      const soon = LiveState.cutOff(flight) <= until;
      if (shipment.booked === undefined && !soon) continue;
      assign[shipment.id] = flight.id;
      this.#state.book(shipment, flight);
    }
    return { assign, offload: [] };
  }
}
