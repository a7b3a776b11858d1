import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Contest, Contestant } from './contest.ts';
import { atOnce, atPace, type Installation, poster, startBoth } from './installation.ts';

const ORDERS = 6000;
const CONNECTIONS = 64;
const PACE = 1500;
const SECONDS = 4;

const anOrder = () => ({
  shop: 'shop-1',
  externalId: randomUUID(),
  placedAt: '2026-11-01T08:00:00Z',
  destination: { country: 'US', postalPrefix: '787' },
  currency: 'USD',
  lines: [
    { sku: 'LASH-KIT', quantity: 2, unitPrice: '12.90' },
    { sku: 'PHONE-RING', quantity: 1, unitPrice: '6.50' },
  ],
  buyerId: randomUUID(),
  recipient: { name: 'Ada Example', lines: ['1 Sample Street'], city: 'Austin', postalCode: '78701' },
});

/** An acknowledged order is a durable one; anything else than "accepted" is a failure of the benchmark. */
const sender = (installation: Installation) => {
  const post = poster(installation, CONNECTIONS * 4);
  return async (): Promise<number> => {
    const { tookMs, answer } = await post('/v1/orders', { orders: [anOrder()] });
    const [result] = (answer as { results: { outcome: string }[] }).results;
    if (result?.outcome !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(answer)}`);
    return tookMs;
  };
};

const asFastAsItGoes = (name: string, installation: Installation): Contestant => {
  const send = sender(installation);
  return {
    name,
    run: async () => {
      const timesMs: number[] = [];
      await atOnce(ORDERS, CONNECTIONS, async () => {
        timesMs.push(await send());
      });
      return { amount: ORDERS, timesMs };
    },
  };
};

/** Times are counted from the moment at which an order was due, so that a stall is felt by all that wait behind it. */
const atSteadyPace = (name: string, installation: Installation): Contestant => {
  const send = sender(installation);
  return {
    name,
    run: async () => {
      const timesMs: number[] = [];
      await atPace(PACE * SECONDS, PACE, async (dueAt) => {
        await send();
        timesMs.push(performance.now() - dueAt);
      });
      return { amount: PACE * SECONDS, timesMs };
    },
  };
};

/** The same orders, each in a transaction of its own, as JSON in one table: what intake without group commit would pay. */
const insertPerOrder = (url: string): Contestant => {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  pool.on('error', () => undefined);
  const ready = pool.query('CREATE TABLE bound_of_intake (external_id text PRIMARY KEY, content jsonb NOT NULL)');
  return {
    name: 'bound: one INSERT and commit an order, no HTTP',
    run: async () => {
      await ready;
      await atOnce(ORDERS, CONNECTIONS, async () => {
        const order = anOrder();
        await pool.query('INSERT INTO bound_of_intake VALUES ($1, $2)', [order.externalId, JSON.stringify(order)]);
      });
      return ORDERS;
    },
  };
};

let both: Awaited<ReturnType<typeof startBoth>> | undefined;

/** Orders over HTTP, one a request, acknowledged when durable; client, server and database share the machine. */
export const contests = async (): Promise<Contest[]> => {
  both = await startBoth();
  const { server, postgres, pglite } = both;
  return [
    {
      title: `orders over HTTP, one a request, ${CONNECTIONS} at a time`,
      unit: 'orders/s',
      contestants: [
        asFastAsItGoes('crossparcel, PostgreSQL', postgres),
        asFastAsItGoes('crossparcel, embedded', pglite),
        insertPerOrder(server.adminUrl),
      ],
    },
    {
      title: `${PACE} orders a second come in, whether or not those before are answered`,
      unit: 'orders/s',
      contestants: [atSteadyPace('crossparcel, PostgreSQL', postgres), atSteadyPace('crossparcel, embedded', pglite)],
    },
  ];
};

export const close = async (): Promise<void> => both?.stop();
