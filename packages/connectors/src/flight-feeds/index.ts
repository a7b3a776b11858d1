export { FsuReader, type FsuReading, type FsuRims } from './cargo-imp/fsu.ts';
export { statusCodesSchema } from './cargo-imp/status-codes.ts';
export * from './flight-watch.ts';
export * from './poll-plan.ts';
export * from './settings.ts';
export * from './source.ts';
export { HttpStatusSource, type ProviderAccess } from './status-provider/http-source.ts';
export { type StatusProvider, statusProviderSchema } from './status-provider/provider-record.ts';
export * from './timetable-folder.ts';
