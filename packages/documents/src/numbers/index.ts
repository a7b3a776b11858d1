export { type NumberForm, numberFormSchema, numberOf } from './form.ts';
export type { Reading } from './format.ts';
export { type IdentifierFile, identifierFileSchema } from './format-record.ts';
export { type Identification, IdentifierBook } from './identifier-book.ts';
export {
  type IdentifyAnswer,
  type IdentifyRequest,
  identifyAnswer,
  identifyAnswerSchema,
  identifyRequestSchema,
} from './identify-record.ts';
