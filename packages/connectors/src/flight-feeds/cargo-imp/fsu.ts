import type { FlightEvent } from '@crossparcel/transport';
import {
  atDay,
  dayOfInstant,
  type Fault,
  fail,
  formatDay,
  formatInstant,
  type Instant,
  ok,
  type Result,
  type TimeZone,
} from '@crossparcel/units';
import {
  badPart,
  type Consignment,
  consignmentOf,
  flightOf,
  type LineMoment,
  type LineTime,
  lineTimeOf,
  momentOf,
  type Quantity,
  quantityOf,
} from './fsu-parts.ts';
import type { DiscrepancyReason, FsuPart, StatusCode } from './status-codes.ts';

/** One status of a consignment, as a line of a message tells it. */
export interface ConsignmentStatus {
  /** The line of the message, from 1, and its text as it came. */
  readonly line: number;
  readonly text: string;
  readonly awb: string;
  readonly origin: string;
  readonly destination: string;
  readonly code: string;
  /** What the code means; missing where nobody has it on file. */
  readonly meaning?: string;
  readonly flight?: string;
  readonly carrier?: string;
  /** Local day at `airport` or `from`, and the moment where a time is told and the airport's zone is known. */
  readonly day?: string;
  readonly at?: string;
  readonly airport?: string;
  readonly from?: string;
  readonly to?: string;
  readonly share?: string;
  readonly pieces?: number;
  readonly kg?: number;
  readonly ofPieces?: number;
  /** Times of departure and arrival of the flight, and whether they are scheduled (S), estimated (E) or actual (A). */
  readonly departure?: string;
  readonly departureType?: string;
  readonly arrival?: string;
  readonly arrivalType?: string;
  readonly reason?: string;
  readonly reasonMeaning?: string;
  readonly replan?: true;
  /** What the line says besides, as it came. */
  readonly rest?: readonly string[];
  /** What it tells of the flight. */
  readonly event?: FlightEvent;
}

/** What a message holds, and which of its lines cannot be read. */
export interface FsuReading {
  readonly version: number;
  readonly statuses: readonly ConsignmentStatus[];
  readonly faults: readonly Fault[];
}

/** What messages are read against. */
export interface FsuRims {
  readonly codes: readonly (StatusCode | DiscrepancyReason)[];
  /** The time zone of an airport; undefined where it is not known. */
  zoneOf(airport: string): TimeZone | undefined;
}

type Fields = {
  -readonly [Name in 'flight' | 'carrier' | 'airport' | 'from' | 'to' | 'reason']?: string;
} & { moment?: LineMoment; quantity?: Quantity };

const FORMS: Readonly<Record<FsuPart, string>> = {
  flight: 'write carrier and number, as CX880',
  'flight?': 'write carrier and number, as CX880',
  carrier: 'write the carrier, as CX',
  day: 'write day and month, as 12NOV',
  moment: 'write day and month, and the time where it is known, as 12NOV0915',
  leg: 'write two airports, as HKGORD',
  airport: 'write an airport, as HKG',
  reason: 'write four letters, as OFLD',
  quantity: 'write pieces and weight, as T10K350',
};

const inForm = (pattern: RegExp, text: string): string | undefined => (pattern.test(text) ? text : undefined);

/** Reads one part into fields; false when the text is not of its form. */
const readPart = (part: FsuPart, text: string, fields: Fields, received: ReceivedOn): boolean => {
  const put = <Name extends keyof Fields>(name: Name, value: Fields[Name]): boolean => {
    if (value !== undefined) fields[name] = value;
    return value !== undefined;
  };
  switch (part) {
    case 'flight':
    case 'flight?':
      return put('flight', flightOf(text));
    case 'carrier':
      return put('carrier', inForm(/^([A-Z][A-Z0-9]|[0-9][A-Z]|[A-Z]{3})$/, text));
    case 'day':
    case 'moment':
      return put('moment', momentOf(text, received.day, received.year));
    case 'airport':
      return put('airport', inForm(/^[A-Z]{3}$/, text));
    case 'reason':
      return put('reason', inForm(/^[A-Z]{4}$/, text));
    case 'quantity':
      return put('quantity', quantityOf(text));
    case 'leg':
      return /^[A-Z]{6}$/.test(text) && put('from', text.slice(0, 3)) && put('to', text.slice(3));
  }
};

