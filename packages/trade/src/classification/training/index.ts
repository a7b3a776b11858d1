export { type GoodsTerm, type GoodsWords, Lexicon } from '../lexicon.ts';
export { wordsOf } from '../words.ts';
export { buildModel } from './build-model.ts';
export { groupOf, type Labelled } from './labelled.ts';
export { outOfFold } from './out-of-fold.ts';
export { figures } from './report.ts';
