import { readFileSync } from 'node:fs';
import { flightEventSchema } from '@crossparcel/transport';
import { TimeZone } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConsignmentStatus, FsuReader } from './fsu.ts';
import { statusCodesSchema } from './status-codes.ts';

const codes = statusCodesSchema.parse(
  JSON.parse(readFileSync(new URL('../../../../../reference/cargo-imp/status-codes.json', import.meta.url), 'utf8')),
);
const zones = new Map([
  ['HKG', new TimeZone('Asia/Hong_Kong')],
  ['ORD', new TimeZone('America/Chicago')],
  ['LAX', new TimeZone('America/Los_Angeles')],
]);
const reader = new FsuReader({ codes, zoneOf: (airport) => zones.get(airport) });
const RECEIVED = Date.parse('2026-11-13T02:00:00Z');
const AWB = '020-12345675HKGORD/T10K350';

const read = (lines: readonly string[], received = RECEIVED) => {
  const result = reader.read(['FSU/14', AWB, ...lines].join('\r\n'), received);
  if (!result.ok) throw new Error(result.error.what);
  return result.value;
};
const one = (line: string, received = RECEIVED): ConsignmentStatus => {
  const { statuses, faults } = read([line], received);
  expect(faults).toEqual([]);
  return statuses[0] as ConsignmentStatus;
};
const faultOf = (line: string) => {
  const [fault] = read([line]).faults;
  return fault?.field;
};

