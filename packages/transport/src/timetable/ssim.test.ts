import { describe, expect, it } from 'vitest';
import type { LineFault } from './faults.ts';
import { readSsim } from './ssim.ts';
import { FlightTermsBook, type FlightTermsRecord } from './terms.ts';
import { Timetable } from './timetable.ts';

/** A record with texts at positions that count from 1. */
const record = (...parts: readonly (readonly [number, string])[]): string => {
  const bytes = [...' '.repeat(200)];
  for (const [from, text] of parts) for (const [index, letter] of [...text].entries()) bytes[from - 1 + index] = letter;
  return bytes.join('');
};

const HEAD = record([1, '1AIRLINE STANDARD SCHEDULE DATA SET']);
const carrier = (mode = 'L', to = '27MAR27') => record([1, `2${mode}CX `], [15, '25OCT26'], [22, to]);
const TAIL = record([1, '5 CX ']);

const leg = (more: readonly (readonly [number, string])[] = []): string =>
  record(
    [1, '3 CX  8800101F'],
    [15, '22NOV2628NOV26'],
    [29, '1 3   7'],
    [37, 'HKG'],
    [40, '2330'],
    [44, '2330'],
    [48, '+0800'],
    [55, 'ANC'],
    [58, '1825'],
    [62, '1825'],
    [66, '-0900'],
    [73, '74N'],
    [193, '00'],
    ...more,
  );

const dated = {
  validFrom: '2026-01-01',
  validTo: null,
  source: 'test',
  readOn: '2026-11-22',
  confidence: 'memory',
} as const;
const everything: FlightTermsRecord = {
  ...dated,
  id: 'all',
  cutoffMin: 360,
  minConnectMin: 300,
  handlingMin: 60,
  capacityKg: 2000,
  pricePerKg: 3.5,
  currency: 'USD',
};

const read = (lines: readonly string[], terms: readonly FlightTermsRecord[] = [everything]) => {
  const faults: LineFault[] = [];
  const rims = {
    knowsAirport: (code: string) => ['HKG', 'ANC', 'ORD', 'LHR'].includes(code),
    convert: (price: number) => price,
    terms: new FlightTermsBook(terms),
    payloadKg: (aircraft: string) => (aircraft === '74N' ? 131_700 : undefined),
    currency: 'USD',
  };
  const table = readSsim(lines, rims, (fault) => faults.push(fault));
  const timetable = Timetable.of(table);
  const departures = Array.from({ length: table.length }, (_, index) => timetable.departure(index));
  return { faults, timetable, departures };
};

const formatMinute = (minute: number) => new Date(minute * 60_000).toISOString().replace(':00.000', '');

const times = ({ departures }: ReturnType<typeof read>) =>
  departures.map(({ flight, departs, arrives }) => `${flight} ${formatMinute(departs)} ${formatMinute(arrives)}`);

