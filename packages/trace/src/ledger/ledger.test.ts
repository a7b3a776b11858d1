import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, sameBytes, toBase64, utf8 } from './bytes.ts';
import { formatCheckpoint } from './checkpoint.ts';
import { entryOf } from './entry.ts';
import { leafHash, nodeHash } from './hash.ts';
import { verifyConsistency, verifyInclusion } from './merkle-proof.ts';
import { formatParcelProof, verifyParcelProof } from './parcel-proof.ts';
import { parsePolicy } from './policy.ts';
import { formatSignatureLine, formatVerifierKey, KEY_TYPES, noteKeyOf } from './signed-note.ts';
import { parseTilePath, TileTree, TreeEdge, tilePath } from './tiles.ts';
import { formatTlogProof, verifyCheckpoint, verifyProof } from './verify.ts';

const fixture = (name: string) => new URL(`../../fixtures/tlog/${name}`, import.meta.url);
const readJson = (url: URL) => JSON.parse(readFileSync(url, 'utf8'));
const bytes = (base64: string): Uint8Array => {
  const read = fromBase64(base64);
  if (!read) throw new Error(`not base64: ${base64}`);
  return read;
};
const policy = readFileSync(fixture('policy.txt'), 'utf8');
const log = readJson(fixture('log.json'));
const leaves: Uint8Array[] = log.leaves_base64.map(bytes);

/** Root of a tree as RFC 6962 defines it, without any cleverness. */
const plainRoot = (hashes: readonly Uint8Array[]): Uint8Array => {
  if (hashes.length === 1) return hashes[0] as Uint8Array;
  let half = 1;
  while (half * 2 < hashes.length) half *= 2;
  return nodeHash(plainRoot(hashes.slice(0, half)), plainRoot(hashes.slice(half)));
};

const store = () => {
  const tiles = new Map<string, Uint8Array>();
  return {
    tiles,
    put: (changed: ReturnType<TreeEdge['append']>) => {
      for (const { level, number, hashes } of changed) tiles.set(`${level}/${number}`, hashes);
    },
    source: async (level: number, number: number) => tiles.get(`${level}/${number}`) ?? new Uint8Array(0),
  };
};

describe('base64', () => {
  it('is strict: one text for one sequence of bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (data) => {
        const text = toBase64(data);
        expect(text).toBe(Buffer.from(data).toString('base64'));
        expect(fromBase64(text)).toEqual(data);
      }),
    );
    expect(fromBase64('AB==')).toBeUndefined();
    expect(fromBase64('AA=')).toBeUndefined();
    expect(fromBase64('A A=')).toBeUndefined();
    expect(fromBase64('====')).toBeUndefined();
  });
});

