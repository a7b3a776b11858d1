export { FsuReader, type FsuReading, type FsuRims } from './cargo-imp/fsu.ts';
export { statusCodesSchema } from './cargo-imp/status-codes.ts';
export * from './poll-plan.ts';
export * from './settings.ts';
