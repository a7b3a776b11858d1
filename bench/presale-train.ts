/**
 * Writes down what past launches were like: node bench/presale-train.ts FOLDER. FOLDER holds `launches-days-dev.csv.gz` and
 * `launches-dev.csv.gz`; the same folder gives the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pastLaunchOf, readLaunches } from './presale-data.ts';
import { presaleModel } from './presale-model.ts';

const [, , folder] = process.argv;
if (folder === undefined) {
  process.stderr.write('give the folder that holds the launches\n');
  process.exit(2);
}
const record = presaleModel((await readLaunches(folder)).map(pastLaunchOf));
writeFileSync(
  fileURLToPath(new URL('../reference/demand/presale.json', import.meta.url)),
  `${JSON.stringify([record])}\n`,
);
