export * from './csv.ts';
export * from './input-error.ts';
export * from './output.ts';
export * from './rates-file.ts';
export * from './records.ts';
export * from './reference.ts';
export * from './screening-lists.ts';
export { readBytes, readWholeText, STDIN } from './text.ts';
export * from './timetable-file.ts';
