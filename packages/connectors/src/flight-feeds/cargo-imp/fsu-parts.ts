import { type DayNumber, dayOfCivil, type Fault, fail, ok, type Result } from '@crossparcel/units';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const KG_PER_POUND = 0.453_592_37;
/** Days by which a time lies after the day of its line. */
const DAY_CHANGES: Readonly<Record<string, number>> = { P: -1, N: 1, S: 2, T: 3 };

/** A part of a line that cannot be read. */
export const badPart = (line: number, part: string, what: string, mend: string): Fault => ({
  code: 'bad-status-message',
  field: `message line ${line}, ${part}`,
  what,
  mend,
});

/** How much of a consignment a line speaks of. */
export interface Quantity {
  /** All of it (T), a part (P), one of several (S, D, M as in the manual), as the line has it. */
  readonly share: string;
  readonly pieces: number;
  readonly kg?: number;
  /** Pieces of the whole consignment, where a part names them. */
  readonly ofPieces?: number;
}

const QUANTITY = /^([TPSDM])(\d{1,4})(?:([KL])(\d{1,7}(?:\.\d{1,3})?))?(?:T(\d{1,4}))?$/;

/** `T10K350`, `P4L120.5T10`; pounds become kilograms, to the gram. */
export const quantityOf = (text: string): Quantity | undefined => {
  const match = QUANTITY.exec(text);
  if (!match) return undefined;
  const [, share = '', pieces, unit, weight, of] = match;
  const kg = Number(weight) * (unit === 'L' ? KG_PER_POUND : 1);
  return {
    share,
    pieces: Number(pieces),
    ...(weight !== undefined && { kg: Math.round(kg * 1000) / 1000 }),
    ...(of !== undefined && { ofPieces: Number(of) }),
  };
};

/** `CX880`, `CX0880A`: as timetables name it, without leading zeros. */
export const flightOf = (text: string): string | undefined => {
  const match = /^([A-Z][A-Z0-9]|[0-9][A-Z]|[A-Z]{3})0*([1-9]\d{0,3}[A-Z]?)$/.exec(text);
  return match ? `${match[1]}${match[2]}` : undefined;
};

/** A clock time in a line: scheduled, estimated, actual or not said, and days after the line's day. */
export interface LineTime {
  readonly type: 'S' | 'E' | 'A' | '';
  readonly minutes: number;
  readonly days: number;
}

/** `A1215`, `E0410-N`. */
export const lineTimeOf = (text: string): LineTime | undefined => {
  const match = /^([SEA]?)(\d{2})(\d{2})(?:-([PNST]))?$/.exec(text);
  if (!match) return undefined;
  const [, type = '', hour, minute, change = ''] = match;
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  return {
    type: type as LineTime['type'],
    minutes: Number(hour) * 60 + Number(minute),
    days: DAY_CHANGES[change] ?? 0,
  };
};

/** A day without a year, and perhaps a clock time. */
export interface LineMoment {
  readonly day: DayNumber;
  readonly minutes?: number;
}

/** `12NOV` or `12NOV0915`, in the year in which it lies nearest to a day. */
export const momentOf = (text: string, near: DayNumber, yearOfNear: number): LineMoment | undefined => {
  const match = /^(\d{2})([A-Z]{3})(?:(\d{2})(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [, date, name = '', hour, minute] = match;
  const month = MONTHS.indexOf(name) + 1;
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59) return undefined;
  const days = [-1, 0, 1]
    .map((years) => dayOfCivil(yearOfNear + years, month, Number(date)))
    .filter((day) => day !== undefined)
    .sort((a, b) => Math.abs(a - near) - Math.abs(b - near));
  const [day] = days;
  if (day === undefined) return undefined;
  return { day, ...(hour !== undefined && { minutes: Number(hour) * 60 + Number(minute) }) };
};

/** A consignment as the second line of a message names it. */
export interface Consignment {
  /** Airline prefix and serial number, `020-12345675`. */
  readonly awb: string;
  readonly origin: string;
  readonly destination: string;
  readonly total: Quantity;
}

const CONSIGNMENT = /^(\d{3})-(\d{8})([A-Z]{3})([A-Z]{3})\/(.+)$/;

/** `020-12345675HKGORD/T10K350`; the last digit of the number is the rest of the seven before it by seven (IATA Resolution 600a). */
export const consignmentOf = (text: string, line: number): Result<Consignment, Fault> => {
  const match = CONSIGNMENT.exec(text);
  const form = 'write prefix-number, origin and destination, and quantity, as 020-12345675HKGORD/T10K350';
  if (!match) return fail(badPart(line, 'air waybill', `"${text}" names no consignment`, form));
  const [, prefix, serial = '', origin = '', destination = '', quantity = ''] = match;
  const check = Number(serial.slice(0, 7)) % 7;
  if (check !== Number(serial[7])) {
    const what = `${prefix}-${serial} has check digit ${serial[7]} where its number gives ${check}`;
    return fail(badPart(line, 'air waybill number', what, 'correct the number'));
  }
  const total = quantityOf(quantity);
  if (!total) return fail(badPart(line, 'quantity', `"${quantity}" is no quantity`, 'write it as T10K350'));
  return ok({ awb: `${prefix}-${serial}`, origin, destination, total });
};
