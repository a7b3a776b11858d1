export { Classifier } from './classification/classifier.ts';
export { goodsTermSchema, goodsWordsSchema, Lexicon } from './classification/lexicon.ts';
export { GoodsMemory, type Verdict, verdictSchema } from './classification/memory.ts';
export { type GoodsModel, unpackModel } from './classification/model.ts';
export { DescriptionChecker, stopWordSchema } from './classification/quality.ts';
export {
  type ClassifyAnswer,
  type ClassifyRequest,
  classifyAnswerSchema,
  classifyRequestSchema,
} from './classification/record.ts';
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
export * from './tariff/duty-rate.ts';
export * from './tariff/tariff-table.ts';
