import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import type { DelayHistory } from './delay-history.ts';
import { LiveState } from './live-state.ts';
import { Prospects } from './prospects.ts';
import type { LiveReply, LiveScenario, UpdateMessage } from './protocol.ts';
import { planWhole, type RollingPlan } from './rolling-plan.ts';

/** How the policy weighs what the rules leave open. */
export const liveSettingsSchema = z.strictObject({
  id: z.string(),
  /** A flight is booked once its cut-off is this near: room on allotments is ours until then, and plans still change. */
  bookAheadMinutes: z.number().positive(),
  /** Goods are taken off a late flight when that should save more than this a kilogram beyond its fee. */
  offloadMarginUsdPerKg: z.number().nonnegative(),
  ...datedFields,
});

export type LiveSettings = z.infer<typeof liveSettingsSchema>;
type Weights = Pick<LiveSettings, 'bookAheadMinutes' | 'offloadMarginUsdPerKg'>;

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

  constructor(scenario: LiveScenario, history: DelayHistory, settings: Weights) {
    this.#scenario = scenario;
    this.#settings = settings;
    this.#state = new LiveState(scenario);
    this.#prospects = new Prospects(scenario, history, settings.offloadMarginUsdPerKg);
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

  #plan(): RollingPlan {
    const state = this.#state;
    const roomKg = Float64Array.from(state.flights, (flight) => (state.isOpen(flight) ? flight.cap : 0));
    const plan = planWhole(this.#prospects.of(state, this.#prices), roomKg, this.#scenario.params.rebook_usd_kg);
    this.#prices = plan.prices;
    return plan;
  }

  #decide(): LiveReply {
    const state = this.#state;
    const { flights } = this.#plan();
    const reply: LiveReply = { assign: {}, offload: [] };
    const until = state.now + this.#settings.bookAheadMinutes;
    for (const [shipment, flight] of flights) {
      if (flight === shipment.booked) continue;
      if (shipment.tendered) {
        reply.offload.push(shipment.id);
        state.offload(shipment, state.now + this.#scenario.params.offload_min);
      }
      const soon = LiveState.cutOff(flight) <= until;
      if (shipment.booked === undefined && !soon) continue;
      reply.assign[shipment.id] = flight.id;
      state.book(shipment, flight);
    }
    return reply;
  }
}
