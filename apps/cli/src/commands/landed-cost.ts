import { Reference } from '@crossparcel/files';
import {
  customsParcelOf,
  type LandedCostAnswer,
  type LandedCostRequest,
  type Law,
  landedCostAnswer,
  landedCostAnswerSchema,
  landedCostRequestSchema,
} from '@crossparcel/trade';
import { type DayNumber, type Fault, ok, type Result } from '@crossparcel/units';
import type { OptionValues, RecordCommand } from '../conventions/batch-answerer.ts';
import { dayOption } from '../conventions/day-option.ts';

/** The law of all markets on file. */
export const openLaw = (): Law => new Reference().law();

/** Answers requests under some law; `lawAt` computes under another day's. */
export const assessor =
  (law: Law, lawAt?: DayNumber) =>
  (record: LandedCostRequest): Result<LandedCostAnswer, Fault> => {
    const parcel = customsParcelOf(law, record, lawAt);
    if (!parcel.ok) return parcel;
    const assessment = law.assess(parcel.value);
    return assessment.ok ? ok(landedCostAnswer(record.id, parcel.value, assessment.value)) : assessment;
  };

const prepare = ({ lawAt }: OptionValues) =>
  assessor(openLaw(), lawAt === undefined ? undefined : dayOption('--law-at', lawAt));

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
