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

/** Platforms take views and likes back that they find to be false, so counters of a video may fall. */
const countsFault = (
  name: string,
  rows: readonly (readonly [number, number])[],
  { observedUntil, kind }: SpikeRequest,
): Fault | undefined =>
  timesFault(name, rows, observedUntil, false) ?? (kind === 'views' ? undefined : fallFault(name, rows));

const signalFault = (request: SpikeRequest): Fault | undefined => {
  const { signals = {}, observedUntil } = request;
  for (const name of [...USED_SIGNALS, 'shares', 'saves'] as const) {
    const found = signals[name] && countsFault(`signals.${name}`, signals[name], request);
    if (found) return found;
  }
  return signals.countries && timesFault('signals.countries', signals.countries, observedUntil, false);
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
  const found = countsFault('counts', counts ?? [], request) ?? signalFault(request);
  if (found) return found;
  return (counts?.at(-1)?.[0] ?? 0) > 0
    ? undefined
    : fault('counts', 'holds no reading after the start', 'give a reading, or events: [] when nothing came so far');
};
