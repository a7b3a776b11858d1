import { datedFields } from '@crossparcel/units';
import * as z from 'zod';

/** Schema of a carrier as answers name it. */
export const carrierSchema = z.strictObject({ id: z.string().min(1), name: z.string().min(1) });
export type Carrier = z.infer<typeof carrierSchema>;

const code = z.string().regex(/^[A-Z0-9]+$/, 'is not made of digits and capital letters');
const rowSchema = z.union([
  z.strictObject({ is: code, name: z.string().min(1), carrier: carrierSchema.optional() }),
  z.strictObject({ from: code, to: code, name: z.string().min(1) }),
]);

/** Schema of a table that says what the codes in a part of a number mean. The first row that fits counts. */
export const lookupTableSchema = z.strictObject({
  id: z.string().min(1),
  rows: z.array(rowSchema).min(1),
  ...datedFields,
});
export type LookupTableRecord = z.infer<typeof lookupTableSchema>;

/** What a code means. */
export interface Meaning {
  readonly name: string;
  readonly carrier?: Carrier | undefined;
}

/** Order of codes of one length: digits before letters. */
const order = (text: string): number => Number.parseInt(text, 36);

/** A table of codes, ready to be asked. */
export class LookupTable {
  readonly #exact = new Map<string, Meaning>();
  readonly #ranges: { readonly from: string; readonly to: string; readonly meaning: Meaning }[] = [];
  /** How many codes the table knows; codes that two rows know count twice. */
  readonly size: number;

  constructor({ rows }: LookupTableRecord) {
    let size = 0;
    for (const row of rows) {
      if ('is' in row) {
        this.#exact.set(row.is, { name: row.name, carrier: row.carrier });
        size += 1;
      } else {
        this.#ranges.push({ from: row.from, to: row.to, meaning: { name: row.name } });
        size += order(row.to) - order(row.from) + 1;
      }
    }
    this.size = size;
  }

  /** The meaning of a code; undefined when the table does not know it. */
  find(value: string): Meaning | undefined {
    return (
      this.#exact.get(value) ??
      this.#ranges.find(({ from, to }) => value.length === from.length && from <= value && value <= to)?.meaning
    );
  }
}
