import {
  type Comparison,
  compareBills,
  comparisonSchema,
  customsParcelOf,
  type LandedCostRequest,
  landedCostRequestSchema,
} from '@crossparcel/trade';
import { type Fault, formatDay, ok, type Result } from '@crossparcel/units';
import type { OptionValues, RecordCommand } from '../conventions/batch-answerer.ts';
import { dayOption } from '../conventions/day-option.ts';
import { UsageError } from '../conventions/exit.ts';
import { openLaw, RATES_OPTION } from './landed-cost.ts';

const prepare = ({ at, rates }: OptionValues): ((record: LandedCostRequest) => Result<Comparison, Fault>) => {
  const days = (at ?? '').split(',').filter((text) => text !== '');
  const [first, second, third] = days.map((text) => dayOption('--at', text));
  if (first === undefined || second === undefined || third !== undefined) {
    throw new UsageError('give two days to compare: --at 2025-05-01 --at 2026-11-22');
  }
  const law = openLaw(rates);
  const texts = [formatDay(first), formatDay(second)] as const;
  return (record) => {
    const parcel = customsParcelOf(law, record, first);
    if (!parcel.ok) return parcel;
    const before = law.assess(parcel.value);
    if (!before.ok) return before;
    const after = law.assess({ ...parcel.value, day: second });
    return after.ok ? ok(compareBills(record.id, parcel.value, before.value, after.value, texts)) : after;
  };
};

/** `crossparcel landed-cost compare`: the same parcels under the law of two days. */
export const landedCostCompare: RecordCommand<LandedCostRequest, Comparison> = {
  name: 'landed-cost compare',
  summary: 'the same parcels under the law of two days, and the difference line by line',
  input: landedCostRequestSchema,
  output: comparisonSchema,
  columns: ['id', 'currency', 'before.totals.total', 'after.totals.total', 'total.change'],
  options: [{ flags: '--at <date>', description: 'a day whose law is asked; give two', repeats: true }, RATES_OPTION],
  prepare,
};
