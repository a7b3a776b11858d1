import type { Fault } from '@crossparcel/units';
import type { MassUnit } from '../measure.ts';

/** What the columns of a price table are. */
export interface TableColumns {
  readonly unit: MassUnit;
  /** Column of the lower end of a row, where the table has one; `upTo` itself in a table by billable weight. */
  readonly from: number | undefined;
  readonly upTo: number;
  /** Prices by zone side by side, or per kilogram and parcel with the zone in a column of its own. */
  readonly prices:
    | { readonly kind: 'by-weight'; readonly zones: readonly { readonly name: string; readonly column: number }[] }
    | {
        readonly kind: 'per-kg';
        readonly perKg: number;
        readonly perParcel: number | undefined;
        readonly zone: number | undefined;
      };
  readonly by: 'zone' | 'country' | undefined;
}

const UP_TO = /^(?:up_?to|to|max|billable)_?(?:weight_?)?(lb|oz|kg|g)$/i;
const FROM = /^from_?(?:weight_?)?(lb|oz|kg|g)$/i;
const ZONE = /^(?:zone[_ ]?)?(\d{1,3}|[a-z])$/i;
const COUNTRY = /^[A-Z]{2}$/;

/** The forms that a price table may have, for messages and help. */
export const TABLE_FORMS =
  'upToLb,1,2,3… (prices by zone; also upToOz, upToG, upToKg, a fromLb before it, price for one zone, or country codes) or ' +
  'upToG,perKg,perParcel (with a column zone or country)';

const fault = (field: string, what: string, mend: string): Fault => ({ code: 'bad-card-table', field, what, mend });

/** Reads the header of a price table. The first thing wrong with it comes as a fault that names the column. */
export const tableColumns = (header: readonly string[]): TableColumns | Fault => {
  const find = (pattern: RegExp) => header.findIndex((name) => pattern.test(name));
  const upTo = find(UP_TO);
  const from = find(FROM);
  if (upTo < 0) return fault('header', 'has no column for the upper end of a row', `give ${TABLE_FORMS}`);
  const unit = UP_TO.exec(header[upTo] ?? '')?.[1]?.toLowerCase() as MassUnit;
  const other = from < 0 ? unit : FROM.exec(header[from] ?? '')?.[1]?.toLowerCase();
  if (other !== unit) return fault(header[from] ?? '', `is not in ${unit}`, 'give both ends of a row in one unit');
  // Rows by billable weight are exact weights: each has to follow on the one before.
  const isExact = /^billable/i.test(header[upTo] ?? '');
  const ends = { unit, from: from >= 0 ? from : isExact ? upTo : undefined, upTo };
  const perKg = find(/^per_?kg$/i);
  const perParcel = find(/^per_?parcel$/i);
  const zone = find(/^(zone|country)$/i);
  const used = new Set([from, upTo]);
  if (perKg >= 0) {
    const stray = header.findIndex((_, index) => !used.has(index) && ![perKg, perParcel, zone].includes(index));
    if (stray >= 0) return unknownColumn(header[stray] ?? '');
    if (unit === 'lb' || unit === 'oz') return fault(header[upTo] ?? '', `is in ${unit}`, 'give g or kg beside perKg');
    const by = zone < 0 ? undefined : (header[zone]?.toLowerCase() as 'zone' | 'country');
    const column = (index: number) => (index < 0 ? undefined : index);
    return { ...ends, by, prices: { kind: 'per-kg', perKg, perParcel: column(perParcel), zone: column(zone) } };
  }
  return zoneColumns(header, used, ends);
};

const unknownColumn = (name: string): Fault =>
  fault(name || 'header', 'is no column of a price table', `leave it out, or give ${TABLE_FORMS}`);

const zoneColumns = (
  header: readonly string[],
  used: ReadonlySet<number>,
  ends: Pick<TableColumns, 'unit' | 'from' | 'upTo'>,
): TableColumns | Fault => {
  const rest = header.flatMap((name, column) => (used.has(column) ? [] : [{ name, column }]));
  const [first] = rest;
  if (!first) return fault('header', 'has no column of prices', `give ${TABLE_FORMS}`);
  if (rest.length === 1 && /^price$/i.test(first.name)) {
    return { ...ends, by: undefined, prices: { kind: 'by-weight', zones: [{ name: '', column: first.column }] } };
  }
  const by = COUNTRY.test(first.name) ? 'country' : 'zone';
  const pattern = by === 'country' ? COUNTRY : ZONE;
  const stray = rest.find(({ name }) => !pattern.test(name));
  if (stray) return unknownColumn(stray.name);
  const zones = rest.map(({ name, column }) => ({ name: pattern.exec(name)?.[1] ?? name, column }));
  const twice = zones.find(({ name }, index) => zones.findIndex((one) => one.name === name) < index);
  if (twice) return fault(header[twice.column] ?? '', 'is there twice', 'give each zone one column');
  return { ...ends, by, prices: { kind: 'by-weight', zones } };
};
