export * from './discrete-distribution.ts';
export * from './generator.ts';
export * from './quantile.ts';
