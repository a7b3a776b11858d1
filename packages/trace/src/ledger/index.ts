export { concatBytes, fromBase64, sameBytes, toBase64, utf8 } from './bytes.ts';
export * from './checkpoint.ts';
export * from './entry.ts';
export * from './hash.ts';
export * from './merkle-proof.ts';
export * from './parcel-proof.ts';
export * from './policy.ts';
export {
  formatSignatureLine,
  formatVerifierKey,
  KEY_TYPES,
  type NoteKey,
  noteKeyOf,
  parseVerifierKey,
} from './signed-note.ts';
export * from './tiles.ts';
export * from './verify.ts';