describe('a timetable in SSIM', () => {
  it('goes on its days of operation, at local times with their offsets', () => {
    const found = read([HEAD, carrier(), leg(), TAIL, '0'.repeat(200)]);
    expect(found.faults).toEqual([]);
    expect(times(found)).toEqual([
      'CX880 2026-11-22T15:30Z 2026-11-23T03:25Z',
      'CX880 2026-11-23T15:30Z 2026-11-24T03:25Z',
      'CX880 2026-11-25T15:30Z 2026-11-26T03:25Z',
    ]);
    expect(found.departures[0]).toMatchObject({
      carrier: 'CX',
      kind: 'freighter',
      capacityGrams: 2_000_000,
      pricePerKg: 3_500_000_000,
      cutoffMin: 360,
      handlingMin: 60,
    });
  });

  it('arrives another day where it says so, and before its own day too', () => {
    const eastward = leg([
      [44, '0010'],
      [58, '1700'],
      [193, '0A'],
    ]);
    expect(times(read([HEAD, carrier(), eastward]))[0]).toBe('CX880 2026-11-21T16:10Z 2026-11-22T02:00Z');
    const nextDay = leg([
      [44, '2330'],
      [55, 'LHR'],
      [58, '0500'],
      [66, '+0000'],
      [193, '01'],
    ]);
    expect(times(read([HEAD, carrier(), nextDay]))[0]).toBe('CX880 2026-11-22T15:30Z 2026-11-23T05:00Z');
  });

  it('follows the change of clocks by the offset of each period', () => {
    const before = leg([
      [15, '18OCT2618OCT26'],
      [37, 'LHR'],
      [44, '1200'],
      [48, '+0100'],
      [55, 'HKG'],
      [58, '0800'],
      [66, '+0800'],
      [193, '01'],
    ]);
    const after = leg([
      [15, '25OCT2625OCT26'],
      [37, 'LHR'],
      [44, '1200'],
      [48, '+0000'],
      [55, 'HKG'],
      [58, '0800'],
      [66, '+0800'],
      [193, '01'],
    ]);
    expect(times(read([HEAD, carrier(), before, after]))).toEqual([
      'CX880 2026-10-18T11:00Z 2026-10-19T00:00Z',
      'CX880 2026-10-25T12:00Z 2026-10-26T00:00Z',
    ]);
  });

  it('reads UTC, fortnights, and open ends up to that of the carrier', () => {
    const found = read([
      HEAD,
      carrier('U', '10DEC26'),
      leg([
        [22, '00XXX00'],
        [29, '      7'],
        [36, '2'],
        [58, '2345'],
      ]),
    ]);
    expect(times(found)).toEqual([
      'CX880 2026-11-22T23:30Z 2026-11-22T23:45Z',
      'CX880 2026-12-06T23:30Z 2026-12-06T23:45Z',
    ]);
  });

  it('keeps the legs of a flight together', () => {
    const onward = leg([
      [12, '02'],
      [37, 'ANC'],
      [44, '2000'],
      [48, '-0900'],
      [55, 'ORD'],
      [58, '0500'],
      [66, '-0600'],
      [193, '01'],
    ]);
    const { timetable, faults } = read([HEAD, carrier(), leg(), onward]);
    expect(faults).toEqual([]);
    expect(timetable.throughFlights).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
  });

  it('counts a flight once that is sold under several numbers, and keeps it where its own carrier is not there', () => {
    const sold = leg([
      [3, 'LH '],
      [6, '9001'],
    ]);
    const operated = record([1, '4 LH  90010101F'], [29, 'AB050HKGANC'], [40, 'CX  880']);
    const of = (...lines: string[]) => times(read([HEAD, carrier(), ...lines]));
    expect(of(leg(), sold, operated)).toEqual(of(leg()));
    expect(of(sold, operated, leg())).toEqual(of(leg()));
    expect(of(sold, operated)).toEqual(of(leg()));
    expect(of(leg(), sold)).toHaveLength(6);
  });

  it.each([
    ['airline (bytes 3-5)', 3, '?? '],
    ['flight number (bytes 6-9)', 6, '88A '],
    ['service type (bytes 14-14)', 14, '1'],
    ['period (bytes 15-21)', 15, '31NOV26'],
    ['period (bytes 22-28)', 22, '01NOV26'],
    ['days (bytes 29-35)', 29, '2134567'],
    ['frequency rate (bytes 36-36)', 36, '9'],
    ['departure station (bytes 37-39)', 37, 'QQQ'],
    ['departure time (bytes 44-47)', 44, '2460'],
    ['departure offset (bytes 48-52)', 48, '08:00'],
    ['arrival station (bytes 55-57)', 55, 'XXX'],
    ['arrival time (bytes 58-61)', 58, '18 5'],
    ['arrival time (bytes 58-61)', 66, '+1400'],
    ['arrival offset (bytes 66-70)', 66, '     '],
    ['date variation (bytes 194-194)', 194, 'Z'],
    ['record type (bytes 1-1)', 1, '7'],
  ])('names line and field of a wrong %s, and loads the rest', (field, at, text) => {
    const { faults, departures } = read([
      HEAD,
      carrier(),
      leg(),
      leg([
        [6, ' 881'],
        [at, text],
      ]),
      leg([[6, ' 882']]),
    ]);
    expect(faults.map(({ line, fault }) => [line, fault.field])).toEqual([[4, field]]);
    expect(departures).toHaveLength(6);
  });

  it('names short lines, legs without a carrier, and periods that overlap', () => {
    const { faults } = read([HEAD, leg(), carrier(), leg().trimEnd().slice(0, 150), leg(), leg([[15, '25NOV26']])]);
    expect(faults.map(({ line, fault }) => [line, fault.field])).toEqual([
      [2, 'record type (bytes 1-1)'],
      [4, 'record'],
      [6, 'flight number (bytes 6-9)'],
    ]);
  });

  it('names what nobody says of a flight, and allotments that no aircraft of its type carries', () => {
    const without = (terms: Partial<FlightTermsRecord>) =>
      read([HEAD, carrier(), leg()], [{ ...everything, ...terms }]).faults.map(({ line, fault }) => [
        line,
        fault.field,
      ]);
    expect(without({ pricePerKg: undefined, currency: undefined })).toEqual([[3, 'pricePerKg']]);
    expect(without({ cutoffMin: undefined })).toEqual([[3, 'cutoffMin']]);
    expect(without({ capacityKg: 140_000 })).toEqual([[3, 'capacityKg']]);
    expect(without({ capacityKg: undefined })).toEqual([]);
  });
});

describe('terms of flights', () => {
  const traits = {
    flight: 'CX880',
    carrier: 'CX',
    kind: 'freighter',
    aircraft: '74N',
    origin: 'HKG',
    destination: 'ANC',
  } as const;

  it('are those of the record that says most about which flights it means', () => {
    const book = new FlightTermsBook([
      { ...everything, cutoffMin: 400 },
      { ...dated, id: 'kind', kind: 'freighter', cutoffMin: 360 },
      { ...dated, id: 'flight', flight: 'CX880', cutoffMin: 240, validFrom: '2026-12-01' },
      { ...dated, id: 'other', flight: 'CX881', cutoffMin: 1 },
    ]);
    const day = Date.UTC(2026, 10, 30) / 86_400_000;
    expect(book.of(traits, day)).toMatchObject({ cutoffMin: 360, pricePerKg: 3.5, currency: 'USD' });
    expect(book.of(traits, day + 1)).toMatchObject({ cutoffMin: 240 });
  });

  it('must not settle the same twice', () => {
    const one = { ...dated, id: 'one', origin: 'HKG', cutoffMin: 300, validTo: '2026-11-30' };
    const other = { ...dated, id: 'other', origin: 'HKG', cutoffMin: 360, validFrom: '2026-11-30' };
    expect(FlightTermsBook.overlap([one, other])).toMatchObject({ index: 1, fault: { field: 'cutoffMin' } });
    expect(FlightTermsBook.overlap([one, { ...other, validFrom: '2026-12-01' }])).toBeUndefined();
    expect(FlightTermsBook.overlap([one, { ...other, origin: 'SZX' }])).toBeUndefined();
    expect(FlightTermsBook.overlap([one, { ...dated, id: 'more', origin: 'HKG', capacityKg: 1 }])).toBeUndefined();
  });
});
