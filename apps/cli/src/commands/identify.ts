import {
  IdentifierBook,
  type IdentifyAnswer,
  type IdentifyRequest,
  identifyAnswer,
  identifyAnswerSchema,
  identifyRequestSchema,
} from '@crossparcel/documents/numbers';
import { Reference } from '@crossparcel/files';
import { ok } from '@crossparcel/units';
import type { RecordCommand } from '../conventions/batch-answerer.ts';

const prepare = () => {
  const book = new IdentifierBook(new Reference().identifiers());
  return (request: IdentifyRequest) => ok(identifyAnswer(book, request));
};

/** `crossparcel identify`: which standards and carriers a number can be of, with its parts, or what is wrong with it. */
export const identify: RecordCommand<IdentifyRequest, IdentifyAnswer> = {
  name: 'identify',
  summary: 'whose number is this: the standards and carriers that it fits, its parts, or what is wrong with it',
  input: identifyRequestSchema,
  output: identifyAnswerSchema,
  columns: ['id', 'number', 'valid', 'format', 'name', 'carrierName', 'why'],
  each: 'matches',
  options: [],
  prepare,
};
