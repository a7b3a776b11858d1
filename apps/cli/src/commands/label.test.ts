import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { s10 } from '@crossparcel/documents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const EXAMPLE = join(ROOT, 'examples/labels/parcels.ndjson');

const run = (args: readonly string[], input = '') => {
  const done = spawnSync(process.execPath, ['bin/crossparcel.js', 'label', ...args], {
    cwd: ROOT,
    input,
    maxBuffer: 2 ** 26,
  });
  return { code: done.status, bytes: done.stdout, stderr: done.stderr.toString('utf8') };
};
const first = JSON.parse(readFileSync(EXAMPLE, 'utf8').split('\n')[1] ?? '') as Record<string, unknown>;
const lines = (records: readonly unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const poppler = spawnSync('pdfinfo', ['-v']).status === 0;

describe('crossparcel label', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'crossparcel-label-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['pdf', '%PDF-1.7'],
    ['zpl', '^XA^CI28'],
    ['png', '\u0089PNG'],
  ])('prints the example as %s, the same bytes every time', (form, head) => {
    const { code, bytes, stderr } = run([EXAMPLE, '--as', form]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(bytes.subarray(0, head.length).toString('latin1')).toBe(head);
    expect(run([EXAMPLE, '--as', form]).bytes).toEqual(bytes);
  });

  it.skipIf(!poppler)('makes a PDF that poppler reads without a warning (needs pdfinfo and pdftotext)', () => {
    const file = join(folder, 'labels.pdf');
    expect(run([EXAMPLE, '--output', file]).code).toBe(0);
    const info = spawnSync('pdfinfo', [file]);
    expect(info.stderr.toString()).toBe('');
    expect(info.stdout.toString()).toMatch(/Pages:\s+5/);
    const text = spawnSync('pdftotext', ['-layout', file, '-']);
    expect(text.stderr.toString()).toBe('');
    for (const words of ['山田 太郎', '김철수', 'zerbrechlich', 'UN 3481', 'CN 22']) {
      expect(text.stdout.toString()).toContain(words);
    }
  });

  it('prints many labels as one job', () => {
    const many = Array.from({ length: 300 }, (_, serial) => ({
      ...first,
      identifier: { scheme: 's10', number: s10({ service: 'LX', country: 'CN', serial }) },
    }));
    const { code, bytes } = run(['-', '--as', 'zpl'], lines(many));
    expect(code).toBe(0);
    expect(bytes.toString('utf8').match(/\^XA/g)).toHaveLength(300);
  });

  it('stops at a bad record, names line and field, and leaves no file', () => {
    const file = join(folder, 'stopped.pdf');
    const bad = { ...first, recipient: { name: 'محمد', lines: ['1 Road'], country: 'AE' } };
    const { code, stderr } = run(['-', '--output', file], lines([first, bad]));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^-:2: recipient\.name: the fonts? cannot print/);
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('stopped'))).toEqual([]);
  });

  it('prints the rest with --keep-going, and names what is left out', () => {
    const file = join(folder, 'rest.zpl');
    const input = join(folder, 'mixed.ndjson');
    writeFileSync(
      input,
      `${lines([first, { ...first, grossGrams: '240 g' }])}{"broken\n${lines([{ ...first, identifier: { scheme: 's10', number: 'LX010000018CN' } }, first])}`,
    );
    const { code, stderr } = run([input, '--as', 'zpl', '--output', file, '--keep-going']);
    expect(code).toBe(3);
    expect(readFileSync(file, 'utf8').match(/\^XA/g)).toHaveLength(2);
    expect(stderr).toContain(`${input}:2: grossGrams:`);
    expect(stderr).toContain(`${input}:3: `);
    expect(stderr).toContain(`${input}:4: identifier.number:`);
  });

  it.each([[['--as', 'doc']], [['--dpi', '204']], [['--at', 'tomorrow']]])('refuses %o', (args) => {
    expect(run([EXAMPLE, ...args]).code).toBe(2);
  });

  it('tells its schema', () => {
    const { input } = JSON.parse(run(['--schema']).bytes.toString('utf8')) as { input: { required: string[] } };
    expect(input.required).toContain('identifier');
  });
});