interface ReceivedOn {
  readonly day: number;
  readonly year: number;
}

/** A line that continues the one before, or belongs to the message rather than a status. */
const isBesides = (text: string): boolean => text.startsWith('/') || /^(ULD|OCI)\//.test(text);

/** Reads messages one by one; holds the codes. */
export class FsuReader {
  readonly #rims: FsuRims;

  constructor(rims: FsuRims) {
    this.#rims = rims;
  }

  /**
   * Reads a status update of Cargo-IMP (FSU): header, consignment, status lines. Days have no year; they are read in the
   * year that lies nearest to when the message was received. Times are local at the airport they are of. A line that
   * cannot be read is a fault that names line and part, and the rest goes on; codes that are not on file are kept.
   * Fails for what is no FSU at all.
   */
  read(message: string, received: Instant): Result<FsuReading, Fault> {
    const [head = '', ...lines] = message.replace(/\s+$/, '').split(/\r?\n/);
    const version = /^FSU\/(\d{1,2})$/.exec(head.trim())?.[1];
    if (version === undefined) {
      return fail(
        badPart(
          1,
          'message identifier',
          `"${head.trim()}" is no status update`,
          'start with FSU and a version, as FSU/14',
        ),
      );
    }
    const page = new Page(this.#rims, received);
    for (const [index, line] of lines.entries()) page.take(line.trim(), index + 2);
    return ok({ version: Number(version), statuses: page.statuses, faults: page.faults });
  }
}

/** The lines of one message; a status belongs to the consignment named last. */
class Page {
  readonly statuses: ConsignmentStatus[] = [];
  readonly faults: Fault[] = [];
  readonly #rims: FsuRims;
  readonly #received: Instant;
  readonly #on: ReceivedOn;
  readonly #codes: ReadonlyMap<string, StatusCode | DiscrepancyReason>;
  #consignment: Consignment | undefined;

  constructor(rims: FsuRims, received: Instant) {
    this.#rims = rims;
    this.#received = received;
    const day = dayOfInstant(received);
    this.#on = { day, year: Number(formatDay(day).slice(0, 4)) };
    this.#codes = new Map(atDay(rims.codes, day).map((record) => [record.code, record]));
  }

  take(text: string, line: number): void {
    if (text === '') return;
    if (/^\d/.test(text)) {
      const read = consignmentOf(text, line);
      this.#consignment = read.ok ? read.value : undefined;
      if (!read.ok) this.faults.push(read.error);
      return;
    }
    if (isBesides(text)) {
      this.#addBesides(text);
      return;
    }
    const status = this.#status(text, line);
    if (status.ok) this.statuses.push(status.value);
    else this.faults.push(status.error);
  }

  #addBesides(text: string): void {
    const last = this.statuses.pop();
    if (last) this.statuses.push({ ...last, rest: [...(last.rest ?? []), text] });
  }

