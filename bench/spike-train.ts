/**
 * Learns what spikes are sized by: node bench/spike-train.ts FOLDER. FOLDER holds popularity curves. How often intervals held
 * comes from five folds; the models themselves from all items. The same folder gives the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSpikes } from './spike-data.ts';
import { crossFit } from './spike-folds.ts';
import { heldOver } from './spike-held.ts';
import { learnAll } from './spike-learn.ts';

const [, , folder] = process.argv;
if (folder === undefined) {
  process.stderr.write('give the folder that holds popularity curves\n');
  process.exit(2);
}
const spikes = await readSpikes(folder);
const { cascades, articles, launches } = crossFit(spikes);
const models = learnAll(spikes);
const write = (name: string, record: object) =>
  writeFileSync(
    fileURLToPath(new URL(`../reference/demand/spike-${name}.json`, import.meta.url)),
    `${JSON.stringify([record])}\n`,
  );
write('counters', { ...models.counter, held: heldOver(articles, []) });
write('cascades', { ...models.cascade, held: heldOver(cascades, ['followers']) });
write('orders', { ...models.orders, held: heldOver(launches, ['views', 'likes']) });
