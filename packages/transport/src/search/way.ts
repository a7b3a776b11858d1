import { type CurrencyCode, formatInstant, formatMinor, minorOfNanos, scaleNanos } from '@crossparcel/units';
import { instantOf, type Minute } from '../timetable/minute.ts';
import type { Timetable } from '../timetable/timetable.ts';
import type { Network, Step } from './network.ts';
import type { Offer } from './pareto.ts';
import { chanceOf, missRisk, type Risks } from './risk.ts';
import type { RouteLeg } from './route-request.ts';

const text = (minute: Minute): string => formatInstant(instantOf(minute));

/** Where goods are between two steps. */
interface Standing {
  readonly time: Minute;
  readonly free: Minute;
  readonly offFlight: boolean;
}

const flightLegs = (timetable: Timetable, connection: number, { time, offFlight }: Standing): RouteLeg[] =>
  timetable.legsOf(connection).map((index, position) => {
    const { flight, carrier, origin, destination, departs, arrives, cutoffMin, minConnectMin } =
      timetable.departure(index);
    const leg = { flight, carrier, origin, destination, departure: text(departs), arrival: text(arrives) };
    if (position > 0) return { ...leg, aboard: true as const };
    const tenderBy = departs - (offFlight ? minConnectMin : cutoffMin);
    return { ...leg, tenderBy: text(tenderBy), spareMin: tenderBy - time };
  });

const stepLegs = ({ timetable }: Network, step: Step, goods: Standing): { legs: RouteLeg[]; goods: Standing } => {
  if (step.kind === 'flight') {
    const time = timetable.state.arrives[timetable.legsOf(step.connection).at(-1) as number] as number;
    const free = time + timetable.handlingMin(step.connection);
    return { legs: flightLegs(timetable, step.connection, goods), goods: { time, free, offFlight: true } };
  }
  const { leg, begins } = step;
  const time = begins + leg.minutes;
  const place = (index: number) => timetable.table.places.at(index);
  const told = {
    ground: leg.id,
    kind: leg.kind,
    origin: place(leg.from),
    destination: place(leg.to),
    departure: text(begins),
    arrival: text(time),
  };
  return { legs: [told], goods: { time, free: time, offFlight: false } };
};

/** The legs of an itinerary in words: flights with the time by which goods had to be there, flights with stops leg by leg. */
export const legsInWords = (network: Network, steps: readonly Step[], readyAt: Minute): RouteLeg[] => {
  const told: RouteLeg[] = [];
  let goods: Standing = { time: readyAt, free: readyAt, offFlight: false };
  for (const step of steps) {
    const next = stepLegs(network, step, goods);
    told.push(...next.legs);
    goods = next.goods;
  }
  return told;
};

/** What so many grams cost on an offer, in minor units, rounded once. */
export const costMinor = ({ pricePerKg }: Offer, massGrams: number, currency: CurrencyCode): number =>
  minorOfNanos(scaleNanos(pricePerKg, massGrams, 1000), currency);

/** A chance as it is printed: four decimals. */
export const roundChance = (chance: number): number => Math.round(chance * 10_000) / 10_000;

/**
 * The chance that goods are there by a time, and by how many minutes they are later on average if every flight goes and
 * every connection is made. Lateness beyond the last knot of the history is not in it.
 */
export const punctuality = (offer: Offer, risks: Risks, dueAt: Minute) => {
  const last = offer.steps.findLast((step) => step.kind === 'flight');
  const spare = dueAt - offer.arrives;
  if (!last) return { onTimeChance: spare < 0 ? 0 : 1, expectedLateMin: Math.max(0, -spare) };
  const { knots } = risks;
  const curve = risks.curveOf[last.connection] as number;
  const later = (minutes: number) => (minutes < 0 ? 1 : 1 - chanceOf(missRisk(risks, curve, minutes)));
  // The chance of being later than a minute, added up over the minutes after the due time, knot by knot.
  let expected = Math.max(0, -spare);
  for (const [index, knot] of knots.entries()) {
    const next = knots[index + 1];
    if (next !== undefined) expected += later(knot) * Math.max(0, next - Math.max(knot, spare));
  }
  const onTime = chanceOf(offer.risk) * (1 - later(spare));
  return { onTimeChance: roundChance(onTime), expectedLateMin: Math.round(expected) };
};

/** How one offer differs from another: `1.20 USD cheaper, 95 min later`. */
export const difference = (offer: Offer, from: Offer, massGrams: number, currency: CurrencyCode): string => {
  const cost = costMinor(offer, massGrams, currency) - costMinor(from, massGrams, currency);
  const minutes = offer.arrives - from.arrives;
  const points = roundChance(chanceOf(offer.risk) - chanceOf(from.risk));
  const parts = [
    cost === 0 ? '' : `${formatMinor(Math.abs(cost), currency)} ${currency} ${cost < 0 ? 'cheaper' : 'dearer'}`,
    points === 0 ? '' : `${Math.abs(points)} ${points > 0 ? 'more' : 'less'} chance`,
    minutes === 0 ? '' : `${Math.abs(minutes)} min ${minutes < 0 ? 'earlier' : 'later'}`,
  ];
  return parts.filter((part) => part !== '').join(', ') || 'as good';
};
