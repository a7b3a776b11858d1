import { InputError, type Position, readBatches, recordsOf } from '@crossparcel/files';
import {
  type BookingRecord,
  bookingSchema,
  type CapacityConsignment,
  type CapacityLeg,
  type CapacityLegRecord,
  type CapacityProblem,
  capacityLegSchema,
  consignmentOf,
  legOf,
  overheldLegs,
  type ShipmentRecord,
  shipmentSchema,
} from '@crossparcel/transport';
import { type Fault, faultOfIssues, minorDigits } from '@crossparcel/units';
import type * as z from 'zod';
import { withoutDots } from '../conventions/dotted-columns.ts';

/** Files of an assignment. */
export interface AssignFiles {
  readonly legs: string;
  readonly shipments: string;
  readonly bookings?: string;
}

/** A shipment that can be assigned, or why it cannot; in the order of the file. */
export type Entry =
  | { readonly id: string; readonly consignment: number }
  | { readonly id: string | null; readonly fault: Fault };

/** What files of legs, shipments and bookings come to. */
export interface AssignInput {
  readonly problem: CapacityProblem;
  readonly entries: readonly Entry[];
}

/** Takes what is wrong: throws it, or passes over it. */
type OnFault = (error: InputError) => void;

interface Placed<Value> {
  readonly value: Value;
  readonly position: Position;
}

const recordFault = (field: string, what: string, mend: string): Fault => ({ code: 'bad-record', field, what, mend });

const idOf = (value: unknown): string | null => {
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? id : null;
};

/** The records of a file that fit their schema; the others go to `onFault`, with the id they have. */
const readRecords = async <Value>(
  file: string,
  schema: z.ZodType<Value>,
  onFault: (error: InputError, id: string | null) => void,
): Promise<Placed<Value>[]> => {
  const records: Placed<Value>[] = [];
  for await (const batch of readBatches(file)) {
    for (const { value, position, fault } of recordsOf(batch)) {
      const parsed = fault ? undefined : schema.safeParse(withoutDots(value));
      if (parsed?.success) records.push({ value: parsed.data, position });
      else onFault(fault ?? new InputError(faultOfIssues(parsed?.error.issues ?? []), position), idOf(value));
    }
  }
  return records;
};

/** Legs by id, all in one currency. */
class Legs {
  readonly legs: CapacityLeg[] = [];
  readonly positions: Position[] = [];
  readonly #byId = new Map<string, number>();
  #currency: string | undefined;

  get currency(): string {
    return this.#currency ?? 'USD';
  }

  add({ value, position }: Placed<CapacityLegRecord>): void {
    this.#currency ??= value.currency;
    if (value.currency !== this.#currency) {
      const mend = `give ${this.#currency}, as the lines before have it`;
      throw new InputError(recordFault('currency', `is ${value.currency}, not that of the other legs`, mend), position);
    }
    if (this.#byId.has(value.id))
      throw new InputError(
        recordFault('id', `is there twice: ${value.id}`, 'give each leg and day an id of its own'),
        position,
      );
    this.#byId.set(value.id, this.legs.length);
    this.legs.push(legOf(value));
    this.positions.push(position);
  }

  index(id: string): number {
    return this.#byId.get(id) ?? -1;
  }

  /** The first leg of a list that is not known, or is on it twice. */
  fault(ids: readonly string[], field: string): Fault | undefined {
    for (const [place, id] of ids.entries()) {
      if (this.index(id) < 0)
        return recordFault(`${field}[${place}]`, `is no known leg: ${id}`, 'name a leg of --legs');
      if (ids.indexOf(id) !== place)
        return recordFault(`${field}[${place}]`, `is on it twice: ${id}`, 'name each leg once');
    }
    return undefined;
  }
}

const readLegs = async (file: string, onFault: OnFault): Promise<Legs> => {
  const legs = new Legs();
  for (const record of await readRecords(file, capacityLegSchema, onFault)) tried(() => legs.add(record), onFault);
  return legs;
};

const tried = (work: () => void, onFault: OnFault): void => {
  try {
    work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    onFault(error);
  }
};

const readBookings = async (
  file: string | undefined,
  legs: Legs,
  onFault: OnFault,
): Promise<Map<string, Placed<BookingRecord>>> => {
  const bookings = new Map<string, Placed<BookingRecord>>();
  for (const booking of file === undefined ? [] : await readRecords(file, bookingSchema, onFault)) {
    const { shipment, legs: booked } = booking.value;
    const twice = bookings.has(shipment)
      ? recordFault('shipment', `is booked twice: ${shipment}`, 'give one booking a shipment')
      : undefined;
    const fault = twice ?? legs.fault(booked, 'legs');
    if (fault) onFault(new InputError(fault, booking.position));
    else bookings.set(shipment, booking);
  }
  return bookings;
};

const pathFault = ({ paths }: ShipmentRecord, legs: Legs): Fault | undefined => {
  for (const [place, path] of paths.entries()) {
    const fault = legs.fault(path.legs, `paths[${place}].legs`);
    if (fault) return fault;
  }
  return undefined;
};

/**
 * Reads legs, shipments and bookings. What is wrong goes to `onFault` as an error that names file, line and field; when
 * that returns, a shipment keeps its place as an entry with its fault, and other lines are left out.
 */
export const readAssignment = async (files: AssignFiles, onFault: OnFault): Promise<AssignInput> => {
  const legs = await readLegs(files.legs, onFault);
  const bookings = await readBookings(files.bookings, legs, onFault);
  const consignments: CapacityConsignment[] = [];
  const entries: (Entry & { line: number })[] = [];
  const ids = new Set<string>();
  const refuse = (error: InputError, id: string | null) => {
    onFault(error);
    entries.push({ id, fault: error, line: error.position?.line ?? 0 });
  };
  for (const { value, position } of await readRecords(files.shipments, shipmentSchema, refuse)) {
    const twice = ids.has(value.id) ? recordFault('id', `is there twice: ${value.id}`, 'give each its own') : undefined;
    const fault = twice ?? pathFault(value, legs);
    if (fault) {
      refuse(new InputError(fault, position), value.id);
      continue;
    }
    ids.add(value.id);
    entries.push({ id: value.id, consignment: consignments.length, line: position.line });
    const minorPerMajor = 10 ** minorDigits(legs.currency);
    const booking = bookings.get(value.id)?.value;
    consignments.push(consignmentOf(value, booking, minorPerMajor, (id) => legs.index(id)));
  }
  for (const [shipment, { position }] of bookings) {
    if (ids.has(shipment)) continue;
    onFault(new InputError(recordFault('shipment', `is not known: ${shipment}`, 'name one of --shipments'), position));
  }
  const problem = { currency: legs.currency, legs: legs.legs, consignments };
  for (const { leg, heldGrams } of overheldLegs(problem)) {
    const fault = recordFault(
      'capacityKg',
      `is less than is held to the leg, ${heldGrams} g`,
      'give room for it, or a releasePerKg',
    );
    onFault(new InputError(fault, legs.positions[leg]));
  }
  const inOrder = entries.sort((one, other) => one.line - other.line);
  return { problem, entries: inOrder.map(({ line, ...entry }) => entry) };
};
