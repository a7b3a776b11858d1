import { writeSync } from 'node:fs';
import { openPglite } from '../src/database/pglite.ts';
import { openPostgres } from '../src/database/postgres.ts';
import { asTenant } from '../src/database/tenant.ts';
import { closeLease, leaseBlock } from '../src/despatch/number-leases.ts';
import { DataFolder } from '../src/secrets/data-folder.ts';

/** What somebody who leases numbers until it is killed is told. */
export interface Job {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly operator: string;
  readonly name: string;
}

const job = JSON.parse(process.argv[2] ?? '{}') as Job;
const { operator, name } = job;
const folder = new DataFolder(job.dataFolder);
const database =
  job.databaseUrl === undefined ? await openPglite(folder.database) : await openPostgres(job.databaseUrl);

for (let round = 0; ; round += 1) {
  const count = 1 + (round % 9);
  const lease = await asTenant(database, { operator }, (sql) =>
    leaseBlock(sql, operator, { kind: 's10', count, holder: name, seconds: 3600 }),
  );
  // Printed numbers are said at once; the last ones of each lease go back unseen.
  const issued = Math.ceil(lease.numbers.length / 2);
  writeSync(1, `${JSON.stringify(lease.numbers.slice(0, issued))}\n`);
  if (round % 5 < 4) {
    await asTenant(database, { operator }, (sql) => closeLease(sql, operator, lease.id, { issued, rest: 'returned' }));
  }
}
