import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hash.ts';

/** Hashes in a full tile, and levels of the tree that a tile spans (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

/** A tile: up to 256 hashes, each the root of 256^level entries, in order. */
export interface Tile {
  readonly level: number;
  readonly number: number;
  /** The hashes one after another; a partial tile has fewer than 256. */
  readonly hashes: Uint8Array;
}

/** Reads the hashes of a tile, as far as they are there. */
export type TileSource = (level: number, number: number) => Promise<Uint8Array>;

/** Number of a tile as tlog-tiles writes it in paths: groups of three digits, all but the last with an `x`. */
const numberPath = (number: number): string => {
  const groups: string[] = [];
  for (let rest = number; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(String(rest % 1000).padStart(3, '0'));
  }
  return groups.map((group, index) => (index < groups.length - 1 ? `x${group}` : group)).join('/');
};

/** Path of a tile below the log's address, `tile/0/x001/234` or `tile/0/x001/234.p/17`; entries have the level `entries`. */
export const tilePath = (level: number | 'entries', number: number, width: number = TILE_WIDTH): string =>
  `tile/${level}/${numberPath(number)}${width === TILE_WIDTH ? '' : `.p/${width}`}`;

/** Reads such a path; undefined when it is none in its one right form. */
export const parseTilePath = (
  path: string,
): { readonly level: number | 'entries'; readonly number: number; readonly width: number } | undefined => {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (!match?.[1] || !match[2]) return undefined;
  const level = match[1] === 'entries' ? 'entries' : Number(match[1]);
  const number = Number(match[2].replaceAll(/[x/]/g, ''));
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3]);
  if (width >= TILE_WIDTH && match[3] !== undefined) return undefined;
  return Number.isSafeInteger(number) && tilePath(level, number, width) === path ? { level, number, width } : undefined;
};

const hashAt = (hashes: Uint8Array, index: number): Uint8Array =>
  hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);

/** Root of 2^height neighbouring hashes of a tile. */
const foldWithin = (hashes: Uint8Array, from: number, height: number): Uint8Array => {
  if (height === 0) return hashAt(hashes, from);
  const half = 1 << (height - 1);
  return nodeHash(foldWithin(hashes, from, height - 1), foldWithin(hashes, from + half, height - 1));
};

/** Largest power of two below a size of at least two. */
const splitPoint = (size: number): number => {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
};

/** Computes roots and proofs of a tree of some size from its tiles; each tile is read once. */
export class TileTree {
  readonly size: number;
  readonly #source: TileSource;
  readonly #tiles = new Map<string, Promise<Uint8Array>>();

  constructor(size: number, source: TileSource) {
    this.size = size;
    this.#source = source;
  }

  /** Root of the tree. */
  async root(): Promise<Uint8Array> {
    return this.#range(0, this.size);
  }

