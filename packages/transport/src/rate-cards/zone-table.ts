import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import { type ZoneAnswer, ZoneMap } from './zones.ts';

/**
 * Schema of `reference/zones/*.json`: a table of zones by postal prefix of destination (its first column), one further column
 * for each place of despatch, and the postal prefixes that a place of despatch stands for.
 */
export const zoneTablesSchema = z.array(
  z.strictObject({
    id: z.string(),
    country: z.string(),
    table: z.string(),
    despatch: z.record(z.string(), z.array(z.string()).min(1)),
    ...datedFields,
  }),
);
export type ZoneTableRecord = z.infer<typeof zoneTablesSchema>[number];

/** Zones between pairs of postal codes of one country, for the places of despatch that are on file. */
export class ZoneTable {
  readonly record: ZoneTableRecord;
  readonly #from: readonly { readonly prefix: string; readonly zones: ZoneMap }[];

  /** `column` gives the pairs of destination prefix and zone for a place of despatch. */
  constructor(record: ZoneTableRecord, column: (place: string) => Iterable<readonly [string, string]>) {
    this.record = record;
    this.#from = Object.entries(record.despatch).flatMap(([place, prefixes]) => {
      const zones = new ZoneMap(column(place));
      return prefixes.map((prefix) => ({ prefix, zones }));
    });
  }

  /** Postal prefixes from which zones are on file. */
  get despatchPrefixes(): readonly string[] {
    return this.#from.map(({ prefix }) => prefix);
  }

  /** The zone of a pair of postal codes; undefined when none is on file from the first. */
  zoneBetween(from: string, to: string): ZoneAnswer | undefined {
    return this.#from.find(({ prefix }) => from.startsWith(prefix))?.zones.zoneOf(to);
  }
}
