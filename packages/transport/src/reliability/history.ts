import { readInstant } from '@crossparcel/units';
import * as z from 'zod';
import { FLIGHT_KINDS, type FlightKind } from '../timetable/departure.ts';
import { type Minute, minuteOf } from '../timetable/minute.ts';

/** Schema of one movement of the past, as a row of a CSV file: texts. */
export const movementSchema = z
  .object({
    flight: z.string().min(1),
    carrier: z.string().min(1),
    kind: z.enum(FLIGHT_KINDS),
    airport: z.string().min(1),
    scheduled: z
      .string()
      .refine((text) => readInstant(text)?.hasOffset === true, 'is no time; write RFC 3339 with an offset'),
    cancelled: z.enum(['true', 'false']),
    delayMin: z.string().regex(/^(-?\d{1,6})?$/, 'is not a whole number of minutes'),
  })
  .refine(({ cancelled, delayMin }) => (cancelled === 'true') === (delayMin === ''), {
    error: 'is given for a cancelled flight, or missing for one that was flown',
    path: ['delayMin'],
  });

/** By what the reliability of a flight is told apart. */
export interface MovementTraits {
  readonly flight: string;
  readonly carrier: string;
  readonly kind: FlightKind;
  readonly airport: string;
  /** When it was to leave. */
  readonly scheduled: Minute;
}

/** A flight of the past: how late it was in minutes, or undefined when it was cancelled. */
export interface Movement extends MovementTraits {
  readonly delayMin: number | undefined;
}

/** A checked row as a movement. */
export const movementOf = ({
  scheduled,
  cancelled,
  delayMin,
  ...traits
}: z.infer<typeof movementSchema>): Movement => ({
  ...traits,
  scheduled: minuteOf(readInstant(scheduled)?.instant ?? Number.NaN),
  delayMin: cancelled === 'true' ? undefined : Number(delayMin),
});
