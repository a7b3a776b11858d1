import { DiscreteDistribution } from '@crossparcel/numerics';
import type { CountryCode, DayNumber } from '@crossparcel/units';
import type { Lane } from './lane.ts';
import type { LastMile } from './last-mile.ts';

/** On which day a parcel is at the gateway and at the door. */
export interface Delivery {
  readonly release: DiscreteDistribution;
  readonly door: DiscreteDistribution;
}

/** Distributions of delivery days; those of a lane, day and zone are worked out once. */
export class DeliveryTimes {
  readonly #known = new Map<string, Delivery>();

  /** For a parcel that leaves on a lane on a day. */
  byLane(lane: Lane, departs: DayNumber, zone: string, country: CountryCode): Delivery {
    return this.#remember(`${lane.id}|${departs}|${zone}|${country}`, () => {
      const release = shift(lane.transit, (days) => departs + days);
      const { lastMile } = lane;
      return {
        release,
        door: lastMile ? release.followedBy((day) => doorFrom(lastMile, day, zone, country)) : release,
      };
    });
  }

  /** For a parcel that a facility hands to its last mile on a day. */
  byLastMile(lastMile: LastMile, despatched: DayNumber, zone: string, country: CountryCode): Delivery {
    return this.#remember(`${lastMile.id}||${despatched}|${zone}|${country}`, () => ({
      release: new DiscreteDistribution([{ value: despatched, probability: 1 }]),
      door: doorFrom(lastMile, despatched, zone, country),
    }));
  }

  #remember(key: string, work: () => Delivery): Delivery {
    let delivery = this.#known.get(key);
    if (!delivery) {
      delivery = work();
      this.#known.set(key, delivery);
    }
    return delivery;
  }
}

const shift = (distribution: DiscreteDistribution, to: (value: number) => number): DiscreteDistribution =>
  new DiscreteDistribution(distribution.masses.map(({ value, probability }) => ({ value: to(value), probability })));

const doorFrom = (lastMile: LastMile, day: DayNumber, zone: string, country: CountryCode): DiscreteDistribution => {
  const transit = lastMile.transitOf(zone, country);
  if (!transit) throw new RangeError(`last mile ${lastMile.id} has no transit time for zone ${zone} in ${country}`);
  return shift(transit, (workdays) => lastMile.calendar.addWorkdays(day, workdays));
};
