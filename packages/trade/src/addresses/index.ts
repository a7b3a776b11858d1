export type { Address, AddressFault, AddressProposal } from './address.ts';
export { AddressBook, type AddressReport } from './address-book.ts';
export { type AddressFormat, type AddressLimits, addressFormatSchema, addressLimitsSchema } from './address-format.ts';
export {
  type AddressAnswer,
  type AddressRequest,
  addressAnswer,
  addressAnswerSchema,
  addressRequestSchema,
} from './record.ts';
