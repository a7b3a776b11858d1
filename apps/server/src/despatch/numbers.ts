import { epcOfSscc } from '@crossparcel/documents';
import { type NumberForm, numberOf } from '@crossparcel/documents/numbers';
import type { NumberRange } from '@crossparcel/files';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';
import { ensureRange, type NumberKind, takeBlocks } from './number-blocks.ts';

/** A number with the URI by which events name its parcel. */
export interface Numbered {
  readonly number: string;
  readonly epc: string;
}

/** Postal items have no URI of the UPU's; this one stands in a domain of ours. */
const S10_BASE = 'https://crossparcel.dev/s10/';

const numberedBy = (form: NumberForm, serial: number): Numbered => {
  const number = numberOf(form, serial);
  return { number, epc: form.kind === 'sscc' ? epcOfSscc(number) : `${S10_BASE}${number}` };
};

/**
 * Gives numbers of the operator's range to parcels, in the transaction that stores them: none is given twice, and none is
 * lost when the transaction is. Operators without a range of their own get the one that is for trying things out. Throws
 * `numbers-used-up`.
 */
export const leaseNumbers = async (
  sql: Sql,
  { operator }: Tenant,
  kind: NumberKind,
  count: number,
  ranges: readonly NumberRange[],
): Promise<Numbered[]> => {
  if (count === 0) return [];
  const range = ranges.find((one) => one.form.kind === kind);
  if (range) await ensureRange(sql, operator, range);
  const { form, serials } = await takeBlocks(sql, operator, { kind, count, holder: 'despatch', seconds: undefined });
  return serials.map((serial) => numberedBy(form, serial));
};
