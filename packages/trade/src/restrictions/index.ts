export { GoodsBook } from './goods-book.ts';
export { type Restriction, restrictionsSchema } from './restriction.ts';
