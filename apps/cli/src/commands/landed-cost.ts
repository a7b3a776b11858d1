import { Reference, readRates } from '@crossparcel/files';
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

/** A file of exchange rates, for every command that computes what is due. */
export const RATES_OPTION = {
  flags: '--rates <file>',
  description: 'exchange rates: a CSV with the columns date,from,to,rate',
} as const;

/** Options of commands that compute under the law of one day. */
export const LAW_OPTIONS = [{ flags: '--law-at <date>', description: "compute under another day's law" }, RATES_OPTION];

/** The law of all markets on file, with amounts converted at the rates of a file or at fixed ones. */
export const openLaw = (rates?: string): Law => new Reference().law(rates === undefined ? undefined : readRates(rates));

/** Answers requests under some law; `lawAt` computes under another day's. */
const assessor =
  (law: Law, lawAt?: DayNumber) =>
  (record: LandedCostRequest): Result<LandedCostAnswer, Fault> => {
    const parcel = customsParcelOf(law, record, lawAt);
    if (!parcel.ok) return parcel;
    const assessment = law.assess(parcel.value);
    return assessment.ok ? ok(landedCostAnswer(record.id, parcel.value, assessment.value)) : assessment;
  };

const prepare = ({ lawAt, rates }: OptionValues) =>
  assessor(openLaw(rates), lawAt === undefined ? undefined : dayOption('--law-at', lawAt));

/** `crossparcel landed-cost`: duty, tax and fees of parcels, with the rule behind each line. */
export const landedCost: RecordCommand<LandedCostRequest, LandedCostAnswer> = {
  name: 'landed-cost',
  summary: 'duty, tax and fees of parcels on any date, with the rule behind each line',
  input: landedCostRequestSchema,
  output: landedCostAnswerSchema,
  columns: ['id', 'currency', 'totals.duty', 'totals.tax', 'totals.fees', 'totals.total'],
  options: LAW_OPTIONS,
  prepare,
};
