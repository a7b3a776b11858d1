/**
 * Learns what videos come to and where they spread: node bench/views-train.ts FOLDER. FOLDER holds the readings of charting
 * videos (`youtube-obs-dev.csv.gz`, `youtube-videos-dev.csv.gz`). The same folder gives the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { learnNextCountries } from './views-countries.ts';
import { readVideos } from './views-data.ts';
import { learnViews } from './views-learn.ts';

const [, , folder] = process.argv;
if (folder === undefined) {
  process.stderr.write('give the folder that holds the readings of videos\n');
  process.exit(2);
}
const videos = await readVideos(folder);
const write = (name: string, record: object) =>
  writeFileSync(
    fileURLToPath(new URL(`../reference/demand/${name}.json`, import.meta.url)),
    `${JSON.stringify([record])}\n`,
  );
write('views', learnViews(videos));
write('next-countries', learnNextCountries(videos));
