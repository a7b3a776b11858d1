import * as z from 'zod';

const minute = z.number();
const kilograms = z.number().positive();

/** A place where a flight sets our goods down: minutes after departure, and the price to there. */
const flightPortSchema = z.strictObject({
  port: z.string(),
  lane: z.string(),
  mins: z.number().nonnegative(),
  rate: z.number().nonnegative(),
});

/** A flight as it is first told: times in minutes of the scenario, room in kilograms of our allotment. */
const liveFlightSchema = z.object({
  id: z.string(),
  carrier: z.string(),
  kind: z.string(),
  std: minute,
  cutoff: z.number().nonnegative(),
  cap: z.number().nonnegative(),
  ports: z.array(flightPortSchema).min(1),
});

/** A consignment that travels whole. `ready` is its scheduled minute at the terminal when it comes by `inbound`. */
const liveShipmentSchema = z.object({
  id: z.string(),
  lane: z.string(),
  kg: kilograms,
  cluster: z.string(),
  inbound: z.string().optional(),
  ready: minute,
  due: minute,
});

const liveTermsSchema = z.object({
  late_fee_usd_kg: z.number().nonnegative(),
  late_usd_kg_day: z.number().nonnegative(),
  undelivered_usd_kg: z.number().positive(),
  rebook_usd_kg: z.number().nonnegative(),
  offload_usd_kg: z.number().nonnegative(),
  offload_min: z.number().nonnegative(),
  return_after_cancel_min: z.number().nonnegative(),
  customs_min: z.number().nonnegative(),
  transfer_min: z.number().nonnegative(),
});

const liveScenarioSchema = z.object({
  id: z.string(),
  params: liveTermsSchema,
  /** "PORT>CLUSTER" to what a kilogram costs by road and how many minutes it takes. */
  inject: z.record(z.string(), z.tuple([z.number(), z.number()])),
  flights: z.array(liveFlightSchema),
  shipments: z.array(liveShipmentSchema),
  horizon_min: z.number().positive(),
});

const liveEventSchema = z.object({
  t: minute,
  /** ETD, CNX, DEP of a flight; ETA, ARR, ICNX of an inbound one. Others are passed over. */
  type: z.string(),
  f: z.string(),
  v: minute.optional(),
});

const closedFlightSchema = z.object({
  f: z.string(),
  tendered: z.array(z.string()),
  rejected: z.array(z.string()),
});

/** The first message: everything that is known at minute 0. */
const initMessageSchema = z.object({ type: z.literal('init'), scenario: liveScenarioSchema });

/** What happened at minute `t`. */
const updateMessageSchema = z.object({
  type: z.literal('update'),
  t: minute,
  events: z.array(liveEventSchema),
  closed: z.array(closedFlightSchema),
  returned: z.array(z.string()),
});

/** A line that `reroute --live` reads. */
export const liveMessageSchema = z.discriminatedUnion('type', [initMessageSchema, updateMessageSchema]);

/** A line that `reroute --live` answers with: bookings to make or give up, and tendered goods to take off. */
const liveReplySchema = z.strictObject({
  assign: z.record(z.string(), z.string().nullable()),
  offload: z.array(z.string()),
});

export type LiveFlight = z.infer<typeof liveFlightSchema>;
export type LiveShipment = z.infer<typeof liveShipmentSchema>;
export type LiveTerms = z.infer<typeof liveTermsSchema>;
export type LiveScenario = z.infer<typeof liveScenarioSchema>;
export type LiveEvent = z.infer<typeof liveEventSchema>;
export type UpdateMessage = z.infer<typeof updateMessageSchema>;
export type LiveMessage = z.infer<typeof liveMessageSchema>;
export type LiveReply = z.infer<typeof liveReplySchema>;
