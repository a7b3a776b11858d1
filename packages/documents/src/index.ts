export {
  type Cn22Limits,
  chooseForm,
  customsFormPdf,
  type DeclaredParcel,
  type PrintedCustomsForm,
} from './customs-form.ts';
export {
  type CustomsAddressee,
  type CustomsCategory,
  type CustomsForm,
  type CustomsSender,
  type Declaration,
  type DeclarationTotals,
  type GoodsLine,
  totalsOf,
} from './declaration.ts';
export type { Fonts } from './fonts.ts';
export type { ParcelNumber } from './identifier.ts';
export { LabelBook, labelRecordsSchema } from './labels/book.ts';
export { labelPdf } from './labels/draw.ts';
export { LABEL_FORMS, type LabelForm, LabelJob, type LabelJobSettings } from './labels/job.ts';
export type { Label } from './labels/label.ts';
export { type LabelRequest, labelOf, labelRequestSchema } from './labels/request.ts';
export { displayS10, isS10, readS10, type S10Parts, s10 } from './numbers/s10.ts';
export { epcOfSscc, isSscc, readSscc, type SsccParts, sscc } from './numbers/sscc.ts';
export { type PackingSlip, packingSlipPdf, type SlipLine } from './packing-slip.ts';
export { MAX_ADDRESS_LINES, type Party } from './party.ts';
