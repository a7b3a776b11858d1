export * from './discrete-distribution.ts';
export * from './generator.ts';
export * from './min-cost-flow.ts';
export * from './quantile.ts';
