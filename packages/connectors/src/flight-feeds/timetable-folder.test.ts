import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DepartureTable, readCsvTimetable } from '@crossparcel/transport';
import { CrossparcelError } from '@crossparcel/units';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TimetableFolder } from './timetable-folder.ts';

const HEADER =
  'flight,carrier,origin,destination,departure,arrival,capacityKg,pricePerKg,currency,cutoffMin,minConnectMin';
const row = (flight: string, day: number, hour: string, more: { kg?: number } = {}) =>
  `${flight},${flight.slice(0, 2)},HKG,ANC,2026-11-${day}T${hour}:00+08:00,2026-11-${day}T${hour}:59+08:00,${more.kg ?? 1000},3.10,USD,360,300`;
const NOW = Date.parse('2026-11-20T00:00:00Z');

const readTimetable = (file: string): DepartureTable => {
  const table = readCsvTimetable(
    readFileSync(file),
    { knowsAirport: () => true, convert: (price) => price },
    ({ line, fault }) => {
      throw new CrossparcelError({ ...fault, what: `line ${line}: ${fault.field} ${fault.what}` });
    },
  );
  if (!table) throw new CrossparcelError({ code: 'empty-file', what: 'has no departure', mend: 'give some' });
  return table;
};

let folder = '';
let writes = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crossparcel-timetables-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file at a time of its own, as file systems may tell two writes of one moment apart by nothing. */
const put = (name: string, ...rows: string[]) => {
  writeFileSync(join(folder, name), [HEADER, ...rows, ''].join('\n'));
  writes += 1;
  utimesSync(join(folder, name), writes, writes);
};
const opened = () => new TimetableFolder({ folder, readTimetable, sameFlightWithinMin: 720 });
/** Two looks: the first sees what is there, the second that it stands. */
const settled = async (feed: TimetableFolder) => {
  const first = await feed.poll(NOW);
  expect(first).toEqual({ read: [], events: [], faults: [] });
  return feed.poll(NOW);
};

describe('a folder of timetables', () => {
  it('takes the first file of a carrier for what is known, and tells what the next one changes', async () => {
    const feed = opened();
    put('cx-1.csv', row('CX1', 22, '09'), row('CX2', 23, '09'), row('CX3', 24, '09'), row('CX9', 25, '09'));
    expect(await settled(feed)).toEqual({ read: ['cx-1.csv'], events: [], faults: [] });
    put(
      'cx-2.csv',
      row('CX1', 22, '11'),
      row('CX3', 24, '09', { kg: 700 }),
      row('CX4', 24, '10'),
      row('CX9', 25, '09'),
    );
    const { events } = await settled(feed);
    expect(events.map((event) => [event.kind, 'flight' in event ? event.flight : ''])).toEqual([
      ['delayed', 'CX1'],
      ['cancelled', 'CX2'],
      ['capacity', 'CX3'],
      ['published', 'CX4'],
    ]);
    expect(feed.timetable?.length).toBe(4);
  });

  it('reads a file only when it stands still, and the same content only once', async () => {
    const feed = opened();
    put('cx.csv', row('CX1', 22, '09'));
    await feed.poll(NOW);
    put('cx.csv', row('CX1', 22, '09'), row('CX2', 23, '09'));
    expect((await feed.poll(NOW)).read).toEqual([]);
    expect((await feed.poll(NOW)).read).toEqual(['cx.csv']);
    put('copy.csv', row('CX1', 22, '09'), row('CX2', 23, '09'));
    put('notes.md', 'nothing');
    await feed.poll(NOW);
    expect(await feed.poll(NOW)).toEqual({ read: [], events: [], faults: [] });
  });

  it('leaves other carriers alone, other weeks, and what has flown', async () => {
    const feed = opened();
    put('a.csv', row('CX1', 22, '09'), row('CX1', 28, '09'), row('LD1', 22, '09'), row('CX7', 19, '09'));
    await settled(feed);
    put('b.csv', row('CX8', 19, '08'), row('CX1', 22, '10'));
    const { events } = await settled(feed);
    expect(events.map(({ kind }) => kind)).toEqual(['delayed']);
    const known = feed.timetable as DepartureTable;
    const flights = Array.from({ length: known.length }, (_, index) => known.flights.at(known.flight[index] as number));
    expect(flights.sort()).toEqual(['CX1', 'CX1', 'CX8', 'LD1']);
  });

  it('sets a wrong file aside by name, and reads the others', async () => {
    const feed = opened();
    put('bad.csv', row('CX1', 22, '99'));
    put('good.csv', row('CX2', 23, '09'));
    const { read, faults } = await settled(feed);
    expect(read).toEqual(['good.csv']);
    expect(faults).toMatchObject([{ code: 'bad-timetable-file', field: 'bad.csv' }]);
    expect(faults[0]?.what).toContain('line 2: departure');
    expect(readdirSync(folder).sort()).toEqual(['good.csv', 'set-aside']);
    expect(existsSync(join(folder, 'set-aside', 'bad.csv'))).toBe(true);
    put('bad.csv', row('CX2', 23, '10'));
    expect((await settled(feed)).events).toMatchObject([{ kind: 'delayed', flight: 'CX2' }]);
  });

  it('does not look into folders, whatever they are called', async () => {
    mkdirSync(join(folder, 'old.csv'));
    expect(await settled(opened())).toEqual({ read: [], events: [], faults: [] });
  });
});
