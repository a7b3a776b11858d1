import type { Fault } from '@crossparcel/units';

/** Something wrong with a line of a timetable file; lines count from 1. */
export interface LineFault {
  readonly line: number;
  readonly fault: Fault;
}

/** A line of a timetable that cannot be taken. */
export const badLine = (field: string, what: string, mend: string): Fault => ({
  code: 'bad-timetable-line',
  field,
  what,
  mend,
});
