import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, eventOf } from '@crossparcel/trace';
import pg from 'pg';
import type { Contest, Contestant } from './contest.ts';
import { atOnce, type Installation, poster, startBoth } from './installation.ts';

const PARCELS = 6000;
const EVENTS_A_REQUEST = 50;
const CONNECTIONS = 16;
const STEP = 500;

const anEvent = (parcel: string) => ({
  ...eventOf({
    milestone: 'arrived',
    eventTime: '2026-11-10T00:00:00Z',
    eventTimeZoneOffset: '+00:00',
    parcels: [parcel],
    readPoint: 'urn:example:hub',
  }),
  eventID: `urn:uuid:${randomUUID()}`,
});

/** Takes orders in and registers a parcel of each; gives the names of the parcels. */
const withParcels = async (installation: Installation): Promise<string[]> => {
  const post = poster(installation, CONNECTIONS);
  const epcs: string[] = [];
  for (let from = 0; from < PARCELS; from += STEP) {
    const lines = [{ sku: 'LASH-KIT', quantity: 1, unitPrice: '12.90' }];
    const destination = { country: 'US', postalPrefix: '787' };
    const orders = Array.from({ length: STEP }, (_, index) => ({
      shop: 'shop-1',
      externalId: `order-${from + index}`,
      placedAt: '2026-11-01T08:00:00Z',
      destination,
      currency: 'USD',
      lines,
    }));
    const { answer: taken } = await post('/v1/orders', { orders });
    const { results } = taken as { results: { id: string }[] };
    const parcels = results.map(({ id }) => ({
      orderId: id,
      lines: [{ sku: 'LASH-KIT', quantity: 1 }],
      grossGrams: 240,
    }));
    const { answer: made } = await post('/v1/parcels', { parcels });
    for (const { epc } of (made as { parcels: { epc: string }[] }).parcels) epcs.push(epc);
  }
  return epcs;
};

/** One event of each parcel, acknowledged: stored with salt and leaf hash, messages and views. */
const recorder = (name: string, installation: Installation, epcs: readonly string[]): Contestant => {
  const post = poster(installation, CONNECTIONS);
  return {
    name,
    run: async () => {
      const timesMs: number[] = [];
      await atOnce(epcs.length / EVENTS_A_REQUEST, CONNECTIONS, async (index) => {
        const some = epcs.slice(index * EVENTS_A_REQUEST, (index + 1) * EVENTS_A_REQUEST);
        const { tookMs, answer } = await post('/v1/events', { events: some.map(anEvent) });
        const { results } = answer as { results: { outcome: string }[] };
        if (results.some(({ outcome }) => outcome !== 'recorded')) throw new Error(JSON.stringify(results));
        timesMs.push(tookMs);
      });
      return { amount: epcs.length, timesMs };
    },
  };
};

/** The texts of as many events into one table without an index, from a file that the server reads. */
const copy = (url: string, folder: string, epcs: readonly string[]): Contestant => ({
  name: 'bound: COPY of their texts, no HTTP, no index',
  run: async () => {
    const file = join(folder, 'events.txt');
    await writeFile(file, epcs.map((epc) => `${canonicalJson(anEvent(epc))}\n`).join(''));
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('CREATE TABLE IF NOT EXISTS bound_of_events (canonical text NOT NULL)');
    await client.query(`COPY bound_of_events FROM '${file}'`);
    await client.end();
    return epcs.length;
  },
});

let both: Awaited<ReturnType<typeof startBoth>> | undefined;
let folder: string | undefined;

/** Events over HTTP, acknowledged when durable; client, server, workers and database share the machine. */
export const contests = async (): Promise<Contest[]> => {
  both = await startBoth();
  folder = await mkdtemp(join(tmpdir(), 'crossparcel-copy-'));
  await chmod(folder, 0o755);
  const { server, postgres, pglite } = both;
  const epcs = await withParcels(postgres);
  return [
    {
      title: `events over HTTP, ${EVENTS_A_REQUEST} a request, ${CONNECTIONS} requests at a time`,
      unit: 'events/s',
      contestants: [
        recorder('crossparcel, PostgreSQL', postgres, epcs),
        recorder('crossparcel, embedded', pglite, await withParcels(pglite)),
        copy(server.adminUrl, folder, epcs),
      ],
    },
  ];
};

export const close = async (): Promise<void> => {
  await both?.stop();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
};
