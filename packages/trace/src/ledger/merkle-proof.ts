import { sameBytes } from './bytes.ts';
import { HASH_BYTES, nodeHash } from './hash.ts';

/** That a leaf stands at an index of a tree with a root. */
export interface InclusionClaim {
  readonly leafHash: Uint8Array;
  readonly index: number | bigint;
  readonly treeSize: number | bigint;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** That a tree of one size is the beginning of a tree of another. */
export interface ConsistencyClaim {
  readonly size1: number | bigint;
  readonly size2: number | bigint;
  readonly root1: Uint8Array;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

const isHash = (bytes: Uint8Array): boolean => bytes.length === HASH_BYTES;

const count = (value: number | bigint): bigint | undefined => {
  if (typeof value === 'bigint') return value >= 0n ? value : undefined;
  return Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : undefined;
};

/** Checks an inclusion proof (RFC 9162, section 2.1.3.2). False for anything malformed; never throws. */
export const verifyInclusion = ({ leafHash, index, treeSize, proof, root }: InclusionClaim): boolean => {
  const [first, size] = [count(index), count(treeSize)];
  if (first === undefined || size === undefined || first >= size) return false;
  if (![leafHash, root, ...proof].every(isHash)) return false;
  let node = first;
  let last = size - 1n;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if (node % 2n === 1n || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2n === 0n && node !== 0n) {
        node /= 2n;
        last /= 2n;
      }
    } else hash = nodeHash(hash, sibling);
    node /= 2n;
    last /= 2n;
  }
  return last === 0n && sameBytes(hash, root);
};

/**
 * Checks a consistency proof (RFC 9162, section 2.1.4.2). Sizes of zero prove nothing and are refused. False for
 * anything malformed; never throws.
 */
export const verifyConsistency = ({ size1, size2, root1, root2, proof }: ConsistencyClaim): boolean => {
  const [from, to] = [count(size1), count(size2)];
  if (from === undefined || to === undefined || from === 0n || from > to) return false;
  // Equal sizes ask only whether the roots are the same, whatever they are (so do the published vectors).
  if (from === to) return proof.length === 0 && sameBytes(root1, root2);
  if (![root1, root2, ...proof].every(isHash)) return false;
  const isWhole = (from & (from - 1n)) === 0n;
  const [start, ...rest] = isWhole ? [root1, ...proof] : proof;
  if (!start || proof.length === 0) return false;
  let node = from - 1n;
  let last = to - 1n;
  while (node % 2n === 1n) {
    node /= 2n;
    last /= 2n;
  }
  let older = start;
  let newer = start;
  for (const sibling of rest) {
    if (last === 0n) return false;
    if (node % 2n === 1n || node === last) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
      while (node % 2n === 0n && node !== 0n) {
        node /= 2n;
        last /= 2n;
      }
    } else newer = nodeHash(newer, sibling);
    node /= 2n;
    last /= 2n;
  }
  return last === 0n && sameBytes(older, root1) && sameBytes(newer, root2);
};
