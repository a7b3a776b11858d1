import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { identifyAnswerSchema } from '@crossparcel/documents/numbers';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const run = (args: readonly string[], input?: string) => {
  const command = [join(root, 'bin/crossparcel.js'), 'identify', ...args];
  return spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8', input });
};
const answers = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => identifyAnswerSchema.parse(JSON.parse(line)));

describe('crossparcel identify', () => {
  it('answers each number of a file in its order, with its id', () => {
    const { status, stdout, stderr } = run(['examples/numbers/scanned.csv']);
    expect([status, stderr]).toEqual([0, '']);
    const found = answers(stdout).map(({ id, valid, matches }) => [
      id,
      valid,
      matches.map(({ format }) => format).join(),
    ]);
    expect(found).toEqual([
      ['letter', true, 'upu-s10'],
      ['parcel-cn', true, 'upu-s10,dhl_ecommerce'],
      ['receptacle', true, 'upu-s9'],
      ['pallet', true, 'sscc-18'],
      ['goods', true, 'gtin-13'],
      ['ups', true, 'ups'],
      ['usps', true, 'usps_impb_n,usps-impb'],
      ['two-carriers', true, 'purolator_numeric,fedex_12'],
      ['slip', false, ''],
      ['unknown-post', false, ''],
    ]);
  });

  it('shows a row for each format in a table, and why a number has none', () => {
    const { stdout } = run(['examples/numbers/scanned.csv', '--format', 'csv']);
    const rows = stdout.trim().split('\n');
    expect(rows.filter((row) => row.startsWith('two-carriers,'))).toHaveLength(2);
    expect(rows.at(-1)).toMatch(/^unknown-post,RB123456785XX,false,.*country of the issuing post XX is not known$/);
  });

  it('names line and field of a record without a number', () => {
    const { status, stderr } = run(['-'], '{"number":"4006381333931"}\n{"number":4006381333931}\n');
    expect(status).toBe(2);
    expect(stderr).toMatch(/:2: number: is missing or not a string/);
    const kept = run(['-', '--keep-going'], '{"number":"4006381333931"}\n{"id":"b"}\n');
    expect(kept.status).toBe(3);
    expect(JSON.parse(kept.stdout.trim().split('\n')[1] ?? '')).toMatchObject({ id: 'b', error: { field: 'number' } });
  });
});
