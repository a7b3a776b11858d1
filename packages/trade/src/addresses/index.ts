export { AddressBook, type AddressReport } from './address-book.ts';
