import { cheapestFlow } from '@crossparcel/numerics';
import type { FlightState, ShipmentState } from './live-state.ts';
import type { Candidate, Placing } from './prospects.ts';

/** Costs enter the flow as whole micro-dollars, so that sums are exact and answers the same on every machine. */
const MICRO = 1_000_000;

const gramsOf = (kg: number): number => Math.round(kg * 1000);

/** A plan for all that still has to fly. */
export interface RollingPlan {
  /** The flight of each shipment; none where all are full or gone, or where it does better to stay as it is. */
  readonly flights: ReadonlyMap<ShipmentState, FlightState>;
  /** Bid price of each flight by index: what one more kilogram of room on it would save, in USD. */
  readonly prices: Float64Array;
}

/** One kilogram-wise share of a shipment on a flight. */
interface Share {
  readonly shipment: ShipmentState;
  readonly candidate: Candidate;
  readonly share: number;
}

/** Cheapest placing of the shipments if they could be divided: shares, and what room is worth. */
const relaxed = (
  placings: readonly Placing[],
  roomKg: Float64Array,
  moveUsd: number,
): { shares: Share[]; prices: Float64Array } => {
  const arcs: { from: number; to: number; capacity: number; cost: number }[] = [];
  const owners: Share[] = [];
  const flightNode = (flight: number) => placings.length + flight;
  const sink = placings.length + roomKg.length;
  for (const [from, { shipment, candidates }] of placings.entries()) {
    for (const candidate of candidates) {
      const { flight, usdPerKg } = candidate;
      const move = shipment.booked && shipment.booked !== flight ? moveUsd : 0;
      const cost = Math.round((usdPerKg + move) * MICRO);
      owners.push({ shipment, candidate, share: 0 });
      arcs.push({ from, to: flightNode(flight.index), capacity: Number.POSITIVE_INFINITY, cost });
    }
  }
  for (const [from, { otherwiseUsdPerKg }] of placings.entries())
    arcs.push({ from, to: sink, capacity: Number.POSITIVE_INFINITY, cost: Math.round(otherwiseUsdPerKg * MICRO) });
  for (const [flight, kg] of roomKg.entries())
    arcs.push({ from: flightNode(flight), to: sink, capacity: gramsOf(kg), cost: 0 });
  const supplies = new Float64Array(sink + 1);
  for (const [node, { shipment }] of placings.entries()) {
    supplies[node] = gramsOf(shipment.kg);
    supplies[sink] = (supplies[sink] as number) - (supplies[node] as number);
  }
  const { flows, prices } = cheapestFlow({
    nodes: sink + 1,
    supplies,
    from: Int32Array.from(arcs, ({ from }) => from),
    to: Int32Array.from(arcs, ({ to }) => to),
    capacities: Float64Array.from(arcs, ({ capacity }) => capacity),
    costs: Float64Array.from(arcs, ({ cost }) => cost),
  });
  const shares = owners.flatMap((owner, arc): Share[] => {
    const flow = flows[arc] as number;
    return flow > 0 ? [{ ...owner, share: flow / gramsOf(owner.shipment.kg) }] : [];
  });
  const worth = roomKg.map((_, flight) =>
    Math.max(0, ((prices[sink] as number) - (prices[flightNode(flight)] as number)) / MICRO),
  );
  return { shares, prices: worth };
};

/** Places shipments whole: those that the relaxed plan divides least come first, then the cheapest at bid prices. */
export const planWhole = (placings: readonly Placing[], roomKg: Float64Array, moveUsd: number): RollingPlan => {
  const { shares, prices } = relaxed(placings, roomKg, moveUsd);
  const left = Float64Array.from(roomKg);
  const flights = new Map<ShipmentState, FlightState>();
  const place = (shipment: ShipmentState, flight: FlightState): boolean => {
    if ((left[flight.index] as number) < shipment.kg) return false;
    left[flight.index] = (left[flight.index] as number) - shipment.kg;
    flights.set(shipment, flight);
    return true;
  };
  const ordered = shares.toSorted((a, b) => b.share - a.share || a.shipment.index - b.shipment.index);
  for (const { shipment, candidate } of ordered) if (!flights.has(shipment)) place(shipment, candidate.flight);
  for (const { shipment, candidates, otherwiseUsdPerKg } of placings) {
    if (flights.has(shipment)) continue;
    const priced = ({ flight, usdPerKg }: Candidate) => usdPerKg + (prices[flight.index] as number);
    const worthIt = candidates.filter(({ usdPerKg }) => usdPerKg < otherwiseUsdPerKg);
    const cheapestFirst = worthIt.toSorted((a, b) => priced(a) - priced(b));
    cheapestFirst.some(({ flight }) => place(shipment, flight));
  }
  return { flights, prices };
};
