import type { Fault } from '@crossparcel/units';
import { USED_SIGNALS } from './evidence.ts';
import type { SpikeRequest } from './reading.ts';

const fault = (field: string, what: string, mend: string): Fault => ({ code: 'bad-spike', field, what, mend });

/** What is wrong with instants: not in order, twice, or later than what was observed. */
const timesFault = (
  name: string,
  rows: readonly (readonly [number, unknown])[],
  observedUntil: number,
  twice: boolean,
): Fault | undefined => {
  let last = -1;
  for (const [place, [time]] of rows.entries()) {
    const field = `${name}[${place}]`;
    if (time > observedUntil)
      return fault(
        field,
        `is after the time observed: ${time} s`,
        `give readings up to observedUntil, ${observedUntil} s`,
      );
    if (time < last) return fault(field, `is before the one above it: ${time} s`, 'give times in ascending order');
    if (time === last && !twice) return fault(field, `is there twice: ${time} s`, 'give one reading for an instant');
    last = time;
  }
  return undefined;
};

const fallFault = (name: string, rows: readonly (readonly [number, number])[]): Fault | undefined => {
  for (const [place, [, count]] of rows.entries()) {
    const before = rows[place - 1]?.[1] ?? 0;
    if (count < before)
      return fault(`${name}[${place}]`, `falls from ${before} to ${count}`, 'give cumulative counts, which never fall');
  }
  return undefined;
};

/** Signals may fall, as platforms take back likes and comments; their times must be in order. */
const signalFault = ({ signals = {}, observedUntil }: SpikeRequest): Fault | undefined => {
  for (const name of [...USED_SIGNALS, 'shares', 'saves', 'countries'] as const) {
    const found = signals[name] && timesFault(`signals.${name}`, signals[name], observedUntil, false);
    if (found) return found;
  }
  return undefined;
};

/** What is wrong with a request beyond its form; undefined when nothing is. */
export const spikeFault = (request: SpikeRequest): Fault | undefined => {
  const { events, counts, observedUntil, horizon } = request;
  if (events && counts) return fault('counts', 'stands beside events', 'give events or counts, not both');
  if (!(events || counts)) return fault('counts', 'is missing, and so are events', 'give events or counts');
  if (!(horizon > observedUntil))
    return fault(
      'horizon',
      `is not after the time observed: ${horizon} s`,
      `give a horizon after observedUntil, ${observedUntil} s`,
    );
  if (events) return timesFault('events', events, observedUntil, true) ?? signalFault(request);
  const rows = counts ?? [];
  // Platforms take back views that they find to be false.
  const fall = request.kind === 'views' ? undefined : fallFault('counts', rows);
  const found = timesFault('counts', rows, observedUntil, false) ?? fall ?? signalFault(request);
  if (found) return found;
  return (counts?.at(-1)?.[0] ?? 0) > 0
    ? undefined
    : fault('counts', 'holds no reading after the start', 'give a reading, or events: [] when nothing came so far');
};
