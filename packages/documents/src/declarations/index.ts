export { type BrokerTable, brokerTable } from './broker-table.ts';
export {
  cn22Fault,
  cn22LimitsIn,
  formFor,
  type PostalFormLimit,
  paperParty,
  postalDeclaration,
  postalNumberFault,
} from './customs-form.ts';
export { invoicePdf } from './invoice.ts';
export { messageXml } from './xml.ts';
