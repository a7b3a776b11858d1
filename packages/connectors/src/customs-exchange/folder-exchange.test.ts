import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lodging } from './exchange.ts';
import { FolderExchange } from './folder-exchange.ts';

let root: string;
let exchange: FolderExchange;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'exchange-'));
  exchange = await FolderExchange.open(root);
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const lodging = (text: string, consignment = 'p1'): Lodging => ({
  message: 'h7',
  consignment,
  extension: 'xml',
  content: new TextEncoder().encode(text),
  day: '2026-11-22',
});
const lodge = async (text: string, consignment?: string) => {
  const result = await exchange.lodge(lodging(text, consignment));
  if (!result.ok) throw new Error(result.error.what);
  return result.value;
};
const answer = (name: string, content: unknown) =>
  writeFileSync(join(root, 'in', name), typeof content === 'string' ? content : JSON.stringify(content));
const out = () => readdirSync(join(root, 'out')).sort();

describe('an exchange folder', () => {
  it('shows a lodged message whole, and lodges it once, also when the other side has taken it away', async () => {
    expect(await lodge('<a/>')).toEqual({ id: 'h7-p1-v1', outcome: 'lodged' });
    expect(readFileSync(join(root, 'out/h7-p1-v1.xml'), 'utf8')).toBe('<a/>');
    expect(await lodge('<a/>')).toMatchObject({ outcome: 'already-lodged' });
    rmSync(join(root, 'out/h7-p1-v1.xml'));
    expect(await lodge('<a/>')).toMatchObject({ outcome: 'already-lodged' });
    expect(out()).toEqual([]);
  });

  it('lodges one of many at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => lodge('<a/>')));
    expect(all.filter(({ outcome }) => outcome === 'lodged')).toHaveLength(1);
    expect(out()).toEqual(['h7-p1-v1.xml']);
    expect(readdirSync(join(root, 'drafts'))).toEqual([]);
  });

  it('takes up a lodging that was interrupted between claim and move', async () => {
    await lodge('<a/>');
    const { draft } = JSON.parse(readFileSync(join(root, 'claims/h7-p1-v1.json'), 'utf8'));
    renameSync(join(root, 'out/h7-p1-v1.xml'), join(root, 'drafts', draft));
    expect((await exchange.poll()).filings).toMatchObject([{ state: 'drafted' }]);
    expect(await lodge('<a/>')).toMatchObject({ outcome: 'lodged' });
    expect(out()).toEqual(['h7-p1-v1.xml']);
  });

  it('matches answers by id and keeps code, reason and what is not known', async () => {
    await lodge('<a/>');
    await lodge('<b/>', 'p2');
    answer('2.json', {
      id: 'h7-p1-v1',
      kind: 'rejected',
      code: 'Z99',
      reason: 'no such importer',
      at: '2026-11-22T10:00:00Z',
    });
    answer('1.json', { id: 'h7-p1-v1', kind: 'held-at-sea', code: '??', at: '2026-11-22T11:00:00Z' });
    answer('3.json', { id: 'h7-p9-v1', kind: 'accepted' });
    answer('4.json', 'not json');
    answer('5.json', { kind: 'accepted' });
    const { filings, unmatched, unreadable } = await exchange.poll();
    expect(filings).toMatchObject([
      {
        id: 'h7-p1-v1',
        state: 'rejected',
        decision: { code: 'Z99', reason: 'no such importer' },
        further: [{ kind: 'held-at-sea', code: '??' }],
      },
      { id: 'h7-p2-v1', state: 'lodged', further: [] },
    ]);
    expect(unmatched).toEqual([{ file: '3.json', id: 'h7-p9-v1' }]);
    expect(unreadable.map(({ file }) => file)).toEqual(['4.json', '5.json']);
  });

  it('takes another version as an amendment, but only when the one before was answered', async () => {
    await lodge('<a/>');
    expect(await exchange.lodge(lodging('<b/>'))).toMatchObject({ ok: false, error: { code: 'answer-awaited' } });
    answer('1.json', { id: 'h7-p1-v1', kind: 'rejected', reason: 'wrong mass' });
    expect(await lodge('<b/>')).toEqual({ id: 'h7-p1-v2', outcome: 'amendment-lodged', amends: 'h7-p1-v1' });
    expect((await exchange.poll()).filings).toMatchObject([
      { id: 'h7-p1-v1', state: 'amended', amendedBy: 'h7-p1-v2', decision: { reason: 'wrong mass' } },
      { id: 'h7-p1-v2', state: 'lodged', amends: 'h7-p1-v1', version: 2 },
    ]);
  });

  it('keeps parcels apart whose ids differ only in characters that files cannot have', async () => {
    await lodge('<a/>', 'a/b');
    await lodge('<a/>', 'a:b');
    expect(out()).toHaveLength(2);
  });
});
