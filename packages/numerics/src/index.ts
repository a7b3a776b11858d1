export * from './counts.ts';
export * from './discrete-distribution.ts';
export * from './generator.ts';
export * from './linear-program.ts';
export * from './min-cost-flow.ts';
export * from './quantile.ts';
export * from './quantile-curve.ts';
export * from './quantile-regression.ts';
