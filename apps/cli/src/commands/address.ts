import { Reference } from '@crossparcel/files';
import {
  type AddressAnswer,
  type AddressRequest,
  addressAnswer,
  addressAnswerSchema,
  addressRequestSchema,
} from '@crossparcel/trade';
import { ok } from '@crossparcel/units';
import type { LateRecordCommand } from '../conventions/batch-answerer.ts';

/** Phone numbers and transliteration are large tables: they are read when an address is asked for. */
const prepare = async () => {
  const { AddressBook } = await import('@crossparcel/trade/addresses');
  const reference = new Reference();
  const book = new AddressBook(reference.addressFormats(), reference.addressLimits());
  return (request: AddressRequest) => ok(addressAnswer(book, request));
};

/** `crossparcel address`: what is wrong with an address, what was probably meant, and how it is printed. */
export const address: LateRecordCommand<AddressRequest, AddressAnswer> = {
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