describe('Merkle proofs', () => {
  const valid = readJson(fixture('merkle-valid.json'));

  it('hold on all valid cases', () => {
    for (const one of valid.inclusion) {
      const claim = {
        leafHash: bytes(one.leafHash),
        index: one.leafIdx,
        treeSize: one.treeSize,
        root: bytes(one.root),
        proof: one.proof.map(bytes),
      };
      expect(verifyInclusion(claim), JSON.stringify(one)).toBe(true);
      expect(verifyInclusion({ ...claim, index: BigInt(one.leafIdx), treeSize: BigInt(one.treeSize) })).toBe(true);
    }
    for (const one of valid.consistency) {
      const claim = {
        size1: one.size1,
        size2: one.size2,
        root1: bytes(one.root1),
        root2: bytes(one.root2),
        proof: one.proof.map(bytes),
      };
      expect(verifyConsistency(claim), JSON.stringify(one)).toBe(true);
    }
  });

  it('fail when any bit, index or size is changed', () => {
    for (const one of valid.inclusion.filter((_: unknown, index: number) => index % 5 === 0)) {
      const claim = {
        leafHash: bytes(one.leafHash),
        index: one.leafIdx,
        treeSize: one.treeSize,
        root: bytes(one.root),
        proof: one.proof.map(bytes),
      };
      const flipped = (data: Uint8Array) => data.map((byte, index) => (index === 7 ? byte ^ 1 : byte));
      expect(verifyInclusion({ ...claim, leafHash: flipped(claim.leafHash) })).toBe(false);
      expect(verifyInclusion({ ...claim, root: flipped(claim.root) })).toBe(false);
      expect(verifyInclusion({ ...claim, index: claim.treeSize })).toBe(false);
      expect(verifyInclusion({ ...claim, proof: [...claim.proof, claim.root] })).toBe(false);
      for (let at = 0; at < claim.proof.length; at += 1) {
        const proof = claim.proof.map((hash: Uint8Array, index: number) => (index === at ? flipped(hash) : hash));
        expect(verifyInclusion({ ...claim, proof })).toBe(false);
      }
    }
  });

  it('never throw, whatever they are given', () => {
    const hash = fc.uint8Array({ maxLength: 40 });
    const size = fc.oneof(fc.integer(), fc.bigInt(), fc.double());
    fc.assert(
      fc.property(hash, size, size, fc.array(hash, { maxLength: 5 }), hash, (a, m, n, proof, b) => {
        expect(typeof verifyInclusion({ leafHash: a, index: m, treeSize: n, proof, root: b })).toBe('boolean');
        expect(typeof verifyConsistency({ size1: m, size2: n, root1: a, root2: b, proof })).toBe('boolean');
      }),
    );
  });

  const shared = new URL('../../../../../shared/data/tlog/merkle/', import.meta.url);
  it.skipIf(!existsSync(shared))('agree with the public vectors of the transparency-dev project', () => {
    const list = (value: string[] | null) => (value ?? []).map(bytes);
    const orEmpty = (value: string | null) => bytes(value ?? '');
    for (const one of readJson(new URL('inclusion.json', shared))) {
      const claim = {
        leafHash: orEmpty(one.leafHash),
        index: one.leafIdx,
        treeSize: one.treeSize,
        root: orEmpty(one.root),
        proof: list(one.proof),
      };
      expect(verifyInclusion(claim), one.name).toBe(!one.wantErr);
    }
    for (const one of readJson(new URL('consistency.json', shared))) {
      const claim = {
        size1: one.size1,
        size2: one.size2,
        root1: orEmpty(one.root1),
        root2: orEmpty(one.root2),
        proof: list(one.proof),
      };
      expect(verifyConsistency(claim), one.name).toBe(!one.wantErr);
    }
  });
});

