import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OutputFile } from '@crossparcel/files';
import { parcelSvg } from '@crossparcel/warehouse';
import { Command } from 'commander';
import { UsageError } from '../conventions/exit.ts';
import { PackDesk, settingsOf } from './pack-desk.ts';
import { packedRequests } from './pack-requests.ts';

interface RenderOptions {
  readonly out?: string;
  readonly effort?: string;
  readonly at?: string;
}

/** A name for a file from the id of a record. */
const fileName = (id: string, parcel: number): string => `${id.replaceAll(/[^\w.-]/g, '_')}-${parcel}.svg`;

/** `crossparcel pack render`: pictures of how parcels are packed, step by step. */
export const packRender = (): Command =>
  new Command('render')
    .summary('draw how parcels are packed, step by step, as SVG')
    .description('Packs orders and draws each parcel: one picture for each unit that is set in.')
    .argument('[input...]', 'pack requests: .ndjson, .json, .gz of these, or - for standard input')
    .option('--out <folder>', 'where the pictures go: <id>-<parcel>.svg')
    .option('--effort <effort>', 'how much work is spent on a record (normal)')
    .option('--at <date>', 'the day whose rates count where a record names none')
    .action(async (files: string[], options: RenderOptions) => {
      if (files.length === 0) throw new UsageError('no input; give files, or - for standard input');
      if (options.out === undefined) throw new UsageError('no place for the pictures; give --out FOLDER');
      await mkdir(options.out, { recursive: true });
      const { effort, at } = options;
      const desk = new PackDesk(settingsOf({ effort, at }));
      for await (const { request, lots } of packedRequests(files, desk)) {
        const parcels = lots.flatMap(({ packing }) => packing.parcels);
        for (const [index, parcel] of parcels.entries()) {
          const svg = parcelSvg(parcel, `${request.id}, parcel ${index + 1} of ${parcels.length}`);
          if (svg === undefined) continue;
          const path = join(options.out, fileName(request.id, index + 1));
          const file = new OutputFile(path);
          await file.write(svg);
          await file.commit();
          process.stdout.write(`${path}\n`);
        }
      }
    });
