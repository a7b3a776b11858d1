import { isCurrency, nanosOfDecimal, parseDay, readInstant } from '@crossparcel/units';
import * as z from 'zod';
import { type CapacityConsignment, type CapacityLeg, type CapacityProblem, HELD_REASONS } from './problem.ts';

const GRAMS_PER_KG = 1000;
const MS_PER_MINUTE = 60_000;

/** CSV gives texts where JSON gives numbers. */
const decimal = z
  .union([z.number(), z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, 'is not a decimal number; write 12.50')])
  .transform(Number)
  .pipe(z.number().min(0).max(1e9));
const perKg = decimal.transform(nanosOfDecimal);
const kilograms = decimal.transform((kg) => Math.round(kg * GRAMS_PER_KG));
const whole = z
  .union([z.number(), z.string().regex(/^\d{1,12}$/, 'is not a whole number; write 12')])
  .transform(Number)
  .pipe(z.int().min(1));
const instant = z
  .string()
  .refine((text) => readInstant(text)?.hasOffset === true, 'is no time; write RFC 3339 with an offset');
const currency = z.string().refine(isCurrency, 'is no currency; give a code of ISO 4217');
const yes = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const legIds = z.union([z.array(z.string().min(1)), z.string().transform((text) => text.split('+'))]);
/** CSV leaves a field empty where JSON leaves it out. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());

/** Schema of a flight leg on one day with the room that is ours on it; money a kilogram in major units. */
export const capacityLegSchema = z
  .object({
    id: z.string().min(1),
    departure: instant,
    destination: z.string().min(1),
    /** Airport that advice is told for; the destination when left out. */
    gateway: optional(z.string()),
    capacityKg: kilograms,
    pricePerKg: perKg,
    currency,
    blockKg: optional(kilograms),
    blockPricePerKg: optional(perKg),
    offered: optional(yes),
  })
  .refine(({ blockKg = 0, capacityKg }) => blockKg <= capacityKg, {
    path: ['blockKg'],
    message: 'is more than capacityKg; the block is part of the room',
  })
  .refine(({ blockKg, blockPricePerKg }) => (blockKg === undefined) === (blockPricePerKg === undefined), {
    path: ['blockPricePerKg'],
    message: 'and blockKg go together; give both or none',
  });
export type CapacityLegRecord = z.infer<typeof capacityLegSchema>;

const pathSchema = z.object({ legs: legIds, arrivesAt: instant, otherPerKg: optional(perKg) });
const jsonOrList = z.preprocess((value) => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}, z.array(pathSchema));

/** Schema of goods under one master waybill with the ways that they may take. */
export const shipmentSchema = z
  .object({
    id: z.string().min(1),
    massGrams: whole,
    pieces: whole,
    dueAt: instant,
    /** For each further master waybill, in major units; without it the goods stay together. */
    splitFee: optional(decimal),
    latePerKg: optional(perKg),
    latePerKgDay: optional(perKg),
    unflownPerKg: perKg,
    paths: jsonOrList,
  })
  .refine(({ pieces, massGrams }) => pieces <= massGrams, {
    path: ['pieces'],
    message: 'are more than there are grams; give at most massGrams',
  });
export type ShipmentRecord = z.infer<typeof shipmentSchema>;

/** Schema of where a shipment is booked now, and what holds it there. */
export const bookingSchema = z
  .object({
    shipment: z.string().min(1),
    legs: legIds,
    rebookPerKg: perKg,
    heldTo: optional(z.string()),
    heldReason: optional(z.enum(HELD_REASONS)),
    releasePerKg: optional(perKg),
  })
  .refine(({ heldTo, legs }) => heldTo === undefined || legs.includes(heldTo), {
    path: ['heldTo'],
    message: 'is not on the booking; name one of its legs',
  })
  .refine(({ heldTo, heldReason }) => (heldTo === undefined) === (heldReason === undefined), {
    path: ['heldReason'],
    message: 'and heldTo go together; give both or none',
  });
export type BookingRecord = z.infer<typeof bookingSchema>;

const minuteOf = (text: string): number => Math.floor((readInstant(text)?.instant ?? 0) / MS_PER_MINUTE);

/** A leg's record as the engine has it. The day is that of the departure's own offset. */
export const legOf = (record: CapacityLegRecord): CapacityLeg => {
  const { id, departure, destination, gateway, capacityKg, pricePerKg, blockKg, blockPricePerKg, offered } = record;
  const block = blockKg !== undefined && blockPricePerKg !== undefined;
  return {
    id,
    capacityGrams: capacityKg,
    pricePerKg,
    day: parseDay(departure.slice(0, 10)) ?? 0,
    gateway: gateway ?? destination,
    ...(offered && { offered }),
    ...(block && { block: { grams: blockKg, pricePerKg: blockPricePerKg } }),
  };
};

/** A shipment's record, and its booking's, as the engine has them; `leg` tells the index of a leg. */
export const consignmentOf = (
  record: ShipmentRecord,
  booking: BookingRecord | undefined,
  minorPerMajor: number,
  leg: (id: string) => number,
): CapacityConsignment => {
  const { id, massGrams, pieces, dueAt, splitFee, latePerKg = 0, latePerKgDay = 0, unflownPerKg, paths } = record;
  return {
    id,
    massGrams,
    pieces,
    ...(splitFee !== undefined && { splitFee: Math.round(splitFee * minorPerMajor) }),
    due: minuteOf(dueAt),
    latePerKg,
    latePerKgDay,
    unflownPerKg,
    ...(booking && { booking: bookingOf(booking, leg) }),
    paths: paths.map(({ legs, arrivesAt, otherPerKg = 0 }) => {
      return { legs: legs.map(leg), otherPerKg, arrives: minuteOf(arrivesAt) };
    }),
  };
};

const bookingOf = (
  { legs, rebookPerKg, heldTo, heldReason, releasePerKg }: BookingRecord,
  leg: (id: string) => number,
) => {
  const held = heldTo !== undefined && heldReason !== undefined;
  return {
    legs: legs.map(leg),
    rebookPerKg,
    ...(held && {
      held: { leg: leg(heldTo), reason: heldReason, ...(releasePerKg !== undefined && { releasePerKg }) },
    }),
  };
};

/** Legs with less room than is held to them and cannot leave. A leg without any room was cancelled and is not among them. */
export const overheldLegs = ({ legs, consignments }: CapacityProblem): { leg: number; heldGrams: number }[] => {
  const held = legs.map(() => 0);
  for (const { massGrams, booking } of consignments) {
    if (!booking?.held || booking.held.releasePerKg !== undefined) continue;
    held[booking.held.leg] = (held[booking.held.leg] ?? 0) + massGrams;
  }
  return held.flatMap((heldGrams, leg) => {
    const room = legs[leg]?.capacityGrams ?? 0;
    return room > 0 && heldGrams > room ? [{ leg, heldGrams }] : [];
  });
};
