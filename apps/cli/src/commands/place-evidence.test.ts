import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { presaleExplanationSchema } from '@crossparcel/demand';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const program = join(root, 'bin/crossparcel.js');
const example = join(root, 'examples/placement/evidence.ndjson');
const folder = mkdtempSync(join(tmpdir(), 'crossparcel-place-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = readFileSync(example, 'utf8').trim().split('\n');
const run = (args: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'place', ...args], {
    cwd: root,
    encoding: 'utf8',
    input,
  });
  return {
    status,
    stderr,
    records:
      stdout.trim() === ''
        ? []
        : stdout
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line)),
  };
};

describe('crossparcel place --evidence', () => {
  it('answers each line before the next is written', async () => {
    const child = spawn(process.execPath, [program, 'place', '--evidence'], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    for (const line of lines) {
      child.stdin.write(`${line}\n`);
      const units = JSON.parse((await answers.next()).value as string);
      expect(Object.keys(units)).toEqual(['GB', 'US', 'EU']);
      for (const count of Object.values(units)) expect(Number.isInteger(count)).toBe(true);
    }
    const closed = once(child, 'close');
    child.stdin.end();
    expect((await closed)[0]).toBe(0);
  });

  it('gives the same for a file as for standard input', () => {
    const file = run(['--evidence', example]);
    expect(file.status).toBe(0);
    expect(file.records).toEqual(run(['--evidence', '-'], lines.join('\n')).records);
    expect(file.records[1].EU).toBeGreaterThan(0);
  });

  it('explains each line', () => {
    const { status, records } = run(['--evidence', example, '--explain']);
    expect(status).toBe(0);
    expect(records).toHaveLength(lines.length);
    for (const record of records) expect(presaleExplanationSchema.safeParse(record).success).toBe(true);
  });

  it('takes a line without rows or evidence', () => {
    const bare = { ...JSON.parse(lines[0] as string), rows: [], evidence: [] };
    expect(run(['--evidence'], `${JSON.stringify(bare)}\n`).status).toBe(0);
  });

  it.each([
    ['{"launch":', /:2: is not a JSON object/],
    [JSON.stringify({ ...JSON.parse(lines[0] as string), lead: undefined }), /:2: lead: /],
    [JSON.stringify({ ...JSON.parse(lines[0] as string), stock: { GB: -1 } }), /:2: stock\.GB: /],
    [JSON.stringify({ ...JSON.parse(lines[0] as string), evidence: [{ day: -3 }] }), /:2: evidence\[0\]\.region: /],
  ])('refuses %s by line and field', (bad, message) => {
    const { status, stderr } = run(['--evidence'], `${lines[0]}\n${bad}\n`);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('leaves no part of a file when a line is bad', () => {
    const input = join(folder, 'bad.ndjson');
    const output = join(folder, 'units.ndjson');
    writeFileSync(input, `${lines[0]}\n{}\n`);
    expect(run(['--evidence', input, '--output', output]).status).toBe(2);
    expect(existsSync(output)).toBe(false);
  });

  it('asks for evidence when none is named', () => {
    const { status, stderr } = run([]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/give what to place by/);
  });
});
