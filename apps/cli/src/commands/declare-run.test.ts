import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const run = (args: readonly string[], input?: string) =>
  spawnSync(process.execPath, [join(root, 'bin/crossparcel.js'), 'declare', ...args], {
    cwd: root,
    encoding: 'utf8',
    input,
  });
const example = (file: string) => join(root, 'examples/declare', file);
const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'declare-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const [info, ...readers] = ['pdfinfo', 'pdffonts', 'pdftotext', 'pdftoppm'];
const poppler = info !== undefined && spawnSync(info, ['-v']).status === 0;

describe('crossparcel declare', () => {
  it('answers each parcel with the data of its message', () => {
    const { status, stdout, stderr } = run(['--as', 'us-entry', example('air-us.ndjson')]);
    expect([status, stderr]).toEqual([0, '']);
    expect(lines(stdout)).toMatchObject([
      { id: 'us-air-1', as: 'us-informal', data: { EntryType: '11', TotalEnteredValue: '62.50' } },
      { id: 'us-air-2', as: 'us-informal', data: { EntryType: '11', TotalEnteredValue: '31.96' } },
    ]);
  });

  it('names file, line and field of what is wrong, and leaves no folder behind', () => {
    const [parcel] = lines(readFileSync(example('post-eu.ndjson'), 'utf8'));
    const { hs: _, ...bare } = parcel.lines[1];
    const bad = JSON.stringify({ ...parcel, id: 'bad', lines: [parcel.lines[0], bare] });
    const input = `${JSON.stringify(parcel)}\n${bad}\n`;
    const out = join(folder, 'none');
    const stopped = run(['--as', 'itmatt', '--out', out, '-'], input);
    expect(stopped.status).toBe(2);
    expect(stopped.stderr).toMatch(/^-:2: lines\[1\]\.hs: is missing: HS number of itmatt \(.*\); give /);
    expect(readdirSync(folder)).not.toContain('none');
    const kept = run(['--as', 'itmatt', '--out', out, '--keep-going', '-'], input);
    expect(kept.status).toBe(3);
    expect(lines(kept.stdout)).toMatchObject([
      { files: ['de-post.itmatt.xml'] },
      { id: 'bad', error: { field: 'lines[1].hs' } },
    ]);
    expect(readdirSync(out)).toEqual(['de-post.itmatt.xml']);
  });

  it('refuses a lapsed registration of a file by name and date', () => {
    const [parcel] = lines(readFileSync(example('post-eu.ndjson'), 'utf8'));
    const { registrations, ...rest } = parcel;
    const file = join(folder, 'registrations.ndjson');
    const write = (validTo: string) =>
      writeFileSync(file, registrations.map((one: object) => `${JSON.stringify({ ...one, validTo })}\n`).join(''));
    write('2026-11-21');
    const lapsed = run(['--as', 'h7', '--registrations', file, '-'], JSON.stringify(rest));
    expect([lapsed.status, lapsed.stdout]).toEqual([2, '']);
    expect(lapsed.stderr).toContain('IOSS number IM2760000742 lapsed on 2026-11-21');
    write('2026-11-22');
    expect(run(['--as', 'h7', '--registrations', file, '-'], JSON.stringify(rest)).status).toBe(0);
  });

  it('chooses the postal form by value and weight, and refuses a CN 22 that will not do', () => {
    const [parcel] = lines(readFileSync(example('post-eu.ndjson'), 'utf8'));
    const input = (...changes: object[]) =>
      changes.map((change) => `${JSON.stringify({ ...parcel, ...change })}\n`).join('');
    const chosen = run(['--as', 'customs-form', '-'], input({}, { grossGrams: 2001 }));
    expect(lines(chosen.stdout).map(({ as }) => as)).toEqual(['cn22', 'cn23']);
    const bad = input({ grossGrams: 2001 }, { number: 'LX017032964CN' });
    const refused = run(['--as', 'cn22', '--keep-going', '-'], bad);
    expect(refused.status).toBe(3);
    expect(lines(refused.stdout)).toMatchObject([
      { error: { title: 'the value or the gross weight is above the limit of CN 22' } },
      { error: { field: 'number' } },
    ]);
  });

  it('writes a broker file with a row for each line of goods, and a JSON beside it', () => {
    const out = join(folder, 'broker');
    const { status, stdout } = run(['--as', 'consolidated', '--out', out, example('air-us.ndjson')]);
    expect(status).toBe(0);
    const [answer] = lines(stdout);
    expect(answer.files).toEqual(['731-12345675.consolidated.json', '731-12345675.consolidated.csv']);
    const rows = readFileSync(join(out, answer.files[1]), 'utf8').trim().split('\n');
    expect(rows).toHaveLength(4);
    expect(JSON.parse(readFileSync(join(out, answer.files[0]), 'utf8'))).toEqual(answer.data);
  });

  it('lodges once, tells what came back, and lodges an amendment after a rejection', () => {
    const exchange = join(folder, 'exchange');
    const text = readFileSync(example('post-eu.ndjson'), 'utf8');
    const lodge = (input: string) => run(['--as', 'h7', '--lodge', exchange, '-'], input);
    const outcome = (input: string) => lines(lodge(input).stdout)[0].lodged;
    expect(outcome(text)).toEqual({ id: 'h7-de-post-v1', outcome: 'lodged' });
    expect(outcome(text).outcome).toBe('already-lodged');
    expect(readdirSync(join(exchange, 'out'))).toEqual(['h7-de-post-v1.xml']);
    const changed = text.replace('"grossGrams":1290', '"grossGrams":1300');
    expect(lodge(changed).stderr).toContain('has not been answered');
    const answer = { id: 'h7-de-post-v1', kind: 'rejected', code: 'C-17', reason: 'gross mass' };
    writeFileSync(join(exchange, 'in', 'answer.json'), JSON.stringify(answer));
    expect(outcome(changed)).toMatchObject({ outcome: 'amendment-lodged', amends: 'h7-de-post-v1' });
    writeFileSync(join(exchange, 'in', 'stray.json'), JSON.stringify({ id: 'h7-other-v1', kind: 'accepted' }));
    const told = run(['status', exchange]);
    expect(told.status).toBe(3);
    expect(told.stderr).toBe('stray.json: answers h7-other-v1, which was not lodged here\n');
    expect(lines(told.stdout)).toMatchObject([
      { id: 'h7-de-post-v1', state: 'amended', code: 'C-17', reason: 'gross mass' },
      { id: 'h7-de-post-v2', state: 'lodged' },
    ]);
  });

  it.skipIf(!poppler)('writes PDFs that poppler opens without a warning and reads in full (needs poppler)', () => {
    for (const as of ['cn22', 'cn23', 'invoice']) {
      const out = join(folder, as);
      const [answer] = lines(run(['--as', as, '--out', out, example('post-eu.ndjson')]).stdout);
      const file = join(out, answer.files[0]);
      for (const program of [info ?? '', ...readers]) {
        const args = { pdftotext: ['-layout', file, '-'], pdftoppm: ['-r', '50', file, join(out, 'page')] }[program];
        const read = spawnSync(program, args ?? [file], { encoding: 'utf8' });
        expect([program, read.status, read.stderr]).toEqual([program, 0, '']);
        if (program !== 'pdftotext') continue;
        for (const words of ['25.10', '29.70', '54.80 EUR', '1.290 kg']) expect(read.stdout).toContain(words);
      }
    }
  });
});
