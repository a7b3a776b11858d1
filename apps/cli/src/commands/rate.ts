import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, Reference, readChecked } from '@crossparcel/files';
import {
  CardBook,
  type RateAnswer,
  type RateCardRecord,
  type RateRequest,
  rateAnswerSchema,
  rateCardSchema,
  rateRequestSchema,
} from '@crossparcel/transport';
import { ExchangeRates } from '@crossparcel/units';
import type { OptionValues, RecordCommand } from '../conventions/batch-answerer.ts';

/** Cards of one's own: a card file, or every one in a folder. */
const ownCards = (path: string): RateCardRecord[] => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) {
    const fault = { code: 'unreadable-file', what: 'there is no such file or folder', mend: 'check the path' };
    throw new InputError(fault, { file: path, line: 0 });
  }
  if (!stat.isDirectory()) return [readChecked(rateCardSchema, path)];
  const files = readdirSync(path).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => readChecked(rateCardSchema, join(path, file)));
};

/** The cards on file, one's own before them. */
export const openCards = (own?: string): readonly RateCardRecord[] => [
  ...(own === undefined ? [] : ownCards(own)),
  ...new Reference().rateCards(),
];

const prepare = ({ cards }: OptionValues) => {
  const reference = new Reference();
  const book = new CardBook(openCards(cards), reference.zoneTables(), new ExchangeRates(reference.worthInUsd()));
  return (request: RateRequest) => book.answer(request);
};

/** `crossparcel rate`: what carriers ask for parcels, line by line, and which change would make them cheaper. */
export const rate: RecordCommand<RateRequest, RateAnswer> = {
  name: 'rate',
  summary: 'what carriers ask for parcels, line by line, and which smaller size or mass would be cheaper',
  input: rateRequestSchema,
  output: rateAnswerSchema,
  columns: ['id', 'card', 'zone', 'billableGrams', 'currency', 'price'],
  options: [{ flags: '--cards <path>', description: "a card file of one's own, or a folder of them" }],
  prepare,
};
