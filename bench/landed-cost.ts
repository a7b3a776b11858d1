import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Reference, readBatches, recordsOf } from '@crossparcel/files';
import {
  type CustomsParcel,
  customsParcelOf,
  type LandedCostRequest,
  type Law,
  landedCostAnswer,
  landedCostRequestSchema,
} from '@crossparcel/trade';
import { applyRatio, formatMinor, parseMinor, ratio } from '@crossparcel/units';
import type { Contest } from './contest.ts';
import { orderBook } from './data.ts';

/** Answers that are printed at a time. */
const BLOCK = 500;

type Way = Pick<LandedCostRequest, 'channel' | 'schemes'>;

const MARKETS: Readonly<Record<string, Way>> = {
  US: { channel: 'courier' },
  GB: { channel: 'express' },
  DE: { channel: 'express', schemes: ['IOSS'] },
  FR: { channel: 'express', schemes: ['IOSS'] },
  MX: { channel: 'courier' },
};
const DAYS = ['2026-06-30', '2026-11-20'] as const;

/** Every order of the book that goes to one of these markets, as a request for one parcel. */
const requests = async (): Promise<LandedCostRequest[]> => {
  const { orders, catalogue } = orderBook();
  const goods = new Map<string, Record<string, string>>();
  for await (const batch of readBatches(catalogue)) {
    for (const { value } of recordsOf(batch))
      goods.set((value as { sku: string }).sku, value as Record<string, string>);
  }
  const byOrder = new Map<string, LandedCostRequest>();
  for await (const batch of readBatches(orders)) {
    for (const { value } of recordsOf(batch)) {
      const row = value as Record<string, string>;
      const way = MARKETS[row.country ?? ''];
      const item = goods.get(row.sku ?? '');
      if (!way || !item || !row.orderId) continue;
      const id = row.orderId;
      const request: LandedCostRequest = byOrder.get(id) ?? {
        id,
        at: DAYS[1],
        market: row.country ?? '',
        origin: 'CN',
        ...way,
        currency: 'USD',
        freight: '4.50',
        lines: [],
      };
      const quantity = Number(row.quantity);
      const price = parseMinor(row.unitPrice ?? '', 'USD') ?? 0;
      request.lines.push({
        id: row.sku ?? '',
        ...(item.hs && { hs: item.hs }),
        quantity,
        value: formatMinor(Math.max(1, price * quantity), 'USD'),
        countryOfOrigin: item.origin || 'CN',
        massGrams: Number(item.massGrams) * quantity,
      });
      byOrder.set(id, request);
    }
  }
  return [...byOrder.values()];
};

const parcelOf = (law: Law, request: LandedCostRequest): CustomsParcel => {
  const parcel = customsParcelOf(law, request);
  if (!parcel.ok) throw new Error(parcel.error.what);
  return parcel.value;
};

let folder: string | undefined;

const command = (file: string, out: string, ...args: string[]): void => {
  const crossparcel = fileURLToPath(new URL('../bin/crossparcel.js', import.meta.url));
  const call = ['landed-cost', ...args, file, '--output', out, '--format', 'ndjson'];
  const { status, stderr } = spawnSync(process.execPath, [crossparcel, ...call], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
};

/** Each stage of the command alone, over all records before the next begins. */
const stages = async (file: string): Promise<void> => {
  const law = new Reference().law();
  const checked: LandedCostRequest[] = [];
  for await (const batch of readBatches(file)) {
    for (const { value } of recordsOf(batch)) checked.push(landedCostRequestSchema.parse(value));
  }
  const computed = checked.map((request) => {
    const parcel = parcelOf(law, request);
    const assessed = law.assess(parcel);
    if (!assessed.ok) throw new Error(assessed.error.what);
    return { id: request.id, parcel, assessment: assessed.value };
  });
  const out = openSync(join(folder ?? '', 'stages.ndjson'), 'w');
  for (let from = 0; from < computed.length; from += BLOCK) {
    const block = computed.slice(from, from + BLOCK).map(({ id, parcel, assessment }) => {
      return `${JSON.stringify(landedCostAnswer(id, parcel, assessment))}\n`;
    });
    writeSync(out, block.join(''));
  }
  closeSync(out);
};

/**
 * Landed cost: the engine beside the least that any engine has to do, one share a line; and the command beside the sum of
 * its stages, with two laws and with two workers.
 */
export const contests = async (): Promise<Contest[]> => {
  const law = new Reference().law();
  const book = await requests();
  const parcels = book.map((request) => parcelOf(law, request));
  const lines = parcels.reduce((sum, parcel) => sum + parcel.lines.length, 0);
  const share = ratio(165, 1000);
  folder = mkdtempSync(join(tmpdir(), 'crossparcel-bench-'));
  const file = join(folder, 'parcels.ndjson');
  const text = book.map((request) => `${JSON.stringify(request)}\n`).join('');
  writeFileSync(file, text);
  const out = join(folder, 'out.ndjson');
  const run = (...args: string[]) => {
    return () => {
      command(file, out, ...args);
      return lines;
    };
  };
  return [
    {
      title: `landed cost of ${book.length.toLocaleString('en-US')} parcels, one core, engine only`,
      unit: 'lines/s',
      contestants: [
        {
          name: 'crossparcel',
          run: () => {
            for (const parcel of parcels) law.assess(parcel);
            return lines;
          },
        },
        {
          name: 'bound: one percentage of each line, as objects',
          run: () => {
            const bills = parcels.map((parcel) =>
              parcel.lines.map((line) => ({
                name: 'duty',
                baseMinor: line.valueMinor,
                amountMinor: applyRatio(line.valueMinor, share),
              })),
            );
            return bills.length === 0 ? 0 : lines;
          },
        },
      ],
    },
    {
      title: `the command, ${book.length.toLocaleString('en-US')} parcels from file to file`,
      unit: 'lines/s',
      contestants: [
        { name: 'crossparcel landed-cost', run: run() },
        { name: 'crossparcel landed-cost --jobs 2', run: run('--jobs', '2') },
        { name: 'crossparcel landed-cost compare, two laws', run: run('compare', '--at', DAYS[0], '--at', DAYS[1]) },
        {
          name: 'its stages alone: read and check, compute, print',
          run: async () => {
            await stages(file);
            return lines;
          },
        },
      ],
    },
  ];
};

export const close = (): void => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
};
