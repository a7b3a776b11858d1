import { DiscreteDistribution } from '@crossparcel/numerics';
import * as z from 'zod';

/** Schema of a transit time: probability by number of days. */
export const transitSchema = z.record(z.string().regex(/^\d+$/), z.number().min(0).max(1));

/** Schema of the transit times of a last mile: the same for all, by zone or by country. */
export const transitTableSchema = z.union([
  z.object({ all: transitSchema }),
  z.object({ byZone: z.record(z.string(), transitSchema) }),
  z.object({ byCountry: z.record(z.string(), transitSchema) }),
]);
export type TransitTable = z.infer<typeof transitTableSchema>;

/** A transit time as a distribution. Throws a RangeError when the probabilities do not add up to one. */
export const compileTransit = (record: z.infer<typeof transitSchema>): DiscreteDistribution =>
  new DiscreteDistribution(Object.entries(record).map(([days, probability]) => ({ value: Number(days), probability })));

/** Looks up the transit time for a zone and country; undefined when the table has none. */
export type TransitOf = (zone: string, country: string) => DiscreteDistribution | undefined;

/** Compiles a table of transit times. */
export const compileTransitTable = (table: TransitTable): TransitOf => {
  if ('all' in table) {
    const all = compileTransit(table.all);
    return () => all;
  }
  const entries = Object.entries('byZone' in table ? table.byZone : table.byCountry);
  const byKey = new Map(entries.map(([key, record]) => [key, compileTransit(record)]));
  return 'byZone' in table ? (zone) => byKey.get(zone) : (_zone, country) => byKey.get(country);
};
