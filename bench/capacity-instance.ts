import { generatorOf } from '@crossparcel/numerics';
import type { CandidatePath, CapacityConsignment, CapacityLeg, CapacityProblem } from '@crossparcel/transport';

const NANOS = 1_000_000_000;
const DAY_MIN = 1440;

/** How large a made-up problem is, and how much of the room its goods would fill. */
export interface InstanceSize {
  readonly legs: number;
  readonly consignments: number;
  readonly parcels: number;
  readonly paths: number;
  /** Mass of the goods over the room of the first legs of their paths. */
  readonly load: number;
}

/** A flight of the made-up network: from one airport of a tier to one of the next, at a minute. */
interface Flight {
  readonly from: number;
  readonly to: number;
  readonly departs: number;
  readonly arrives: number;
}

const AIRPORTS = { origins: 6, hubs: 14, gateways: 24 };
const TRANSFER_MIN = 300;
const DAYS = 7;

/**
 * A week of flights from a few origins, straight or over one or two hubs, to gateways on another continent; consignments
 * with the cheapest of the earliest ways to their gateway; every third may be parted and every fourth is booked. The same
 * seed gives the same problem.
 */
export const madeUpProblem = (seed: number, size: InstanceSize): CapacityProblem => {
  const generator = generatorOf(seed);
  const pick = (count: number) => generator.integer(0, count - 1);
  const { origins, hubs, gateways } = AIRPORTS;
  const hubFrom = origins;
  const gatewayFrom = origins + hubs;
  const flights: Flight[] = [];
  const legs: CapacityLeg[] = [];
  const prices: number[] = [];
  for (let leg = 0; leg < size.legs; leg += 1) {
    const kind = generator.unit();
    const [from, to, block] =
      kind < 0.3
        ? [pick(origins), hubFrom + pick(hubs), 300]
        : kind < 0.4
          ? [hubFrom + pick(hubs), hubFrom + pick(hubs), 240]
          : kind < 0.75
            ? [hubFrom + pick(hubs), gatewayFrom + pick(gateways), 600]
            : [pick(origins), gatewayFrom + pick(gateways), 840];
    const departs = generator.integer(0, DAYS * DAY_MIN - 1);
    flights.push({ from, to, departs, arrives: departs + block });
    const capacityGrams = generator.integer(300, 3500) * 1000;
    const perKg = Math.round((0.4 + block / 250) * (0.7 + 0.6 * generator.unit()) * 100) * (NANOS / 100);
    prices.push(perKg);
    const hasBlock = leg % 20 === 0;
    legs.push({
      id: `L${leg}`,
      capacityGrams,
      pricePerKg: perKg,
      day: Math.floor(departs / DAY_MIN),
      gateway: `G${to}`,
      ...(hasBlock && { block: { grams: Math.floor(capacityGrams / 2), pricePerKg: Math.round(perKg * 0.85) } }),
    });
  }
  const byPlace = Array.from({ length: gatewayFrom + gateways }, (): number[] => []);
  const order = flights
    .map((_, leg) => leg)
    .sort((a, b) => (flights[a] as Flight).departs - (flights[b] as Flight).departs);
  for (const leg of order) byPlace[(flights[leg] as Flight).from]?.push(leg);
  const flight = (leg: number) => flights[leg] as Flight;
  const waysFrom = (place: number, ready: number, goal: number, left: number): number[][] => {
    const ways: number[][] = [];
    for (const leg of byPlace[place] as number[]) {
      const { to, departs, arrives } = flight(leg);
      if (departs < ready || departs > ready + 2.5 * DAY_MIN) continue;
      if (to === goal) ways.push([leg]);
      else if (left > 1 && to < gatewayFrom && generator.unit() < 0.05)
        for (const rest of waysFrom(to, arrives + TRANSFER_MIN, goal, left - 1).slice(0, 3)) ways.push([leg, ...rest]);
      if (ways.length >= 4 * size.paths) break;
    }
    return ways;
  };
  // Demand crowds some gateways and the first days, as sales do.
  const consignments: CapacityConsignment[] = [];
  const room = legs.reduce((sum, { capacityGrams }) => sum + capacityGrams, 0);
  const meanGrams = (size.load * room) / size.consignments;
  for (let index = 0; consignments.length < size.consignments; index += 1) {
    const goal = gatewayFrom + Math.floor(gateways * generator.unit() ** 2);
    const ready = Math.floor(4 * DAY_MIN * generator.unit() ** 2);
    const ways = waysFrom(pick(origins), ready, goal, 3);
    const paths = ways
      .map((way): CandidatePath => {
        return {
          legs: way,
          otherPerKg: generator.integer(20, 60) * (NANOS / 100),
          arrives: flight(way.at(-1) as number).arrives + 420,
        };
      })
      .sort((a, b) => costOf(a) - costOf(b))
      .slice(0, size.paths);
    if (paths.length < 2) continue;
    const massGrams = Math.round(meanGrams * (0.25 + 1.5 * generator.unit()));
    const booked = index % 4 === 0 ? paths[pick(paths.length)] : undefined;
    consignments.push({
      id: `C${consignments.length}`,
      massGrams,
      pieces: Math.max(1, Math.round((size.parcels / size.consignments) * (0.5 + generator.unit()))),
      ...(index % 3 === 0 && { splitFee: 3500 }),
      due: ready + generator.integer(30, 84) * 60,
      latePerKg: 0.4 * NANOS,
      latePerKgDay: 0.6 * NANOS,
      unflownPerKg: 12 * NANOS,
      ...(booked && {
        booking: {
          legs: booked.legs,
          rebookPerKg: 0.02 * NANOS,
          ...(index % 8 === 0 && {
            held: { leg: booked.legs[0] as number, reason: 'built-into' as const, releasePerKg: 0.15 * NANOS },
          }),
        },
      }),
      paths,
    });
  }
  return { currency: 'USD', legs, consignments };

  function costOf({ legs: way, otherPerKg, arrives }: CandidatePath): number {
    return way.reduce((sum, leg) => sum + (prices[leg] as number), otherPerKg) + (arrives / DAY_MIN) * 0.3 * NANOS;
  }
};
