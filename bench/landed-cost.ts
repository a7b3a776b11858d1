import { Reference, readBatches, recordsOf } from '@crossparcel/files';
import type { CustomsParcel } from '@crossparcel/trade';
import { applyRatio, parseDay, parseMinor, ratio } from '@crossparcel/units';
import type { Contest } from './contest.ts';
import { orderBook } from './data.ts';

const MARKETS: Readonly<Record<string, { channel: string; schemes: string[] }>> = {
  US: { channel: 'courier', schemes: [] },
  GB: { channel: 'express', schemes: [] },
  DE: { channel: 'express', schemes: ['IOSS'] },
  FR: { channel: 'express', schemes: ['IOSS'] },
  MX: { channel: 'courier', schemes: [] },
};

/** Every order of the book that goes to one of these markets, as one parcel under the law of one day. */
const parcels = async (): Promise<CustomsParcel[]> => {
  const { orders, catalogue } = orderBook();
  const goods = new Map<string, Record<string, string>>();
  for await (const batch of readBatches(catalogue)) {
    for (const { value } of recordsOf(batch))
      goods.set((value as { sku: string }).sku, value as Record<string, string>);
  }
  const byOrder = new Map<string, CustomsParcel & { lines: CustomsParcel['lines'][number][] }>();
  for await (const batch of readBatches(orders)) {
    for (const { value } of recordsOf(batch)) {
      const row = value as Record<string, string>;
      const way = MARKETS[row.country ?? ''];
      const item = goods.get(row.sku ?? '');
      if (!way || !item || !row.orderId) continue;
      const parcel = byOrder.get(row.orderId) ?? {
        market: row.country ?? '',
        day: parseDay('2026-11-20') ?? 0,
        ...way,
        importer: 'consumer',
        postalMethod: 'ad-valorem',
        postalItems: 1,
        dutyInPrice: false,
        currency: 'USD',
        freightMinor: 450,
        insuranceMinor: 0,
        lines: [],
      };
      const quantity = Number(row.quantity);
      parcel.lines.push({
        id: row.sku ?? '',
        hs: item.hs ?? '',
        quantity,
        valueMinor: (parseMinor(row.unitPrice ?? '', 'USD') ?? 0) * quantity,
        origin: item.origin || 'CN',
        massGrams: Number(item.massGrams) * quantity,
      });
      byOrder.set(row.orderId, parcel);
    }
  }
  return [...byOrder.values()];
};

/** The landed-cost engine on an order book, beside the least that any engine has to do: one share a line. */
export const contests = async (): Promise<Contest[]> => {
  const reference = new Reference();
  const law = reference.law();
  const book = await parcels();
  const lines = book.reduce((sum, parcel) => sum + parcel.lines.length, 0);
  const share = ratio(165, 1000);
  return [
    {
      title: `landed cost of ${book.length.toLocaleString('en-US')} parcels, one core, engine only`,
      unit: 'lines/s',
      contestants: [
        {
          name: 'crossparcel',
          run: () => {
            for (const parcel of book) law.assess(parcel);
            return lines;
          },
        },
        {
          name: 'bound: one percentage of each line, as objects',
          run: () => {
            const bills = book.map((parcel) =>
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
  ];
};
