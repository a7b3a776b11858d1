import type { DiscreteDistribution } from '@crossparcel/numerics';
import { type DayNumber, minorOfNanos } from '@crossparcel/units';
import type { Network, ServicePromise } from '../network/network.ts';

/** Expected cost of being late, in minor units, and the chance of it. */
export interface Lateness {
  readonly costMinor: number;
  readonly chance: number;
}

/**
 * Lateness against a due day: so much once and for each day late, up to a maximum, in expectation over the day of
 * delivery. What a distribution and a due day give is worked out once.
 */
export class LatenessCosts {
  readonly #network: Network;
  readonly #known = new WeakMap<DiscreteDistribution, Map<DayNumber, Lateness>>();

  constructor(network: Network) {
    this.#network = network;
  }

  of(door: DiscreteDistribution, due: DayNumber): Lateness {
    let byDue = this.#known.get(door);
    if (!byDue) {
      byDue = new Map();
      this.#known.set(door, byDue);
    }
    let lateness = byDue.get(due);
    if (!lateness) {
      const nanos = Math.round(door.expectation((day) => penalty(this.#network.service.late, day - due)));
      lateness = { costMinor: minorOfNanos(nanos, this.#network.currency), chance: 1 - door.atMost(due) };
      byDue.set(due, lateness);
    }
    return lateness;
  }
}

const penalty = (late: ServicePromise['late'], days: number): number =>
  days <= 0 ? 0 : Math.min(late.maximum, late.once + days * late.perDay);
