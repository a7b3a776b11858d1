import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { flightEventSchema } from '@crossparcel/transport';
import { TimeZone } from '@crossparcel/units';
import { afterEach, describe, expect, it } from 'vitest';
import type { WatchedFlight } from '../source.ts';
import { HttpStatusSource } from './http-source.ts';
import { statusProviderSchema } from './provider-record.ts';

const NOW = Date.parse('2026-11-22T04:00:00Z');
const provider = (id: string) =>
  statusProviderSchema.parse(
    JSON.parse(readFileSync(new URL(`../../../../../reference/flight-status/${id}.json`, import.meta.url), 'utf8')),
  );
const watched = (flight: string, scheduled: string, arrival: string, more: Partial<WatchedFlight> = {}) => ({
  flight,
  scheduled: Date.parse(scheduled),
  arrival: Date.parse(arrival),
  origin: 'HKG',
  destination: 'ANC',
  ...more,
});
const cx880 = watched('CX880', '2026-11-22T18:30:00Z', '2026-11-23T03:10:00Z');

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const json =
  (body: unknown, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };

/** A provider on this machine: answers one after the other, the last one for ever. */
const served = async (id: string, answers: Answer[], keys: string[] = []) => {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    (answers.length > 1 ? answers.shift() : answers[0])?.(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const source = new HttpStatusSource(provider(id), {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys,
    timeLimitMs: 250,
    retryAfterMs: 1,
    sameFlightWithinMin: 720,
    now: () => NOW,
    zoneOf: (airport) => (airport === 'HKG' ? new TimeZone('Asia/Hong_Kong') : undefined),
  });
  return { source, asked };
};

const aeroFlight = (status: string, more: object = {}) => ({
  number: 'CX 880',
  status,
  lastUpdatedUtc: '2026-11-22 03:50Z',
  departure: {
    airport: { iata: 'HKG' },
    scheduledTime: { utc: '2026-11-22 18:30Z', local: '2026-11-23 02:30+08:00' },
    revisedTime: { utc: '2026-11-22 21:00Z' },
  },
  arrival: { airport: { iata: 'ANC' }, scheduledTime: { utc: '2026-11-23 03:10Z' } },
  ...more,
});

describe('AeroDataBox', () => {
  it('is asked by number and local day, with its key, and its estimate is a delay', async () => {
    const { source, asked } = await served('aerodatabox', [json([aeroFlight('Expected')])], ['secret']);
    const { events, faults, calls } = await source.status([cx880], 10);
    expect(faults).toEqual([]);
    expect(calls).toEqual([NOW]);
    expect(asked[0]?.url).toBe('/flights/number/CX880/2026-11-23');
    expect(asked[0]?.headers['x-rapidapi-key']).toBe('secret');
    expect(events).toEqual([
      {
        kind: 'delayed',
        at: '2026-11-22T03:50:00Z',
        flight: 'CX880',
        scheduled: '2026-11-22T18:30:00Z',
        origin: 'HKG',
        destination: 'ANC',
        source: 'aerodatabox',
        departure: '2026-11-22T21:00:00Z',
      },
    ]);
    expect(flightEventSchema.parse(events[0])).toEqual(events[0]);
  });

  it('tells each state by its kind, and keeps what it cannot place', async () => {
    const kinds: string[] = [];
    for (const status of ['Delayed', 'EnRoute', 'Arrived', 'Canceled', 'CanceledUncertain', 'Teleported']) {
      const { source } = await served('aerodatabox', [json([aeroFlight(status)])]);
      const [event] = (await source.status([cx880], 10)).events;
      const { status: said, meaning } = event as { status?: string; meaning?: string };
      kinds.push([event?.kind, said, meaning].filter((text) => text !== undefined).join(' | '));
    }
    expect(kinds).toEqual([
      'delayed',
      'departed',
      'arrived',
      'cancelled',
      'unknown | CanceledUncertain | probably cancelled',
      'unknown | Teleported',
    ]);
  });

  it('says nothing twice, and nothing of a flight that is on time', async () => {
    const { source } = await served('aerodatabox', [json([aeroFlight('Delayed')])]);
    expect((await source.status([cx880], 10)).events).toHaveLength(1);
    expect((await source.status([cx880], 10)).events).toEqual([]);
    const onTime = aeroFlight('Boarding', { departure: { scheduledTime: { utc: '2026-11-22 18:30Z' } } });
    const punctual = await served('aerodatabox', [json([onTime])]);
    expect((await punctual.source.status([cx880], 10)).events).toEqual([]);
  });

  it('names what it cannot read in an answer and reads the rest', async () => {
    const bad = aeroFlight('Expected', { departure: { scheduledTime: { utc: 'soon' } } });
    const { source } = await served('aerodatabox', [json([bad, { number: 'CX 880' }, aeroFlight('Canceled')])]);
    const { events, faults } = await source.status([cx880], 10);
    expect(events.map(({ kind }) => kind)).toEqual(['cancelled']);
    expect(faults.map(({ field }) => field)).toEqual(['[0].scheduledDeparture', '[1].status']);
    const other = await served('aerodatabox', [json({ message: 'moved' })]);
    expect((await other.source.status([cx880], 10)).faults).toMatchObject([
      { code: 'bad-provider-answer', field: '[]' },
    ]);
  });

  it('tries once more after a failure or silence, and charges both calls', async () => {
    const failing = await served('aerodatabox', [json({}, 503), json([aeroFlight('Canceled')])]);
    const { events, calls } = await failing.source.status([cx880], 10);
    expect([events.length, calls.length]).toEqual([1, 2]);
    const silent = await served('aerodatabox', [() => undefined]);
    const report = await silent.source.status([cx880], 10);
    expect(report.calls).toHaveLength(2);
    expect(report.faults[0]).toMatchObject({ code: 'provider-failed' });
    expect(report.faults[0]?.what).toContain('was not answered within 250 ms');
  });

  it('makes no more calls than it may, second tries included', async () => {
    const { source, asked } = await served('aerodatabox', [json({}, 503)]);
    const other = watched('5Y1', '2026-11-22T18:30:00Z', '2026-11-23T03:10:00Z');
    const { calls, faults } = await source.status([cx880, other, other], 3);
    expect([calls.length, asked.length]).toEqual([3, 3]);
    expect(faults.map(({ code }) => code)).toEqual(['provider-failed', 'provider-failed']);
    expect((await source.status([cx880], 0)).faults[0]?.what).toContain('the budget of calls is spent');
  });

  it('does not ask again where it was refused, and goes on with other flights', async () => {
    const { source, asked } = await served('aerodatabox', [json({}, 429), json([aeroFlight('Canceled')])]);
    const first = watched('5Y1', '2026-11-22T18:30:00Z', '2026-11-23T03:10:00Z');
    const { events, faults } = await source.status([first, cx880], 10);
    expect(asked).toHaveLength(2);
    expect(faults[0]?.what).toContain('was answered with 429');
    expect(events).toHaveLength(1);
    const nothing = await served('aerodatabox', [(_request, response) => void response.writeHead(204).end()]);
    expect(await nothing.source.status([cx880], 10)).toEqual({ events: [], faults: [], calls: [NOW] });
    const page = await served('aerodatabox', [(_request, response) => void response.end('<html>')]);
    expect((await page.source.status([cx880], 10)).faults[0]?.what).toContain('answered no JSON');
  });
});

describe('FlightStats', () => {
  it('is asked by carrier, number and day with two keys', async () => {
    const body = {
      flightStatuses: [
        {
          carrierFsCode: 'CX',
          flightNumber: '880',
          status: 'A',
          operationalTimes: {
            publishedDeparture: { dateUtc: '2026-11-22T18:30:00.000Z' },
            actualGateDeparture: { dateUtc: '2026-11-22T18:41:00.000Z' },
            estimatedGateArrival: { dateUtc: '2026-11-23T03:02:00.000Z' },
          },
        },
      ],
    };
    const { source, asked } = await served('flightstats', [json(body)], ['me', 'secret']);
    const { events } = await source.status([cx880], 10);
    expect(asked[0]?.url).toBe(
      '/flex/flightstatus/rest/v2/json/flight/status/CX/880/dep/2026/11/23?appId=me&appKey=secret',
    );
    expect(events).toMatchObject([
      {
        kind: 'departed',
        departure: '2026-11-22T18:41:00Z',
        arrival: '2026-11-23T03:02:00Z',
        at: '2026-11-22T04:00:00Z',
      },
    ]);
  });
});

describe('Hong Kong', () => {
  const item = (no: string, time: string, status: string) => ({ time, status, flight: [{ no, airline: 'X' }] });
  const list = (arrival: boolean, cargo: boolean, ...items: object[]) => [
    { date: '2026-11-23', arrival, cargo, list: items },
  ];

  it('tells all departures of a day in one call a list, times in texts and in local time', async () => {
    const flights = [
      cx880,
      watched('CX71', '2026-11-22T19:00:00Z', '2026-11-23T04:00:00Z'),
      watched('LD5', '2026-11-22T20:00:00Z', '2026-11-23T04:00:00Z'),
    ];
    const cargo = list(
      false,
      true,
      item('CX 880', '02:30', 'Dep 00:15 (24/11/2026)'),
      item('CX 710', '03:00', 'Cancelled'),
      item('CX 071', '03:00', 'Est at 04:25'),
      item('LD 5', '04:00', ''),
    );
    const { source, asked } = await served('aahk', [json(cargo), json(list(false, false))]);
    const { events, faults } = await source.status(flights, 10);
    expect(faults).toEqual([]);
    expect(asked.map(({ url }) => url)).toEqual([
      '/flightinfo-rest/rest/flights/past?date=2026-11-23&lang=en&cargo=true&arrival=false',
      '/flightinfo-rest/rest/flights/past?date=2026-11-23&lang=en&cargo=false&arrival=false',
    ]);
    expect(events).toMatchObject([
      { kind: 'departed', flight: 'CX880', departure: '2026-11-23T16:15:00Z' },
      { kind: 'delayed', flight: 'CX71', departure: '2026-11-22T20:25:00Z' },
    ]);
  });

  it('tells when inbound flights land, as news of their departure', async () => {
    const inbound = watched('CX100', '2026-11-22T15:00:00Z', '2026-11-23T01:00:00Z', {
      origin: 'SYD',
      destination: 'HKG',
    });
    const answer = list(true, true, item('CX 100', '09:00', 'Est at 11:40'));
    const { source } = await served('aahk', [json(answer), json(list(true, false))]);
    const { events } = await source.status([inbound], 10);
    expect(events).toMatchObject([
      { kind: 'delayed', flight: 'CX100', scheduled: '2026-11-22T15:00:00Z', arrival: '2026-11-23T03:40:00Z' },
    ]);
    expect(events[0]).not.toHaveProperty('departure');
  });
});
