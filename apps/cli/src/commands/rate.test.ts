import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rateAnswerSchema, rateCardSchema } from '@crossparcel/transport';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crossparcel-rate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], input?: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/crossparcel.js'), 'rate', ...args], {
    cwd: root,
    encoding: 'utf8',
    input,
  });
  return { status, stdout, stderr };
};
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const examples = join(root, 'examples/rates');
const answers = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => rateAnswerSchema.parse(JSON.parse(line)));
const cents = (text: string | undefined) => Math.round(Number(text) * 100);

describe('crossparcel rate', () => {
  it('answers each parcel with a price that is the sum of its lines, or with the limit that refuses it', () => {
    const { status, stdout, stderr } = run([join(examples, 'parcels.ndjson')]);
    expect([status, stderr]).toEqual([0, '']);
    const found = answers(stdout);
    expect(found.map(({ id, card, price }) => [id, card, price])).toEqual([
      ['mug', 'usps-ground-advantage-commercial', '12.13'],
      ['lamp', 'usps-ground-advantage-commercial', '29.45'],
      ['tea', 'usps-ground-advantage-commercial', '10.50'],
      ['print', 'royal-mail-formats', '3.75'],
      ['phone-case', 'example-us-standard-battery', '54.44'],
      ['rug', 'royal-mail-formats', undefined],
    ]);
    for (const { price, lines } of found.filter((one) => one.price !== undefined)) {
      expect(lines.reduce((sum, { amount }) => sum + cents(amount), 0)).toBe(cents(price));
    }
    expect(found[3]?.edges).toContainEqual({ change: 'height', by: 2, unit: 'mm', saves: '0.90' });
    expect(found[5]?.refused?.map(({ text }) => text)).toContain('longest side 1200 mm is above 610 mm');
  });

  it('reads CSV with dotted columns, and gives the same with workers', () => {
    const csv = answers(run([join(examples, 'parcels.csv')]).stdout);
    expect(csv.map(({ price }) => price)).toEqual(['12.13', '54.44']);
    const [, ...rest] = readFileSync(join(examples, 'parcels.csv'), 'utf8').split('\n');
    const many = file(
      'many.csv',
      `${readFileSync(join(examples, 'parcels.csv'), 'utf8')}${rest.join('\n').repeat(500)}`,
    );
    expect(run([many, '--jobs', '2']).stdout).toBe(run([many]).stdout);
  });

  it.each([
    ['card', { card: 'nobody' }, 'there is no card nobody'],
    ['zone', { zone: 12 }, '12 is no zone'],
    ['zone', { zone: undefined }, 'is missing'],
    ['at', { at: '2026-07-11' }, '2026-07-11 is before the first prices'],
    ['at', { at: 'soon' }, 'is not a date'],
    ['outer.heightMm', { outer: { lengthMm: 1, widthMm: 1, heightMm: 0 } }, 'is too small'],
    ['grossGrams', { grossGrams: 9e9 }, 'is too large'],
  ])('names %s of a record that cannot be answered, and exits with 2', (field, change, what) => {
    const [first = ''] = readFileSync(join(examples, 'parcels.ndjson'), 'utf8').split('\n');
    const { status, stderr } = run(['-'], JSON.stringify({ ...JSON.parse(first), ...change }));
    expect(status).toBe(2);
    expect(stderr.startsWith(`-:1: ${field}: ${what}`), stderr).toBe(true);
  });
});

describe('crossparcel rate import', () => {
  const table = join(examples, 'own-prices.csv');
  const settings = ['--id', 'my-usps', '--currency', 'USD', '--at', '2026-09-01'];

  it('makes a card that rate takes with --cards', () => {
    const output = join(folder, 'my-usps.json');
    const made = run(['import', table, ...settings, '--like', 'usps-ground-advantage-commercial', '--output', output]);
    expect(made).toEqual({ status: 0, stdout: '', stderr: '' });
    rateCardSchema.parse(JSON.parse(readFileSync(output, 'utf8')));
    const parcel =
      '{"id":"a","country":"US","zone":5,"at":"2026-11-22","outer":{"lengthMm":260,"widthMm":180,"heightMm":60},"grossGrams":900}';
    for (const path of [output, folder]) {
      const [answer] = answers(run(['-', '--cards', path], parcel).stdout);
      expect([answer?.card, answer?.price, answer?.others?.[0]?.price]).toEqual(['my-usps', '8.51', '10.50']);
    }
  });

  it('names file, line and field of everything that is wrong, and exits with 2', () => {
    const bad = file('bad.csv', 'fromLb,upToLb,1,2\n0,1,5,6\n2.5,3,6,5.9\n3,4,x,7\n');
    const numbers = run(['import', bad, ...settings]);
    expect([numbers.status, numbers.stdout]).toEqual([2, '']);
    expect(numbers.stderr).toBe(`${bad}:4: 1: x is not a number; write a decimal number such as 12.90\n`);
    const worse = file('worse.csv', 'fromLb,upToLb,1,2\n0,1,5,6\n2.5,3,6,5.9\n3,4,7,7\n');
    expect(
      run(['import', worse, ...settings])
        .stderr.trim()
        .split('\n'),
    ).toEqual([
      expect.stringContaining(`${worse}:3: fromLb: leaves nothing between 1 and 2.5; `),
      expect.stringContaining(`${worse}:3: 2: falls from 6 to 5.9 above 1 lb in zone 2; `),
    ]);
    expect(run(['import', file('empty.csv', 'upToLb,1\n'), ...settings])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('has no rows'),
    });
  });

  it('says how it is used', () => {
    expect(run(['import', table])).toMatchObject({ status: 2, stderr: expect.stringContaining('--id ID') });
    expect(run(['import', table, ...settings, '--like', 'nobody'])).toMatchObject({ status: 2 });
    expect(run(['-', '--cards', join(folder, 'none')], '{}')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('there is no such file or folder'),
    });
  });
});