describe('a status update', () => {
  it('tells what became of a consignment, with times at the airport', () => {
    expect(one('RCS/12NOV0915/HKG/T10K350/ACME LTD')).toEqual({
      line: 3,
      text: 'RCS/12NOV0915/HKG/T10K350/ACME LTD',
      awb: '020-12345675',
      origin: 'HKG',
      destination: 'ORD',
      code: 'RCS',
      meaning: 'accepted from the shipper',
      airport: 'HKG',
      day: '2026-11-12',
      at: '2026-11-12T01:15:00Z',
      share: 'T',
      pieces: 10,
      kg: 350,
      rest: ['ACME LTD'],
    });
  });

  it('tells that a flight left and landed, known since the message came', () => {
    expect(one('DEP/CX0880/12NOV/HKGLAX/T10K350/A1215/E0910').event).toEqual({
      kind: 'departed',
      at: '2026-11-13T02:00:00Z',
      flight: 'CX880',
      source: 'FSU DEP',
      day: '2026-11-12',
      origin: 'HKG',
      destination: 'LAX',
      departure: '2026-11-12T04:15:00Z',
      arrival: '2026-11-12T17:10:00Z',
    });
    expect(one('ARR/CX880/12NOV0905/LAX/T10K350').event).toMatchObject({
      kind: 'arrived',
      destination: 'LAX',
      arrival: '2026-11-12T17:05:00Z',
    });
  });

  it('takes estimates of a booked or manifested flight for new times, and scheduled times for none', () => {
    expect(one('MAN/CX880/12NOV/HKGLAX/T10K350/E1500/E1155').event).toMatchObject({
      kind: 'delayed',
      departure: '2026-11-12T07:00:00Z',
    });
    const booked = one('BKD/CX880/12NOV/HKGLAX/T10K350/S1200/S0900');
    expect(booked.event).toBeUndefined();
    expect(booked).toMatchObject({ departure: '2026-11-12T04:00:00Z', departureType: 'S' });
  });

  it('says that goods must be planned anew, and keeps reasons and codes that it does not know', () => {
    expect(one('DIS/CX880/12NOV1300/HKG/OFLD/P4K120T10')).toMatchObject({
      flight: 'CX880',
      reason: 'OFLD',
      reasonMeaning: 'off-loaded',
      replan: true,
      pieces: 4,
      ofPieces: 10,
    });
    expect(one('DIS/12NOV1300/HKG/ZZZZ/P4')).toMatchObject({ reason: 'ZZZZ', pieces: 4 });
    const strange = one('XYZ/12NOV/FOO');
    expect(strange).toMatchObject({ code: 'XYZ', rest: ['12NOV', 'FOO'] });
    expect(strange.meaning).toBeUndefined();
  });

  it('keeps lines that go on from a status with it', () => {
    const { statuses } = read(['RCF/CX880/12NOV1000/LAX/T10K350', 'ULD/AKE12345CX', '/MORE', 'OSI/CALL US/NOW']);
    expect(statuses.map(({ code, rest }) => [code, rest])).toEqual([
      ['RCF', ['ULD/AKE12345CX', '/MORE']],
      ['OSI', ['CALL US', 'NOW']],
    ]);
  });

  it('reads a day in the year that lies nearest, over new year and on a leap day', () => {
    const day = (text: string, received: string) => one(`RCS/${text}0100/HKG/T1`, Date.parse(received)).day;
    expect(day('30DEC', '2027-01-02T00:00:00Z')).toBe('2026-12-30');
    expect(day('02JAN', '2026-12-30T00:00:00Z')).toBe('2027-01-02');
    expect(day('29FEB', '2028-03-01T00:00:00Z')).toBe('2028-02-29');
  });

  it('names the line and the part that it cannot read, and goes on', () => {
    expect(faultOf('RCS/32NOV0915/HKG/T10K350')).toBe('message line 3, RCS moment');
    expect(faultOf('RCS/12NOV2515/HKG/T10K350')).toBe('message line 3, RCS moment');
    expect(faultOf('RCS/29FEB0915/HKG/T10K350')).toBe('message line 3, RCS moment');
    expect(faultOf('RCS/12NOV0915/HK/T10K350')).toBe('message line 3, RCS airport');
    expect(faultOf('RCS/12NOV0915/HKG/10K350')).toBe('message line 3, RCS quantity');
    expect(faultOf('RCS/12NOV0915/HKG')).toBe('message line 3, RCS quantity');
    expect(faultOf('DEP/880/12NOV/HKGLAX/T10K350')).toBe('message line 3, DEP flight');
    expect(faultOf('DEP/CX880/12NOV/HKG/T10K350')).toBe('message line 3, DEP leg');
    expect(faultOf('DEP/CX880/12NOV/HKGLAX/T10K350/A1215/A0910-P')).toBe('message line 3, DEP times');
    expect(faultOf('hello')).toBe('message line 3, status code');
    const { statuses, faults } = read(['DEP/CX880', 'RCS/12NOV0915/HKG/T10K350']);
    expect([statuses.map(({ code }) => code), faults.length]).toEqual([['RCS'], 1]);
  });

  it('refuses an air waybill whose check digit is wrong, and what is no status update', () => {
    const wrong = reader.read('FSU/14\n020-12345676HKGORD/T10K350\nRCS/12NOV0915/HKG/T10K350', RECEIVED);
    expect(wrong).toMatchObject({
      ok: true,
      value: { statuses: [], faults: [{ field: 'message line 2, air waybill number' }, {}] },
    });
    expect(reader.read('FWB/16\n020-12345675', RECEIVED)).toMatchObject({
      ok: false,
      error: { field: 'message line 1, message identifier' },
    });
  });

  const digits = (length: number) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));
  const serial = digits(7).map((seven) => `${seven}${Number(seven) % 7}`);

  it('finds any one wrong digit of an air waybill unless it changes by seven', () => {
    fc.assert(
      fc.property(serial, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 9 }), (number, place, by) => {
        const digit = (Number(number[place]) + by) % 10;
        const other = `${number.slice(0, place)}${digit}${number.slice(place + 1)}`;
        const reading = reader.read(`FSU/14\n020-${other}HKGORD/T1`, RECEIVED);
        const isSeven = Math.abs(digit - Number(number[place])) === 7;
        expect(reading.ok && reading.value.faults.length).toBe(isSeven ? 0 : 1);
      }),
    );
  });

  const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
  const two = (value: number) => String(value).padStart(2, '0');
  const day = fc
    .integer({ min: -150, max: 150 })
    .map((days) => new Date(Date.UTC(2026, 10, 13) + days * 86_400_000))
    .map((date) => ({
      text: `${two(date.getUTCDate())}${MONTHS[date.getUTCMonth()]}`,
      day: date.toISOString().slice(0, 10),
    }));
  const minutes = fc.integer({ min: 0, max: 1439 });
  const clock = (value: number) => `${two(Math.floor(value / 60))}${two(value % 60)}`;
  const quantity = fc.record({
    share: fc.constantFrom('T', 'P', 'S', 'D', 'M'),
    pieces: fc.integer({ min: 1, max: 9999 }),
    kg: fc.option(fc.integer({ min: 1, max: 9_999_999 }), { nil: undefined }),
  });
  const printed = ({ share, pieces, kg }: { share: string; pieces: number; kg: number | undefined }) =>
    `${share}${pieces}${kg === undefined ? '' : `K${kg / 10}`}`;
  const flight = fc.tuple(fc.constantFrom('CX', '5Y', 'LD'), fc.integer({ min: 1, max: 9999 }));

  it('reads back whatever was written', () => {
    fc.assert(
      fc.property(
        serial,
        flight,
        day,
        minutes,
        quantity,
        fc.boolean(),
        (number, [carrier, no], when, clockMin, amount, lands) => {
          const line = lands
            ? `RCF/${carrier}${String(no).padStart(4, '0')}/${when.text}${clock(clockMin)}/ORD/${printed(amount)}`
            : `DEP/${carrier}${no}/${when.text}/HKGORD/${printed(amount)}/A${clock(clockMin)}`;
          const reading = reader.read(`FSU/15\n999-${number}HKGORD/T1K1\n${line}\n`, RECEIVED);
          expect(reading.ok && reading.value.faults).toEqual([]);
          const status = reading.ok ? reading.value.statuses[0] : undefined;
          expect(status).toMatchObject({
            awb: `999-${number}`,
            flight: `${carrier}${no}`,
            day: when.day,
            share: amount.share,
            pieces: amount.pieces,
          });
          expect(status?.kg).toBe(amount.kg === undefined ? undefined : amount.kg / 10);
          if (status?.event) expect(flightEventSchema.parse(status.event)).toEqual(status.event);
          if (!lands) {
            const left = Date.parse(`${when.day}T00:00:00+08:00`) + clockMin * 60_000;
            expect(status?.departure).toBe(new Date(left).toISOString().replace('.000', ''));
          }
        },
      ),
    );
  });
});
