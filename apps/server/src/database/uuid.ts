import { createHash, randomBytes } from 'node:crypto';

const format = (bytes: Buffer): string => {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

const marked = (bytes: Buffer, version: number): string => {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return format(bytes);
};

/** A new id that sorts by the time at which it was made (UUID version 7, RFC 9562). */
export const newId = (now = Date.now()): string => {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  return marked(bytes, 7);
};

/** The id that belongs to a name: always the same (UUID version 8 over SHA-256, RFC 9562). */
export const idOf = (name: string): string => marked(createHash('sha256').update(name).digest().subarray(0, 16), 8);

/** When an id that `newId` made was made. */
export const instantOfId = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16);
