import type { LiveFlight, LiveScenario, LiveShipment, LiveTerms } from './protocol.ts';

/** One way from a flight to a shipment's consignees: price a kilogram, and minutes from departure to there. */
interface Way {
  readonly usdPerKg: number;
  readonly minutes: number;
}

/** The ways of a flight for a shipment that some departure makes the cheapest; none when it serves another lane. */
export const waysOf = ({ inject, params }: LiveScenario, shipment: LiveShipment, flight: LiveFlight): Way[] => {
  const ways = flight.ports.flatMap(({ port, lane, mins, rate }): Way[] => {
    const road = inject[`${port}>${shipment.cluster}`];
    if (lane !== shipment.lane || !road) return [];
    return [{ usdPerKg: rate + road[0], minutes: mins + params.customs_min + road[1] }];
  });
  return ways.filter(
    (way) => !ways.some((other) => other !== way && other.usdPerKg <= way.usdPerKg && other.minutes < way.minutes),
  );
};

/** What a kilogram costs that leaves at a minute, lateness included. */
export const fareAt = (ways: readonly Way[], departure: number, due: number, terms: LiveTerms): number => {
  let best = Number.POSITIVE_INFINITY;
  for (const { usdPerKg, minutes } of ways) {
    const late = departure + minutes - due;
    const fare = late > 0 ? usdPerKg + terms.late_fee_usd_kg + (terms.late_usd_kg_day * late) / 1440 : usdPerKg;
    if (fare < best) best = fare;
  }
  return best;
};
