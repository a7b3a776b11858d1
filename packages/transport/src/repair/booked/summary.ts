import { type CurrencyCode, formatMinor, minorOfNanos, scaleNanos } from '@crossparcel/units';
import type { GroundNetwork } from '../../search/ground.ts';
import { priceOfLegs } from '../../search/leg.ts';
import { networkOf } from '../../search/network.ts';
import type { Timetable } from '../../timetable/timetable.ts';
import { type Booking, follow } from './booking.ts';
import type { BookingDesk } from './booking-desk.ts';
import { CheapestWay } from './cheapest-way.ts';
import { latenessPerKg, type RepairTerms } from './terms.ts';

/** What all bookings come to in the end. Money is a decimal in the currency of the timetable. */
export interface RepairSummary {
  readonly currency: CurrencyCode;
  readonly requests: number;
  readonly onTime: number;
  readonly late: number;
  readonly unroutable: number;
  /** How often goods were put on another way. */
  readonly moves: number;
  readonly freight: string;
  readonly fees: string;
  readonly lateness: string;
  readonly cost: string;
  /** By how many minutes those that are late come late on average. */
  readonly meanLateMinutes: number;
  /** Share of the room that is taken on the flights which carry any of the goods. */
  readonly capacityUse: number;
  /**
   * What the goods that arrive would have cost at least: each alone, on the flights as they turned out, known beforehand.
   * It takes no account of the room that others need, so that a perfect repair may cost more.
   */
  readonly bound: string;
}

/** What a booking comes to at a price in nanos a kilogram, in minor units. */
const ofMass = ({ request }: Booking, perKg: number, currency: CurrencyCode): number =>
  minorOfNanos(scaleNanos(Math.round(perKg), request.massGrams, 1000), currency);

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const capacityUse = ({ loads, timetable }: BookingDesk): number => {
  const used = loads.used();
  const room = sumOf(used.map(([departure]) => timetable.state.capacityGrams[departure] as number));
  return room === 0 ? 0 : Math.round((sumOf(used.map(([, grams]) => grams)) / room) * 10_000) / 10_000;
};

/** The least that each of some bookings could have cost by itself. */
const boundOf = (
  bookings: readonly Booking[],
  timetable: Timetable,
  ground: GroundNetwork,
  terms: RepairTerms,
): number => {
  const roomy = new Float64Array(timetable.table.length).fill(Number.MAX_SAFE_INTEGER);
  const search = new CheapestWay(networkOf(timetable, ground, roomy), terms);
  return sumOf(
    bookings.map((booking) => {
      const { request, origin, to, dueAt } = booking;
      const query = { from: origin.place, to, readyAt: origin.time, massGrams: request.massGrams };
      return ofMass(booking, search.offers(query, dueAt, request.maxLegs)[0]?.perKg ?? 0, timetable.currency);
    }),
  );
};

/** Sums up what bookings came to after the last event. */
export const summaryOf = (desk: BookingDesk): RepairSummary => {
  const { bookings, timetable, ground, terms, moves } = desk;
  const { currency } = timetable;
  const money = (minor: number) => formatMinor(minor, currency);
  const ends = bookings.flatMap((booking) => {
    const { arrives } = follow(timetable, booking.legs, booking.start, booking.to);
    return arrives === undefined ? [] : [{ booking, late: Math.max(0, arrives - booking.dueAt) }];
  });
  const late = ends.filter((end) => end.late > 0);
  const freight = sumOf(
    bookings.map((booking) => ofMass(booking, booking.overPerKg + priceOfLegs(timetable, booking.legs), currency)),
  );
  const fees = sumOf(bookings.map((booking) => ofMass(booking, booking.feesPerKg, currency)));
  const lateness = sumOf(late.map((end) => ofMass(end.booking, latenessPerKg(terms, end.late), currency)));
  const arrived = ends.map(({ booking }) => booking);
  return {
    currency,
    requests: bookings.length,
    onTime: ends.length - late.length,
    late: late.length,
    unroutable: bookings.length - ends.length,
    moves,
    freight: money(freight),
    fees: money(fees),
    lateness: money(lateness),
    cost: money(freight + fees + lateness),
    meanLateMinutes: late.length === 0 ? 0 : Math.round(sumOf(late.map((end) => end.late)) / late.length),
    capacityUse: capacityUse(desk),
    bound: money(boundOf(arrived, timetable, ground, terms)),
  };
};
