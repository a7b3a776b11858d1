/**
 * Learns what spikes are sized by: node bench/spike-train.ts FOLDER. FOLDER holds popularity curves. How often intervals held
 * comes from five folds; the models themselves from all items. The same folder gives the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { learnCascades } from './spike-cascades.ts';
import { readSpikes } from './spike-data.ts';
import { crossFit, without } from './spike-folds.ts';
import { heldOver, meanWidths } from './spike-held.ts';
import { learnCounters } from './spike-learn.ts';
import { BASE, FACTS, learnOrders, learnViews } from './spike-orders.ts';

const [, , folder] = process.argv;
if (folder === undefined) {
  process.stderr.write('give the folder that holds popularity curves\n');
  process.exit(2);
}
const spikes = await readSpikes(folder);
const { cascades, articles, launches } = crossFit(spikes);
const write = (name: string, record: object) =>
  writeFileSync(
    fileURLToPath(new URL(`../reference/demand/spike-${name}.json`, import.meta.url)),
    `${JSON.stringify([record])}\n`,
  );
write('counters', { ...learnCounters(spikes.articles), held: heldOver(articles, []) });
write('cascades', { ...learnCascades(spikes.cascades), held: heldOver(cascades, ['followers']) });
const untold = launches.map((trial) => without(trial, ...FACTS, BASE));
const told = meanWidths(launches.map((trial) => without(trial, BASE)));
const base = meanWidths(launches.map((trial) => without(trial, ...FACTS)));
write('orders', {
  // Videos whose views are learned from are others than those of the launches.
  ...learnOrders(spikes.launches, learnViews(spikes)),
  held: heldOver(untold, ['views', 'likes']).map((held) => ({
    ...held,
    width: { ...held.width, told: told.get(held.age) ?? 0, base: base.get(held.age) ?? 0 },
  })),
});
