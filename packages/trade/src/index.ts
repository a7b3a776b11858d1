export type { Address, AddressFault, AddressProposal } from './addresses/address.ts';
export {
  type AddressFormat,
  type AddressLimits,
  addressFormatSchema,
  addressLimitsSchema,
} from './addresses/address-format.ts';
export {
  type AddressAnswer,
  type AddressRequest,
  addressAnswer,
  addressAnswerSchema,
  addressRequestSchema,
} from './addresses/record.ts';
export { Classifier } from './classification/classifier.ts';
export { goodsTermSchema, goodsWordsSchema, Lexicon } from './classification/lexicon.ts';
export { GoodsMemory, type Verdict, verdictSchema } from './classification/memory.ts';
export { type GoodsModel, unpackModel } from './classification/model.ts';
export { DescriptionChecker } from './classification/quality.ts';
export {
  type ClassifyAnswer,
  type ClassifyRequest,
  classifyAnswerSchema,
  classifyRequestSchema,
} from './classification/record.ts';
export * from './declarations/index.ts';
export * from './hs/hs-code.ts';
export * from './hs/hs-table.ts';
export * from './landed-cost/comparison.ts';
export * from './landed-cost/options.ts';
export * from './landed-cost/options-record.ts';
export * from './landed-cost/parcel.ts';
export * from './landed-cost/record.ts';
export {
  type Area,
  areasSchema,
  type Rule,
  type RuleBook,
  ruleBookSchema,
  type TariffRow,
  type TariffTableRecord,
  tariffRowSchema,
  tariffTablesSchema,
} from './law/book.ts';
export * from './law/law.ts';
export { regimePage } from './law/regime-page.ts';
export { regimeTimeline } from './law/regime-timeline.ts';
export { GoodsBook } from './restrictions/goods-book.ts';
export { type Restriction, restrictionsSchema } from './restrictions/restriction.ts';
export { type Clearance, Clearances, clearanceSchema } from './screening/clearance.ts';
export { ListFault, type ListPart, type ScreeningList } from './screening/list.ts';
export { ListJoiner } from './screening/lists/join.ts';
export { ListReader } from './screening/lists/recognise.ts';
export { decisionLogLine } from './screening/log-line.ts';
export { type ScreeningMethod, screeningMethodsSchema } from './screening/method.ts';
export {
  type ScreenAnswer,
  type ScreeningDesk,
  type ScreenRequest,
  screenAnswer,
  screenAnswerSchema,
  screenRequestSchema,
} from './screening/record.ts';
export * from './tariff/duty-rate.ts';
export * from './tariff/tariff-table.ts';
