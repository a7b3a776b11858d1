import { readInstant } from '@crossparcel/units';
import * as z from 'zod';

/** CSV gives texts where JSON gives numbers. */
const whole = z.union([
  z.int().nonnegative(),
  z
    .string()
    .regex(/^\d{1,12}$/, 'is not a whole number')
    .transform(Number),
]);

const instant = z
  .string()
  .refine((text) => readInstant(text)?.hasOffset === true, 'is no time; write RFC 3339 with an offset');

/** Schema of goods that want a way: from where, ready when, due where and when. */
export const routeRequestSchema = z.object({
  id: z.string().min(1),
  origin: z.string().min(1),
  destination: z.string().min(1),
  readyAt: instant,
  dueAt: instant,
  massGrams: whole,
  parcels: whole.optional(),
  maxLegs: whole.optional(),
});
export type RouteRequest = z.infer<typeof routeRequestSchema>;

const flightLeg = z.object({
  flight: z.string(),
  carrier: z.string(),
  origin: z.string(),
  destination: z.string(),
  departure: z.string(),
  arrival: z.string(),
  /** The latest time at which the goods had to be there, and by how many minutes they were before it. */
  tenderBy: z.string().optional(),
  spareMin: z.int().optional(),
  /** The goods stay on the aircraft that brought them. */
  aboard: z.literal(true).optional(),
});
const groundLegAnswer = z.object({
  ground: z.string(),
  kind: z.string(),
  origin: z.string(),
  destination: z.string(),
  departure: z.string(),
  arrival: z.string(),
});

const way = z.object({
  legs: z.array(z.union([flightLeg, groundLegAnswer])),
  arrivesAt: z.string(),
  cost: z.string(),
  /** That every flight goes and every connection is made; where a history is given. */
  chance: z.number().optional(),
  why: z.string(),
});

/** Schema of what becomes of them. */
export const routeAnswerSchema = z.object({
  id: z.string(),
  status: z.enum(['planned', 'late', 'unroutable']),
  legs: way.shape.legs,
  arrivesAt: z.string().nullable(),
  cost: z.string().nullable(),
  currency: z.string(),
  chance: z.number().optional(),
  /** The chance to be there by `dueAt`, and the minutes by which the goods come later than that on average. */
  onTimeChance: z.number().optional(),
  expectedLateMin: z.number().optional(),
  why: z.string(),
  alternatives: z.array(way),
});
export type RouteAnswer = z.infer<typeof routeAnswerSchema>;
export type RouteLeg = RouteAnswer['legs'][number];
export type Way = RouteAnswer['alternatives'][number];
