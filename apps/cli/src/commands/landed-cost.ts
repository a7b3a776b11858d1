import { Reference } from '@crossparcel/files';
import {
  customsParcelOf,
  type LandedCostAnswer,
  type LandedCostRequest,
  landedCostAnswer,
  landedCostAnswerSchema,
  landedCostRequestSchema,
} from '@crossparcel/trade';
import { ExchangeRates, type Fault, ok, type Result } from '@crossparcel/units';
import type { OptionValues, RecordCommand } from '../conventions/batch-answerer.ts';
import { dayOption } from '../conventions/day-option.ts';

const prepare = (options: OptionValues): ((record: LandedCostRequest) => Result<LandedCostAnswer, Fault>) => {
  const lawAt = options.lawAt === undefined ? undefined : dayOption('--law-at', options.lawAt);
  const reference = new Reference();
  const law = reference.law(new ExchangeRates(reference.worthInUsd()));
  return (record) => {
    const parcel = customsParcelOf(law, record, lawAt);
    if (!parcel.ok) return parcel;
    const assessment = law.assess(parcel.value);
    return assessment.ok ? ok(landedCostAnswer(record.id, parcel.value, assessment.value)) : assessment;
  };
};

/** `crossparcel landed-cost`: duty, tax and fees of parcels, with the rule behind each line. */
export const landedCost: RecordCommand<LandedCostRequest, LandedCostAnswer> = {
  name: 'landed-cost',
  summary: 'duty, tax and fees of parcels on any date, with the rule behind each line',
  input: landedCostRequestSchema,
  output: landedCostAnswerSchema,
  columns: ['id', 'currency', 'totals.duty', 'totals.tax', 'totals.fees', 'totals.total'],
  options: [{ flags: '--law-at <date>', description: "compute under another day's law" }],
  prepare,
};
