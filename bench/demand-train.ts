/**
 * Learns the models of demand: node bench/demand-train.ts FOLDER. FOLDER holds `demand` and `orders`. Only the parts of the
 * histories before each origin are read; the same folder gives the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSets } from './demand-data.ts';
import { LAUNCH_DAYS, learnBaseline, learnLaunches, REGIMES } from './demand-learn.ts';

const [, , folder] = process.argv;
if (folder === undefined) {
  process.stderr.write('give the folder that holds demand and orders\n');
  process.exit(2);
}
const { sets, launches } = await readSets(folder, LAUNCH_DAYS);
const target = (name: string) => fileURLToPath(new URL(`../reference/demand/${name}.json`, import.meta.url));
const write = (name: string, record: object) => writeFileSync(target(name), `${JSON.stringify([record])}\n`);
for (const regime of REGIMES)
  write(
    regime.id,
    learnBaseline(sets, regime, () => true),
  );
write(
  'launch',
  learnLaunches(launches, () => true),
);
