import type { Generator } from '@crossparcel/numerics';
import type { DayNumber } from '@crossparcel/units';
import { SAMPLE_ASSUMPTIONS } from './assumptions.ts';
import { between, happens } from './draw.ts';
import { deliveryDayFrom, endDayOf, localDay, localDayOf, type PlannedLeg } from './local-days.ts';
import type { Way } from './way.ts';

/** The end of a way: the leg that reaches the door, and what kind of parcel it is. */
export interface Delivery {
  readonly leg: PlannedLeg;
  readonly country: string;
  /** The delivery office and the door. */
  readonly place: string;
  readonly quantile: number;
  readonly returnRate: number;
  /** It came across a border; only then is the arrival at the delivery office told. */
  readonly isForeign: boolean;
}

const HOURS_PER_DAY = 24;

/** Rounds until the parcel is handed over or given up, and its way back if it has one. */
export const deliver = (way: Way, delivery: Delivery, generator: Generator): void => {
  const { leg, country, place, quantile, isForeign } = delivery;
  const { mostAttempts, pickupShare } = SAMPLE_ASSUMPTIONS.afterFailure.value;
  const { sorting } = SAMPLE_ASSUMPTIONS.officeHours.value;
  const next = localDayOf(way.last, place) + 1;
  let day = deliveryDayFrom(Math.max(endDayOf(leg, quantile), next), country);
  if (isForeign) way.pass('at-delivery-office', localDay(day, place).atHour(between(generator, sorting)), place);
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    if (round(way, delivery, day, generator)) {
      sendBackAfterwards(way, delivery, generator);
      return;
    }
    if (happens(generator, pickupShare)) {
      waitAtPickupPoint(way, delivery, generator);
      return;
    }
    day = deliveryDayFrom(day + 1, country);
  }
  sendBack(way, delivery, generator);
};

/** One round; whether somebody opened. */
const round = (way: Way, { place }: Delivery, day: DayNumber, generator: Generator): boolean => {
  const { loading, door } = SAMPLE_ASSUMPTIONS.officeHours.value;
  const local = localDay(day, place);
  way.pass('out-for-delivery', local.atHour(between(generator, loading)), place);
  const isHome = !happens(generator, SAMPLE_ASSUMPTIONS.attemptFailedShare.value);
  way.pass(isHome ? 'delivered' : 'attempt-failed', local.atHour(between(generator, door)), place);
  return isHome;
};

const waitAtPickupPoint = (way: Way, delivery: Delivery, generator: Generator): void => {
  const { pickupAfterHours, pickupDays, uncollectedShare, keptDays } = SAMPLE_ASSUMPTIONS.afterFailure.value;
  const { door } = SAMPLE_ASSUMPTIONS.officeHours.value;
  way.passAfterHours('at-pickup-point', between(generator, pickupAfterHours), delivery.place);
  if (happens(generator, uncollectedShare)) {
    way.passAfterHours('returning', keptDays * HOURS_PER_DAY, delivery.place);
    way.passAfterHours('returned', travelHours(generator), delivery.leg.from);
    return;
  }
  const collected = localDayOf(way.last, delivery.place) + generator.integer(pickupDays.from, pickupDays.to);
  way.pass('delivered', localDay(collected, delivery.place).atHour(between(generator, door)), delivery.place);
  sendBackAfterwards(way, delivery, generator);
};

/** Nobody took it: back to the facility or gateway it came from. */
const sendBack = (way: Way, { place, leg }: Delivery, generator: Generator): void => {
  way.passAfterHours('returning', SAMPLE_ASSUMPTIONS.afterFailure.value.backAfterHours, place);
  way.passAfterHours('returned', travelHours(generator), leg.from);
};

/** Some buyers send back what they got. */
const sendBackAfterwards = (way: Way, { place, leg, returnRate }: Delivery, generator: Generator): void => {
  if (!happens(generator, returnRate)) return;
  const { afterDays } = SAMPLE_ASSUMPTIONS.buyerReturns.value;
  way.passAfterHours('returning', between(generator, afterDays) * HOURS_PER_DAY, place);
  way.passAfterHours('returned', travelHours(generator), leg.from);
};

const travelHours = (generator: Generator): number =>
  between(generator, SAMPLE_ASSUMPTIONS.buyerReturns.value.travelDays) * HOURS_PER_DAY;
