/**
 * Learns what placement goes by where a file of products says too little: node bench/placement-train.ts FOLDER. Reads the order
 * stream up to week 32, and launches, and writes reference/demand/placement.json and placement-launch.json;
 * the same data give the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LaunchPlacementRecord, PlacementModelRecord } from '@crossparcel/demand';
import { readWeeklyDemand } from './placement-data.ts';
import { learnLaunchPlacement, learnViewForests, readLaunches } from './placement-launches.ts';
import { learnLines, SETTINGS } from './placement-learn.ts';
import { readSpikes } from './spike-data.ts';

/** The first week of which nothing is read: seven weeks before the season that is scored. */
const UNTIL = 33;
const DECIMALS = 1e5;

const [, , folder] = process.argv;
if (folder === undefined) {
  process.stderr.write('give the folder that holds orders and viral\n');
  process.exit(2);
}
const lines = learnLines(await readWeeklyDemand(folder, 'dev'), UNTIL);
const record: PlacementModelRecord = {
  id: 'placement-weekly',
  validFrom: '2026-11-22',
  validTo: null,
  source:
    'Learned by bench/placement-train.ts from weeks 0 to 32 of UCI Online Retail (doi 10.24432/C5BW33, CC BY 4.0); settings by replayed seasons, docs/methods/placement.md',
  readOn: '2026-11-22',
  confidence: 'single',
  ...SETTINGS,
  lines,
};
const spikes = await readSpikes(join(folder, 'viral'));
const launches: LaunchPlacementRecord = {
  id: 'placement-launch',
  validFrom: '2026-11-22',
  validTo: null,
  source:
    'Learned by bench/placement-train.ts from views of 2,030 videos (YouTube trending readings, MIT and CC0) and from 300 launches drawn on views of others; orders are simulated',
  readOn: '2026-11-22',
  confidence: 'illustrative',
  ...learnLaunchPlacement({
    launches: await readLaunches(folder, 'dev'),
    items: spikes.launches,
    forests: learnViewForests(spikes.videos),
  }),
};
const short = (_key: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * DECIMALS) / DECIMALS : value;
const write = (name: string, records: readonly object[]): void => {
  const file = fileURLToPath(new URL(`../reference/demand/${name}.json`, import.meta.url));
  writeFileSync(file, `${JSON.stringify(records, short)}\n`);
};
write('placement', [record]);
write('placement-launch', [launches]);
