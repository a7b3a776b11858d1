import { FsuReader } from '@crossparcel/connectors/flight-feeds';
import { Reference } from '@crossparcel/files';
import { flightEventSchema } from '@crossparcel/transport';
import { fail, ok, readInstant, TimeZone } from '@crossparcel/units';
import * as z from 'zod';
import type { RecordCommand } from '../conventions/batch-answerer.ts';
import { statusCodes } from './flights-records.ts';

const messageSchema = z.object({
  id: z.string().min(1),
  /** Days of a message have no year: this says which. */
  receivedAt: z
    .string()
    .refine((text) => readInstant(text)?.hasOffset === true, 'is no time; write RFC 3339 with an offset'),
  message: z.string().min(1),
});
type Message = z.infer<typeof messageSchema>;

const text = z.string().optional();
const statusSchema = z.object({
  line: z.int(),
  text: z.string(),
  awb: z.string(),
  origin: z.string(),
  destination: z.string(),
  code: z.string(),
  meaning: text,
  flight: text,
  carrier: text,
  day: text,
  at: text,
  airport: text,
  from: text,
  to: text,
  share: text,
  pieces: z.int().optional(),
  kg: z.number().optional(),
  ofPieces: z.int().optional(),
  departure: text,
  departureType: text,
  arrival: text,
  arrivalType: text,
  reason: text,
  reasonMeaning: text,
  replan: z.literal(true).optional(),
  rest: z.array(z.string()).readonly().optional(),
  event: flightEventSchema.optional(),
});
const answerSchema = z.object({
  id: z.string(),
  version: z.int(),
  statuses: z.array(statusSchema).readonly(),
  events: z.array(flightEventSchema).readonly(),
});
type Answer = z.infer<typeof answerSchema>;

const prepare = () => {
  const airports = new Reference().airports();
  const zones = new Map<string, TimeZone>();
  const zoneOf = (code: string): TimeZone | undefined => {
    const airport = airports.get(code);
    if (!airport) return undefined;
    const zone = zones.get(code) ?? new TimeZone(airport.timeZone);
    zones.set(code, zone);
    return zone;
  };
  const reader = new FsuReader({ codes: statusCodes(), zoneOf });
  return ({ id, receivedAt, message }: Message) => {
    const reading = reader.read(message, readInstant(receivedAt)?.instant ?? Number.NaN);
    if (!reading.ok) return reading;
    const { version, statuses, faults } = reading.value;
    const [fault] = faults;
    // What could be read goes along with the fault, so that --keep-going loses none of it.
    if (fault) return fail({ ...fault, data: { faults, version, statuses } });
    const events = statuses.flatMap(({ event }) => event ?? []);
    return ok<Answer>({ id, version, statuses: statuses as Answer['statuses'], events });
  };
};

/** `crossparcel flights fsu`: status updates of Cargo-IMP as statuses of consignments and news of their flights. */
export const flightsFsu: RecordCommand<Message, Answer> = {
  name: 'flights fsu',
  summary: 'status updates of Cargo-IMP (FSU): what they say of consignments, and of their flights',
  input: messageSchema,
  output: answerSchema as unknown as z.ZodType<Answer>,
  columns: ['id', 'awb', 'code', 'meaning', 'flight', 'day', 'at', 'airport', 'from', 'to', 'pieces', 'kg', 'reason'],
  each: 'statuses',
  options: [],
  prepare,
};
