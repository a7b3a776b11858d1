import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addressAnswerSchema } from '@crossparcel/trade';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const run = (args: readonly string[], input?: string) => {
  const command = [join(root, 'bin/crossparcel.js'), 'address', ...args];
  return spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8', input });
};

describe('crossparcel address', () => {
  it('answers each address with faults, proposals and lines, and leaves it as it was', () => {
    const { status, stdout, stderr } = run(['examples/addresses/addresses.ndjson']);
    expect([status, stderr]).toEqual([0, '']);
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => addressAnswerSchema.parse(JSON.parse(line)));
    const of = (id: string) => answers.find((answer) => answer.id === id);
    expect(of('gb')).toMatchObject({
      valid: false,
      faults: [{ field: 'postcode', code: 'bad-postcode' }],
      proposals: [
        { field: 'postcode', given: 'rh6ohp', proposed: 'RH6 0HP', why: 'letters and digits that look alike' },
      ],
      formatted: ['1 High St', 'GATWICK', 'RH6OHP'],
    });
    expect(of('cn')).toMatchObject({ valid: true, proposals: [], latin: expect.arrayContaining(['Zeng Guoqiang']) });
    expect(of('jp')?.latinDoubts).toHaveLength(2);
  });

  it('shows a row for each proposal in a table', () => {
    const { stdout } = run(['examples/addresses/addresses.ndjson', '--format', 'csv']);
    expect(stdout).toContain('de,false,postcode,Berlin,10115,');
  });

  it('names the field of a record that is no address', () => {
    const { status, stderr } = run(['-'], '{"id":"1","address":{"country":"DE","zip":"10115"}}\n');
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/:1: address\.zip: has fields that are not known: zip/),
    ]);
  });
});
