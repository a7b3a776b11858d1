import { type ConsignmentRequest, consignmentSchema } from '@crossparcel/trade';
import { type Fault, ok, type Result } from '@crossparcel/units';
import type { OptionValues, RecordCommand } from '../conventions/batch-answerer.ts';
import { apartOf } from './declare-apart.ts';
import {
  DECLARE_COLUMNS,
  type DeclarationAnswer,
  DeclarationDesk,
  declarationAnswer,
  declarationAnswerSchema,
} from './declare-desk.ts';
import { RATES_OPTION } from './landed-cost.ts';

const prepare = (options: OptionValues) => {
  const desk = new DeclarationDesk(options, []);
  return (request: ConsignmentRequest): Result<DeclarationAnswer, Fault> => {
    const made = desk.make(request);
    return made.ok ? ok(declarationAnswer(made.value)) : made;
  };
};

/** `crossparcel declare`: what customs, posts and carriers are told of parcels, from one data set. */
export const declare: RecordCommand<ConsignmentRequest, DeclarationAnswer> = {
  name: 'declare',
  summary: 'customs declarations of parcels from one data set: as data, PDF or XML',
  input: consignmentSchema,
  output: declarationAnswerSchema,
  columns: DECLARE_COLUMNS,
  options: [
    {
      flags: '--as <message>',
      description: 'cn22, cn23, customs-form, invoice, itmatt, h7, us-entry, ...: docs/declarations lists them',
    },
    { flags: '--out <folder>', description: 'also write each declaration to a file: PDF, XML or JSON' },
    { flags: '--lodge <folder>', description: 'lodge each declaration in an exchange folder' },
    { flags: '--registrations <file>', description: 'registrations with their days, for all parcels' },
    RATES_OPTION,
  ],
  prepare,
  apart: apartOf,
};