  /** Proof that the leaf at an index is in the tree (RFC 6962, section 2.1.1). */
  async inclusionProof(index: number): Promise<Uint8Array[]> {
    if (!(index >= 0 && index < this.size)) throw new RangeError(`no leaf ${index} in a tree of ${this.size}`);
    const proof: Uint8Array[] = [];
    let [from, to] = [0, this.size];
    while (to - from > 1) {
      const middle = from + splitPoint(to - from);
      if (index < middle) {
        proof.unshift(await this.#range(middle, to));
        to = middle;
      } else {
        proof.unshift(await this.#range(from, middle));
        from = middle;
      }
    }
    return proof;
  }

  /** Proof that the tree of an earlier size is the beginning of this one (RFC 6962, section 2.1.2). */
  async consistencyProof(earlier: number): Promise<Uint8Array[]> {
    if (!(earlier > 0 && earlier <= this.size))
      throw new RangeError(`no tree of ${earlier} within one of ${this.size}`);
    const proof: Uint8Array[] = [];
    let [from, to] = [0, this.size];
    while (earlier !== to) {
      const middle = from + splitPoint(to - from);
      if (earlier <= middle) {
        proof.unshift(await this.#range(middle, to));
        to = middle;
      } else {
        proof.unshift(await this.#range(from, middle));
        from = middle;
      }
    }
    // The subtree that both share is known to the verifier when it starts the tree.
    return from === 0 ? proof : [await this.#range(from, to), ...proof];
  }

  async #range(from: number, to: number): Promise<Uint8Array> {
    const size = to - from;
    const height = Math.round(Math.log2(size));
    if (2 ** height === size && from % size === 0) return this.#subtree(from, height);
    const middle = from + splitPoint(size);
    return nodeHash(await this.#range(from, middle), await this.#range(middle, to));
  }

  /** Root of the complete subtree of 2^height leaves that starts at a leaf. */
  async #subtree(from: number, height: number): Promise<Uint8Array> {
    const level = Math.floor(height / TILE_HEIGHT);
    const position = Math.floor(from / TILE_WIDTH ** level);
    const hashes = await this.#tile(level, Math.floor(position / TILE_WIDTH));
    return foldWithin(hashes, position % TILE_WIDTH, height % TILE_HEIGHT);
  }

  #tile(level: number, number: number): Promise<Uint8Array> {
    const key = `${level}/${number}`;
    let tile = this.#tiles.get(key);
    if (!tile) {
      tile = this.#source(level, number);
      this.#tiles.set(key, tile);
    }
    return tile;
  }
}

/** The right edge of a tree: for each level the hashes of its last tile that are not yet 256. */
export class TreeEdge {
  #size: number;
  readonly #partial: Uint8Array[][];

  /** `edge` holds, from level 0 up, the bytes of the last partial tile of each level; empty for a new tree. */
  constructor(size: number, edge: readonly Uint8Array[]) {
    this.#size = size;
    this.#partial = edge.map((hashes) =>
      Array.from({ length: hashes.length / HASH_BYTES }, (_, index) => hashAt(hashes, index).slice()),
    );
  }

  /** Leaves so far. */
  get size(): number {
    return this.#size;
  }

  /** The tiles that the edge of a tree of some size consists of: level and number, from level 0 up. */
  static tilesOf(size: number): { readonly level: number; readonly number: number }[] {
    const tiles: { level: number; number: number }[] = [];
    for (let [level, width] = [0, size]; width > 0; level += 1) {
      tiles.push({ level, number: Math.floor(width / TILE_WIDTH) });
      width = Math.floor(width / TILE_WIDTH);
    }
    return tiles;
  }

  /** Adds leaves by their hashes; gives every tile that changed, in its new form. */
  append(leafHashes: readonly Uint8Array[]): Tile[] {
    const changed = new Map<string, Tile>();
    for (const hash of leafHashes) {
      this.#push(0, Math.floor(this.#size / TILE_WIDTH), hash, changed);
      this.#size += 1;
    }
    for (const { level, number } of TreeEdge.tilesOf(this.#size)) {
      const hashes = this.#partial[level] ?? [];
      if (hashes.length > 0) changed.set(`${level}/${number}`, { level, number, hashes: joined(hashes) });
    }
    return [...changed.values()];
  }

  /** Root of the tree. */
  root(): Uint8Array {
    const subtrees: Uint8Array[] = [];
    for (let level = this.#partial.length - 1; level >= 0; level -= 1) {
      const hashes = joined(this.#partial[level] ?? []);
      const width = hashes.length / HASH_BYTES;
      for (let [height, from] = [TILE_HEIGHT - 1, 0]; height >= 0; height -= 1) {
        if ((width & (1 << height)) === 0) continue;
        subtrees.push(foldWithin(hashes, from, height));
        from += 1 << height;
      }
    }
    const last = subtrees.pop() ?? EMPTY_ROOT;
    return subtrees.reduceRight((right, left) => nodeHash(left, right), last);
  }

  #push(level: number, number: number, hash: Uint8Array, changed: Map<string, Tile>): void {
    this.#partial[level] ??= [];
    const hashes = this.#partial[level];
    hashes.push(hash);
    if (hashes.length < TILE_WIDTH) return;
    const full = joined(hashes);
    changed.set(`${level}/${number}`, { level, number, hashes: full });
    this.#partial[level] = [];
    this.#push(level + 1, Math.floor(number / TILE_WIDTH), foldWithin(full, 0, TILE_HEIGHT), changed);
  }
}

const joined = (hashes: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(hashes.length * HASH_BYTES);
  for (const [index, hash] of hashes.entries()) bytes.set(hash, index * HASH_BYTES);
  return bytes;
};
