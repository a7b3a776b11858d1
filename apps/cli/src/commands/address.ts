import { Reference } from '@crossparcel/files';
import {
  type AddressAnswer,
  AddressBook,
  type AddressRequest,
  addressAnswer,
  addressAnswerSchema,
  addressRequestSchema,
} from '@crossparcel/trade/addresses';
import { ok } from '@crossparcel/units';
import type { RecordCommand } from '../conventions/batch-answerer.ts';

const prepare = () => {
  const reference = new Reference();
  const book = new AddressBook(reference.addressFormats(), reference.addressLimits());
  return (request: AddressRequest) => ok(addressAnswer(book, request));
};

/** `crossparcel address`: what is wrong with an address, what was probably meant, and how it is printed. */
export const address: RecordCommand<AddressRequest, AddressAnswer> = {
  name: 'address',
  summary:
    'what is wrong with an address, what was probably meant, and its lines as the country and as Latin letters have them',
  input: addressRequestSchema,
  output: addressAnswerSchema,
  columns: ['id', 'valid', 'field', 'given', 'proposed', 'why'],
  each: 'proposals',
  options: [],
  prepare,
};