describe('a tree of tiles', () => {
  const hashes = leaves.map(leafHash);

  it('has the tiles, roots and proofs of a log made elsewhere, however it grew', async () => {
    const published = readJson(fixture('tiles-700.json')) as Record<string, string>;
    for (const steps of [[700], [1, 6, 249, 1, 255, 188], Array.from({ length: 100 }, () => 7)]) {
      const kept = store();
      let edge = new TreeEdge(0, []);
      let at = 0;
      for (const step of steps) {
        kept.put(edge.append(hashes.slice(at, at + step)));
        at += step;
        // A new process starts from what was stored.
        const stored = await Promise.all(TreeEdge.tilesOf(at).map(({ level, number }) => kept.source(level, number)));
        edge = new TreeEdge(at, stored);
        const checkpoint = log.checkpoints.find((one: { size: number }) => one.size === at);
        if (checkpoint) expect(Buffer.from(edge.root()).toString('hex')).toBe(checkpoint.root_hex);
      }
      for (const [path, body] of Object.entries(published)) {
        const parsed = parseTilePath(path);
        if (!parsed || parsed.level === 'entries') continue;
        expect(sameBytes(await kept.source(parsed.level, parsed.number), bytes(body)), path).toBe(true);
      }
    }
  });

  it('gives proofs that verify at every size and index', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.nat(), fc.nat(), async (size, some, other) => {
        const kept = store();
        const edge = new TreeEdge(0, []);
        kept.put(edge.append(hashes.slice(0, size)));
        const root = edge.root();
        expect(sameBytes(root, plainRoot(hashes.slice(0, size)))).toBe(true);
        const tree = new TileTree(size, kept.source);
        expect(sameBytes(await tree.root(), root)).toBe(true);
        const index = some % size;
        const proof = await tree.inclusionProof(index);
        expect(verifyInclusion({ leafHash: hashes[index] as Uint8Array, index, treeSize: size, proof, root })).toBe(
          true,
        );
        const size1 = 1 + (other % size);
        const consistency = await tree.consistencyProof(size1);
        const root1 = plainRoot(hashes.slice(0, size1));
        expect(verifyConsistency({ size1, size2: size, root1, root2: root, proof: consistency })).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('names tiles by paths that have one right form', () => {
    expect(tilePath(0, 1_234_067)).toBe('tile/0/x001/x234/067');
    expect(tilePath('entries', 2, 188)).toBe('tile/entries/002.p/188');
    for (const path of ['tile/0/000', 'tile/3/x001/234.p/17', 'tile/entries/x999/x000/001']) {
      const parsed = parseTilePath(path);
      expect(parsed && tilePath(parsed.level, parsed.number, parsed.width)).toBe(path);
    }
    for (const path of [
      'tile/0/1',
      'tile/0/x000/001',
      'tile/0/001.p/256',
      'tile/0/001.p/0',
      'tile/00/001',
      '../tile/0/001',
    ]) {
      expect(parseTilePath(path), path).toBeUndefined();
    }
  });
});

describe('checkpoints and proofs under a policy', () => {
  it('give the verdict of every case', () => {
    const cases = readJson(fixture('tlog-proofs.json')) as {
      name: string;
      valid: boolean;
      why: string;
      leaf_base64: string;
      proof: string;
    }[];
    expect(cases.length).toBeGreaterThan(100);
    for (const { name, valid, why, leaf_base64: leaf, proof } of cases) {
      expect(verifyProof({ entry: bytes(leaf), proof, policy }).valid, `${name}: ${why}`).toBe(valid);
    }
  });

  it('accept every checkpoint of the log and tell who cosigned when', () => {
    for (const { size, note } of log.checkpoints) {
      const verdict = verifyCheckpoint(note, policy);
      expect(verdict).toMatchObject({ valid: true, checkpoint: { size: BigInt(size), origin: log.origin } });
      expect(verdict.valid && verdict.cosigned.map(({ witness }) => witness)).toEqual(['W0', 'W1', 'W2']);
    }
  });

  it('refuse with a reason, and never throw', () => {
    const note = log.checkpoints[3].note as string;
    expect(verifyCheckpoint('', policy)).toMatchObject({ valid: false, reason: 'the checkpoint is malformed' });
    expect(verifyCheckpoint(note, 'nonsense')).toMatchObject({
      valid: false,
      reason: 'policy line 1: unknown keyword nonsense',
    });
    expect(
      verifyCheckpoint(note.replace('parcels.example/log-a\n7', 'parcels.example/log-b\n7'), policy),
    ).toMatchObject({ valid: false, reason: 'the policy knows no log parcels.example/log-b' });
    expect(verifyCheckpoint(note.replace('\n7\n', '\n8\n'), policy)).toMatchObject({
      valid: false,
      reason: 'a signature of a known key is wrong',
    });
    fc.assert(
      fc.property(fc.string(), fc.uint8Array(), (text, entry) => {
        expect(verifyProof({ entry, proof: text, policy }).valid).toBe(false);
      }),
    );
  });

  it.each([
    ['log x\nquorum none', /is not an Ed25519 key/],
    ['quorum none', /names no log/],
    [policy.replace(/quorum quorum2/, ''), /no quorum line/],
    [policy.replace('quorum2 2', 'quorum2 4'), /4 is no threshold/],
    [policy.replace('W0 W1 W2', 'W0 W0 W2'), /names a member twice/],
    [policy.replace('W0 W1 W2', 'W0 W1 W9'), /names W9, which does not stand before it/],
    [`${policy}quorum none\n`, /two quorums/],
  ])('read policies strictly', (text, reason) => {
    const read = parsePolicy(text);
    expect(read.ok ? '' : read.reason).toMatch(reason);
  });
});

describe('a parcel’s proof', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32));
  const origin = 'log.example/test';
  const key = noteKeyOf(origin, raw);
  const ownPolicy = `log ${formatVerifierKey(origin, KEY_TYPES.ed25519, raw)}\nquorum none\n`;
  const parcel = 'urn:uuid:6f1d7a52-6a3d-4b0e-9a63-1a0a3f0f9a11';
  const event = (step: string, more: object = {}) => ({
    type: 'ObjectEvent',
    eventID: `urn:x:${step}`,
    epcList: [parcel],
    bizStep: step,
    note: '购物 "x"\n',
    ...more,
  });
  const salt = (seed: number) => new Uint8Array(32).fill(seed);

  const build = async (events: object[]) => {
    const entries = [
      utf8('other 1'),
      ...events.map((one, index) => entryOf(salt(index), JSON.stringify(one))),
      utf8('other 2'),
    ];
    const { canonicalJson } = await import('../canonical-json.ts');
    const hashes = [
      leafHash(entries[0] as Uint8Array),
      ...events.map((one, index) => leafHash(entryOf(salt(index), canonicalJson(one)))),
      leafHash(entries.at(-1) as Uint8Array),
    ];
    const kept = store();
    const edge = new TreeEdge(0, []);
    kept.put(edge.append(hashes));
    const text = formatCheckpoint({ origin, size: BigInt(hashes.length), root: edge.root() });
    const checkpoint = `${text}\n${formatSignatureLine(key, new Uint8Array(sign(null, utf8(text), privateKey)))}`;
    const tree = new TileTree(hashes.length, kept.source);
    const proven = await Promise.all(
      events.map(async (one, index) => ({
        event: one as Record<string, unknown>,
        salt: salt(index),
        index: index + 1,
        path: await tree.inclusionProof(index + 1),
      })),
    );
    return { text: formatParcelProof(parcel, checkpoint, proven), checkpoint, tree, entries: hashes };
  };

  it('verifies, and is refused with any byte changed', async () => {
    const { text } = await build([
      event('accepting'),
      event('departing'),
      event('arriving', { weight: 1.5, nested: { z: 1, a: [true, null] } }),
    ]);
    expect(verifyParcelProof(text, ownPolicy)).toEqual({ valid: true });
    const data = utf8(text);
    for (let at = 0; at < data.length; at += 1) {
      for (const change of [1, 0x20]) {
        const changed = data.slice();
        changed[at] = (changed[at] ?? 0) ^ change;
        const read = new TextDecoder().decode(changed);
        expect(verifyParcelProof(read, ownPolicy).valid, `byte ${at}`).toBe(false);
      }
    }
    for (const cut of [
      text.slice(0, -1),
      `${text}\n`,
      text.replace('{', '{ '),
      text.replace('"checkpoint"', '"extra":1,"checkpoint"'),
    ]) {
      expect(verifyParcelProof(cut, ownPolicy).valid).toBe(false);
    }
  });

  it('is refused when an event is about another parcel, or under another key', async () => {
    const { text } = await build([event('accepting', { epcList: ['urn:uuid:other'] })]);
    expect(verifyParcelProof(text, ownPolicy)).toEqual({ valid: false, reason: 'event 1 is about another parcel' });
    const sound = await build([event('accepting')]);
    expect(verifyParcelProof(sound.text, policy).valid).toBe(false);
  });

  it('hides the event: the entry says nothing without the salt', () => {
    const one = JSON.stringify(event('accepting'));
    expect(sameBytes(entryOf(salt(1), one), entryOf(salt(2), one))).toBe(false);
    expect(entryOf(salt(1), one)).toHaveLength(21 + 32);
  });

  it('can be given one event at a time as tlog-proofs', async () => {
    const { checkpoint, tree } = await build([event('accepting')]);
    const { canonicalJson } = await import('../canonical-json.ts');
    const proof = formatTlogProof(1, (await tree.inclusionProof(1)).map(toBase64), checkpoint);
    expect(
      verifyProof({ entry: entryOf(salt(0), canonicalJson(event('accepting'))), proof, policy: ownPolicy }),
    ).toEqual({ valid: true });
  });
});
