import { formatMinor } from '@crossparcel/units';
import * as z from 'zod';
import type { Assessment, Charge, CustomsParcel } from './parcel.ts';
import { landedCostAnswer, landedCostAnswerSchema } from './record.ts';

const changed = { before: z.string(), after: z.string(), change: z.string() };
const side = z.object({ at: z.string(), ...landedCostAnswerSchema.omit({ id: true, currency: true }).shape });

/** Schema of a `landed-cost compare` answer: one parcel under the law of two days, and what differs line by line. */
export const comparisonSchema = z.object({
  id: z.string(),
  currency: z.string(),
  before: side,
  after: side,
  /** Charges by name and line of goods; one that stands on one side only is 0 on the other. */
  differences: z.array(
    z.object({
      name: z.string(),
      line: z.string().optional(),
      ...changed,
      rules: z.array(z.string()),
    }),
  ),
  total: z.object(changed),
});
export type Comparison = z.infer<typeof comparisonSchema>;

type Difference = Comparison['differences'][number];

/** Charges of one name on one line of goods, on either day. */
interface Pair {
  readonly name: string;
  readonly line: number | undefined;
  before: number;
  after: number;
  readonly rules: Set<string>;
}

const keyOf = ({ name, line }: Charge): string => `${line ?? ''}|${name}`;

/** Sets what one parcel owes under the law of two days side by side. `days` are those days as text. */
export const compareBills = (
  id: string,
  parcel: CustomsParcel,
  before: Assessment,
  after: Assessment,
  days: readonly [string, string],
): Comparison => {
  const { currency } = parcel;
  const change = (from: number, to: number) => ({
    before: formatMinor(from, currency),
    after: formatMinor(to, currency),
    change: formatMinor(to - from, currency),
  });
  const pairs = new Map<string, Pair>();
  const count = (charges: readonly Charge[], day: 'before' | 'after') => {
    for (const charge of charges) {
      const key = keyOf(charge);
      let pair = pairs.get(key);
      if (!pair) {
        pair = { name: charge.name, line: charge.line, before: 0, after: 0, rules: new Set() };
        pairs.set(key, pair);
      }
      pair[day] += charge.amountMinor;
      pair.rules.add(charge.rule.id);
    }
  };
  count(before.charges, 'before');
  count(after.charges, 'after');
  const sideOf = (assessment: Assessment, at: string) => {
    const { lines, totals, warnings } = landedCostAnswer(id, parcel, assessment);
    return { at, lines, totals, warnings };
  };
  const totalOf = ({ dutyMinor, taxMinor, feeMinor }: Assessment) => dutyMinor + taxMinor + feeMinor;
  return {
    id,
    currency,
    before: sideOf(before, days[0]),
    after: sideOf(after, days[1]),
    differences: Array.from(
      pairs.values(),
      (pair): Difference => ({
        name: pair.name,
        ...(pair.line !== undefined && { line: parcel.lines[pair.line]?.id ?? '' }),
        ...change(pair.before, pair.after),
        rules: [...pair.rules],
      }),
    ),
    total: change(totalOf(before), totalOf(after)),
  };
};
