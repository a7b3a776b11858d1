import {
  answerOptions,
  type OptionsAnswer,
  type OptionsRequest,
  optionsAnswerSchema,
  optionsRequestSchema,
} from '@crossparcel/trade';
import type { OptionValues, RecordCommand } from '../conventions/batch-answerer.ts';
import { dayOption } from '../conventions/day-option.ts';
import { LAW_OPTIONS, openLaw } from './landed-cost.ts';

const prepare = ({ lawAt, rates }: OptionValues) => {
  const law = openLaw(rates);
  const day = lawAt === undefined ? undefined : dayOption('--law-at', lawAt);
  return (record: OptionsRequest) => answerOptions(law, record, day);
};

/** `crossparcel landed-cost options`: the lawful ways of the same goods, what each costs and needs. */
export const landedCostOptions: RecordCommand<OptionsRequest, OptionsAnswer> = {
  name: 'landed-cost options',
  summary: 'the lawful channels and schemes for the same goods: what each costs and needs, and who pays',
  input: optionsRequestSchema,
  output: optionsAnswerSchema,
  columns: ['id', 'way', 'name', 'terms', 'currency', 'totals.total', 'paidBy.buyer', 'paidBy.seller', 'confidence'],
  each: 'options',
  options: LAW_OPTIONS,
  prepare,
};
