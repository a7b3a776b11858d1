import { type CurrencyCode, formatInstant, formatMinor, minorOfNanos, scaleNanos } from '@crossparcel/units';
import { instantOf, type Minute } from '../timetable/minute.ts';
import type { Timetable } from '../timetable/timetable.ts';
import type { GroundLeg } from './ground.ts';
import { afterLeg, beginsAt, type Leg, type Standing, tenderBy } from './leg.ts';
import type { Offer } from './pareto.ts';
import { chanceOf, missRisk, type Risks } from './risk.ts';
import type { RouteLeg } from './route-request.ts';

const text = (minute: Minute): string => formatInstant(instantOf(minute));

const flightInWords = (timetable: Timetable, leg: Extract<Leg, { kind: 'flight' }>, standing: Standing): RouteLeg => {
  const { flight, carrier, origin, destination, departs, arrives } = timetable.departure(leg.departure);
  const told = { flight, carrier, origin, destination, departure: text(departs), arrival: text(arrives) };
  if (leg.aboard) return { ...told, aboard: true };
  const latest = tenderBy(timetable, leg, standing);
  return { ...told, tenderBy: text(latest), spareMin: latest - standing.time };
};

const groundInWords = ({ table }: Timetable, { id, kind, from, to, minutes }: GroundLeg, begins: Minute): RouteLeg => ({
  ground: id,
  kind,
  origin: table.places.at(from),
  destination: table.places.at(to),
  departure: text(begins),
  arrival: text(begins + minutes),
});

/** Legs in words, from where goods stand: flights with the time by which goods have to be there. */
export const legsInWords = (timetable: Timetable, legs: readonly Leg[], from: Standing): RouteLeg[] => {
  let standing = from;
  return legs.map((leg) => {
    const told =
      leg.kind === 'flight'
        ? flightInWords(timetable, leg, standing)
        : groundInWords(timetable, leg.leg, beginsAt(timetable, leg, standing));
    standing = afterLeg(timetable, leg, standing);
    return told;
  });
};

/** What so many grams cost on an offer, in minor units, rounded once. */
export const costMinor = (
  { pricePerKg }: Pick<Offer, 'pricePerKg'>,
  massGrams: number,
  currency: CurrencyCode,
): number => minorOfNanos(scaleNanos(pricePerKg, massGrams, 1000), currency);

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
