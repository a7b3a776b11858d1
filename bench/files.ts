import { createReadStream, readFileSync } from 'node:fs';
import { createGunzip, gunzipSync } from 'node:zlib';
import { readBatches, recordsOf } from '@crossparcel/files';
import { parse } from 'csv-parse';
import type { Contest } from './contest.ts';
import { orderBook } from './data.ts';

/** Reading an order file into records: ours, a well-known library, and the bare work that no reader can avoid. */
export const contests = async (): Promise<Contest[]> => {
  const { orders } = orderBook();
  const isGzip = orders.endsWith('.gz');
  return [
    {
      title: `rows of ${orders.split('/').at(-1)} as records`,
      unit: 'rows/s',
      contestants: [
        {
          name: 'crossparcel',
          run: async () => {
            let rows = 0;
            for await (const batch of readBatches(orders)) rows += recordsOf(batch).length;
            return rows;
          },
        },
        {
          name: 'csv-parse',
          run: async () => {
            const bytes = createReadStream(orders);
            const source = isGzip ? bytes.pipe(createGunzip()) : bytes;
            let rows = 0;
            for await (const _ of source.pipe(parse({ columns: true }))) rows += 1;
            return rows;
          },
        },
        {
          name: 'bound: unzip, decode and split, no records',
          run: () => {
            const bytes = readFileSync(orders);
            const text = (isGzip ? gunzipSync(bytes) : bytes).toString('utf8');
            let rows = -1;
            for (const line of text.split('\n')) if (line !== '' && line.split(',').length > 0) rows += 1;
            return rows;
          },
        },
      ],
    },
  ];
};
