import { writeSync } from 'node:fs';
import { identified } from '@crossparcel/trace';
import { migrate } from '../src/database/migrate.ts';
import { openPglite } from '../src/database/pglite.ts';
import { openPostgres } from '../src/database/postgres.ts';
import type { Tenant } from '../src/database/tenant.ts';
import { asKeeper, asTenant } from '../src/database/tenant.ts';
import { EventWriter } from '../src/events/writer.ts';
import { adoptLog, latestCheckpoint, Sequencer } from '../src/ledger/log.ts';
import { Intake } from '../src/orders/intake.ts';
import { registerParcels } from '../src/parcels/store.ts';
import { DataFolder } from '../src/secrets/data-folder.ts';
import { anEvent, anOrder } from './records.ts';

/** What a victim is told to do, and when it is to die. */
export interface Orders {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly tenant: Required<Tenant>;
  /** Part of every name it gives, so that victims do not meet by chance. */
  readonly name: string;
  /** Dies at this step, when it comes there for the nth time. */
  readonly step: string;
  readonly nth: number;
}

const orders = JSON.parse(process.argv[2] ?? '{}') as Orders;

/** Says something at once: what is said has been said before the process dies. */
const say = (what: object): void => {
  writeSync(1, `${JSON.stringify(what)}\n`);
};

let hits = 0;
const onStep = (step: string): void => {
  if (step !== orders.step) return;
  hits += 1;
  if (hits === orders.nth) process.kill(process.pid, 'SIGKILL');
};

const folder = new DataFolder(orders.dataFolder);
const database =
  orders.databaseUrl === undefined ? await openPglite(folder.database) : await openPostgres(orders.databaseUrl);
await migrate(database);
const intake = new Intake(database, await folder.keyring(undefined));
const writer = new EventWriter(database, onStep);
const sequencer = new Sequencer(database, await adoptLog(database, await folder.logKey(undefined), undefined), onStep);
const { tenant } = orders;

for (let round = 0; ; round += 1) {
  const submitted = Array.from({ length: 6 }, (_, index) =>
    anOrder({ externalId: `${orders.name}-${round}-${index}`, shop: 'crash' }),
  );
  const underWay = submitted.map((order) => intake.submit(tenant, [order]));
  onStep('orders-sent');
  const taken = (await Promise.all(underWay)).flat();
  say({ orders: taken.map(({ externalId }) => externalId) });
  const parcels = await asTenant(database, tenant, (sql) =>
    registerParcels(
      sql,
      tenant,
      taken.map(({ id }) => ({ orderId: id, lines: [{ sku: 'A', quantity: 1 }], grossGrams: 100 })),
    ),
  );
  const epcs = parcels.map(({ epc }) => epc);
  const events = epcs.flatMap((epc, index) => [
    anEvent('collected', index, [epc]),
    anEvent('departed', index + 1, [epc]),
  ]);
  const recording = events.map((event) => writer.record(tenant, [event]));
  recording.push(writer.record(tenant, [anEvent('bagged', 9, epcs)]), writer.record(tenant, events.slice(0, 3)));
  await Promise.all(recording);
  say({ events: events.map((event) => identified(event).eventID) });
  await sequencer.run();
  say({ checkpoint: (await asKeeper(database, latestCheckpoint))?.note });
}
