import { epcOfSscc, s10, sscc } from '@crossparcel/documents';
import type { NumberForm, NumberRange } from '@crossparcel/files';
import { CrossparcelError } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';

/** Kinds of numbers that parcels bear. */
export type NumberKind = NumberForm['kind'];

/** A number with the URI by which events name its parcel. */
export interface Numbered {
  readonly number: string;
  readonly epc: string;
}

/** Postal items have no URI of the UPU's; this one stands in a domain of ours. */
const S10_BASE = 'https://crossparcel.dev/s10/';

const numberOf = (form: NumberForm, serial: number): Numbered => {
  if (form.kind === 's10') {
    const number = s10({ service: form.service, country: form.country, serial });
    return { number, epc: `${S10_BASE}${number}` };
  }
  const number = sscc({ extension: form.extension, companyPrefix: form.companyPrefix, serial });
  return { number, epc: epcOfSscc(number) };
};

/**
 * Leases numbers of the operator's range, in the transaction of what bears them: none is given twice, and none is lost
 * when the transaction is. Operators without a range of their own get the one that is for trying things out. Throws
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
  if (range) {
    await sql.query(
      `INSERT INTO number_ranges (operator_id, kind, form, next, last) VALUES ($1, $2, $3::jsonb, $4, $5)
       ON CONFLICT (operator_id, kind) DO NOTHING`,
      [operator, kind, JSON.stringify(range.form), range.first, range.last],
    );
  }
  const [leased] = await sql.query<{ form: NumberForm; next: number; last: number }>(
    'UPDATE number_ranges SET next = next + $3 WHERE operator_id = $1 AND kind = $2 RETURNING form, next, last',
    [operator, kind, count],
  );
  if (!leased || leased.next - 1 > leased.last) {
    throw new CrossparcelError({
      code: 'numbers-used-up',
      what: `the range of ${kind} numbers is used up`,
      mend: 'ask for a new range',
    });
  }
  const first = leased.next - count;
  return Array.from({ length: count }, (_, index) => numberOf(leased.form, first + index));
};
