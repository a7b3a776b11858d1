import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import type { PriceRecord } from '../price.ts';
import type { RateCardRecord, RateRecord } from '../record.ts';
import { type Cell, type Finding, type TableRow, tableCells, UNDER_ONE_POUND } from './table-cells.ts';
import { cellsByZone, checkTable } from './table-check.ts';
import { type TableColumns, tableColumns } from './table-columns.ts';

/** What a price table does not say about itself. */
export interface CardFacts {
  readonly id: string;
  readonly currency: string;
  /** First day on which the prices hold, `YYYY-MM-DD`; taken as the day of reading too. */
  readonly validFrom: string;
  /** Where the table comes from. */
  readonly source: string;
  /** A card whose other rules hold for these prices: charged weight, limits, surcharges, zone table. */
  readonly like?: RateCardRecord | undefined;
}

/** A card made from a price table, and what may be worth a look. */
export interface ImportedCard {
  readonly card: RateCardRecord;
  readonly remarks: readonly Finding[];
}

/** A card from a price table (`TABLE_FORMS` says in which forms); else everything that is wrong with the table. */
export const importCard = (
  header: readonly string[],
  rows: readonly TableRow[],
  facts: CardFacts,
): Result<ImportedCard, readonly Finding[]> => {
  const columns = tableColumns(header);
  if ('code' in columns) return fail([{ line: 1, fault: columns }]);
  const unlike = differentUnit(facts, columns, header);
  if (unlike) return fail([{ line: 1, fault: unlike }]);
  const { cells, findings } = tableCells(header, rows, columns);
  if (findings.length > 0) return fail(findings);
  const { faults, remarks } = checkTable(cells, columns, header);
  return faults.length > 0 ? fail(faults) : ok({ card: cardOf(cells, columns, facts), remarks });
};

const differentUnit = (
  { like }: CardFacts,
  { unit, upTo }: TableColumns,
  header: readonly string[],
): Fault | undefined => {
  const expected = like?.rates.at(-1)?.weight.unit;
  if (!like || expected === unit) return undefined;
  const what = `is in ${unit}, but ${like.id} weighs in ${expected}`;
  return { code: 'bad-card-table', field: header[upTo] ?? '', what, mend: `give the table in ${expected}` };
};

const cardOf = (cells: readonly Cell[], columns: TableColumns, facts: CardFacts): RateCardRecord => {
  const { id, currency, validFrom, source, like } = facts;
  const byZone = cellsByZone(cells);
  const names = [...byZone.keys()];
  const dated = { validFrom, validTo: null, source, readOn: validFrom, confidence: 'confirmed' as const };
  const model = like?.rates.at(-1);
  const rate: RateRecord = {
    name: model?.name ?? id,
    ...(model?.limits && { limits: model.limits }),
    weight: model?.weight ?? weightOf(cells, columns),
    price: priceOf(byZone, columns),
    ...dated,
  };
  const { carrier = 'own', service = id, from, to, refuses, surcharges = [] } = like ?? {};
  const table = columns.by === 'zone' ? like?.zones?.table : undefined;
  return {
    id,
    carrier,
    service,
    currency,
    ...(from && { from }),
    ...(to && { to }),
    ...(columns.by && { zones: { names, by: columns.by, ...(table && { table }) } }),
    ...(refuses && { refuses }),
    rates: [rate],
    surcharges,
    ...dated,
  };
};

/** Charged weight where no other card says it: the row decides, by the gram or in whole units of the table. */
const weightOf = (cells: readonly Cell[], { unit, prices }: TableColumns): RateRecord['weight'] => {
  const exactBelow = cells.some(({ upTo }) => upTo === UNDER_ONE_POUND) && { exactBelow: 1 };
  if (prices.kind === 'per-kg') return { unit, step: unit === 'kg' ? 0.001 : 1 };
  const whole = cells.every(({ upTo }) => Number.isInteger(upTo) || upTo === UNDER_ONE_POUND);
  return { unit, step: whole ? 1 : 0.001, ...exactBelow };
};

const priceOf = (byZone: ReadonlyMap<string, readonly Cell[]>, { prices }: TableColumns): PriceRecord => {
  const zones = [...byZone.values()];
  const upTo = [...new Set(zones.flatMap((rows) => rows.map((row) => row.upTo)))].sort((a, b) => a - b);
  /** The cell of each zone that holds a weight; zones may be cut into bands differently. */
  const at = (weight: number) => zones.map((rows) => rows.find((row) => weight <= row.upTo));
  const isSingle = zones.length === 1 && byZone.has('');
  const amounts = (values: (number | null)[]) => (isSingle && values[0] != null ? values[0] : values);
  if (prices.kind === 'by-weight') {
    return {
      kind: 'by-weight',
      upTo,
      prices: upTo.map((weight) => amounts(at(weight).map((cell) => cell?.price ?? null))),
    };
  }
  const bands = upTo.map((weight) => ({
    upTo: weight,
    perKg: amounts(at(weight).map((cell) => cell?.price ?? null)),
    perParcel: amounts(at(weight).map((cell) => (cell ? cell.perParcel : null))),
  }));
  return { kind: 'per-kg', bands };
};
