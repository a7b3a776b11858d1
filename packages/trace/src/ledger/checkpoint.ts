import { fromBase64, toBase64 } from './bytes.ts';
import { HASH_BYTES } from './hash.ts';

/** What a checkpoint says: the log's origin, its size and its root (C2SP tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Uint8Array;
}

/** The text of a checkpoint, which is what gets signed. */
export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** Reads the text of a checkpoint; extension lines after the root are allowed and ignored. */
export const parseCheckpoint = (text: string): Checkpoint | undefined => {
  const [origin, size, rootText, ...rest] = text.split('\n');
  const root = rootText === undefined ? undefined : fromBase64(rootText);
  if (!origin || size === undefined || !/^(0|[1-9]\d{0,18})$/.test(size) || root?.length !== HASH_BYTES)
    return undefined;
  if (rest.at(-1) !== '' || rest.slice(0, -1).some((line) => line === '')) return undefined;
  return { origin, size: BigInt(size), root };
};
