export * from './baseline/forecast.ts';
export * from './series/grid.ts';
export * from './series/series-book.ts';
