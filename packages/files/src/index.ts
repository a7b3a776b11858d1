export * from './csv.ts';
export { DemandReference } from './demand-reference.ts';
export { documentFonts } from './fonts.ts';
export * from './input-error.ts';
export * from './output.ts';
export * from './rates-file.ts';
export { readChecked } from './read-checked.ts';
export * from './records.ts';
export * from './reference.ts';
export type {
  AirportRecord,
  ConcernThresholds,
  MappedPlace,
  NumberRange,
  NumberReuse,
  PostalFormLimits,
} from './reference-records.ts';
export * from './screening-lists.ts';
export { readBytes, readWholeText, STDIN } from './text.ts';
export * from './timetable-file.ts';