  #status(text: string, line: number): Result<ConsignmentStatus, Fault> {
    const consignment = this.#consignment;
    if (!consignment)
      return fail(badPart(line, 'status', 'no sound consignment is before it', 'give the air waybill first'));
    const [code = '', ...parts] = text.split('/');
    if (!/^[A-Z]{3}$/.test(code))
      return fail(badPart(line, 'status code', `"${code}" is no code`, 'start with three letters'));
    const { awb, origin, destination } = consignment;
    const base = { line, text, awb, origin, destination, code };
    const record = this.#codes.get(code);
    if (record?.kind !== 'status') return ok({ ...base, rest: parts });
    const fields: Fields = {};
    const left = [...parts];
    for (const part of record.parts) {
      const given = left[0] ?? '';
      if (readPart(part, given, fields, this.#on)) left.shift();
      else if (!part.endsWith('?')) {
        return fail(
          badPart(line, `${code} ${part}`, given === '' ? 'is missing' : `"${given}" is not right`, FORMS[part]),
        );
      }
    }
    const status = { ...base, meaning: record.meaning, ...this.#told(fields, left) };
    const { departure, arrival } = status;
    if (departure !== undefined && arrival !== undefined && arrival <= departure) {
      const what = `the arrival ${arrival} is not after the departure ${departure}`;
      return fail(badPart(line, `${code} times`, what, 'correct a time, or its day (-P before, -N after)'));
    }
    const event = eventOf(record, status, formatInstant(this.#received));
    return ok(event ? { ...status, event } : status);
  }

  /** What the parts of a line come to; times and whatever else is left stand at its end. */
  #told(
    { moment, quantity, reason, ...names }: Fields,
    left: readonly string[],
  ): Omit<ConsignmentStatus, 'line' | 'text' | 'awb' | 'origin' | 'destination' | 'code'> {
    const times = left.map(lineTimeOf).filter((time) => time !== undefined);
    const rest = left.filter((text) => text !== '' && !lineTimeOf(text));
    const [first, second] = times;
    const atAirport = names.airport !== undefined;
    const lands = atAirport && names.flight !== undefined && reason === undefined;
    const departure = atAirport ? undefined : this.#timeAt(names.from, moment, first);
    const landing = lands ? this.#timeAt(names.airport, moment, first) : undefined;
    const arrival = atAirport ? landing : this.#timeAt(names.to, moment, second);
    const arrivalType = (lands ? first : second)?.type;
    const at = moment?.minutes === undefined ? undefined : this.#timeAt(names.airport ?? names.from, moment);
    const why = reason === undefined ? undefined : this.#codes.get(reason);
    return {
      ...names,
      ...(moment && { day: formatDay(moment.day) }),
      ...(at !== undefined && { at }),
      ...quantity,
      ...(departure !== undefined && { departure, departureType: first?.type ?? '' }),
      ...(arrival !== undefined && { arrival, arrivalType: arrivalType ?? '' }),
      ...(reason !== undefined && { reason }),
      ...(why?.kind === 'reason' && { reasonMeaning: why.meaning, ...(why.replan && { replan: true as const }) }),
      ...(rest.length > 0 && { rest }),
    };
  }

  /** A clock time at an airport on the day of its line; without a time of its own, the moment of the line. */
  #timeAt(airport: string | undefined, moment: LineMoment | undefined, time?: LineTime): string | undefined {
    const zone = airport === undefined ? undefined : this.#rims.zoneOf(airport);
    const minutes = time ? time.minutes : moment?.minutes;
    if (!zone || !moment || minutes === undefined) return undefined;
    return formatInstant(zone.instantAt(moment.day + (time?.days ?? 0), minutes));
  }
}

/** A status may tell news of its flight, known since the message was received. */
const eventOf = (
  { event, code }: StatusCode,
  status: Omit<ConsignmentStatus, 'event'>,
  at: string,
): FlightEvent | undefined => {
  const { flight, day, from, to, airport, departure, departureType, arrival, arrivalType } = status;
  if (event === undefined || flight === undefined) return undefined;
  const told = { at, flight, source: `FSU ${code}` };
  if (event === 'arrived') {
    const landed = arrivalType === 'S' || arrivalType === 'E' ? undefined : arrival;
    return { kind: 'arrived', ...told, ...(airport && { destination: airport }), ...(landed && { arrival: landed }) };
  }
  const which = { ...told, ...(day && { day }), ...(from && { origin: from }), ...(to && { destination: to }) };
  const news = {
    ...(departure && departureType !== 'S' && { departure }),
    ...(arrival && arrivalType !== 'S' && { arrival }),
  };
  if (event === 'departed') return { kind: 'departed', ...which, ...news };
  const isEstimate = departureType === 'E' || arrivalType === 'E';
  return isEstimate ? { kind: 'delayed', ...which, ...news } : undefined;
};
