import { formatMinor, parseMinor } from '@crossparcel/units';
import * as z from 'zod';
import { type LandedCostAnswer, landedCostAnswerSchema } from './record.ts';

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

type Charge = LandedCostAnswer['lines'][number];
type Difference = Comparison['differences'][number];

const keyOf = ({ name, line }: Charge): string => JSON.stringify([name, line ?? '']);

/** Sets the bills of one parcel under the law of two days side by side. `days` are those days as text. */
export const compareBills = (
  before: LandedCostAnswer,
  after: LandedCostAnswer,
  days: readonly [string, string],
): Comparison => {
  const { id, currency } = before;
  const minorOf = (text: string) => parseMinor(text, currency) ?? 0;
  const change = (from: number, to: number) => ({
    before: formatMinor(from, currency),
    after: formatMinor(to, currency),
    change: formatMinor(to - from, currency),
  });
  const charges = [
    ...before.lines.map((line) => ({ line, isAfter: false })),
    ...after.lines.map((line) => ({ line, isAfter: true })),
  ];
  const differences = Array.from(Map.groupBy(charges, ({ line }) => keyOf(line)).values(), (same): Difference => {
    const sum = (isAfter: boolean) =>
      same.reduce((total, one) => (one.isAfter === isAfter ? total + minorOf(one.line.amount) : total), 0);
    const first = same[0]?.line as Charge;
    return {
      name: first.name,
      ...(first.line !== undefined && { line: first.line }),
      ...change(sum(false), sum(true)),
      rules: [...new Set(same.map(({ line }) => line.rule))],
    };
  });
  const sideOf = ({ lines, totals, warnings }: LandedCostAnswer, at: string) => ({ at, lines, totals, warnings });
  return {
    id,
    currency,
    before: sideOf(before, days[0]),
    after: sideOf(after, days[1]),
    differences,
    total: change(minorOf(before.totals.total), minorOf(after.totals.total)),
  };
};
