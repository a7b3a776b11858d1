import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crossparcel-spike-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], name: string, text: string) => {
  const input = join(folder, name);
  writeFileSync(input, text);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'bin/crossparcel.js'), 'spike', ...args, input],
    { cwd: root, encoding: 'utf8' },
  );
  const records = () =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { status, stdout, stderr: stderr.replaceAll(`${folder}/`, ''), records };
};
const examples = readFileSync(join(root, 'examples/demand/spikes.ndjson'), 'utf8');
const future = '{"id":"F","kind":"shares","observedUntil":60,"counts":[[90,3]],"horizon":900}\n';

describe('crossparcel spike', () => {
  it('answers each record with the levels asked for, the same bytes each time', () => {
    const once = run(['--levels', '0.05,0.5,0.95'], 'spikes.ndjson', examples);
    expect(once.status).toBe(0);
    expect(once.records()).toHaveLength(examples.trim().split('\n').length);
    for (const { observed, median, quantiles, state, path, horizon } of once.records()) {
      expect(Object.keys(quantiles)).toEqual(['0.05', '0.5', '0.95']);
      expect(quantiles['0.05']).toBeGreaterThanOrEqual(observed);
      expect(quantiles['0.5']).toBe(median);
      expect(['growing', 'peaked', 'noise']).toContain(state);
      expect(path.at(-1).t).toBe(horizon);
    }
    expect(run(['--levels', '0.05,0.5,0.95'], 'spikes.ndjson', examples).stdout).toBe(once.stdout);
  });

  it('refuses the future by line and field, or answers it with its error where told to go on', () => {
    const refused = run([], 'bad.ndjson', examples + future);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/^bad\.ndjson:6: counts\[0\]: is after the time observed/);
    const { status, records } = run(['--keep-going'], 'bad.ndjson', future + examples);
    expect(status).toBe(3);
    expect(records()[0]).toMatchObject({ id: 'F', error: { field: 'counts[0]' } });
    expect(records()[1]).toMatchObject({ id: 'LAMP-VIDEO' });
  });
});

describe('crossparcel spike detect', () => {
  const csv = (values: readonly number[]) =>
    `series,period,value\n${values.map((value, day) => `MUG,2026-03-${String(day + 1).padStart(2, '0')},${value}\n`).join('')}`;

  it('names the day on which a run of alarms starts', () => {
    const { status, records } = run(['detect'], 'orders.csv', csv([1, 0, 2, 1, 1, 0, 1, 2, 1, 0, 40, 90, 30]));
    expect(status).toBe(0);
    expect(records()).toEqual([
      { series: 'MUG', period: '2026-03-11', value: 40, expected: expect.any(Number), probability: expect.any(Number) },
    ]);
  });

  it('says nothing of what is usual, and refuses a gap by line', () => {
    const quiet = run(['detect'], 'orders.csv', csv([1, 0, 2, 1, 1, 0, 1, 2, 1, 0, 3]));
    expect([quiet.status, quiet.stdout]).toEqual([0, '']);
    const gap = run(['detect'], 'orders.csv', `${csv([1, 2])}MUG,2026-03-09,4\n`);
    expect(gap.status).toBe(2);
    expect(gap.stderr).toMatch(/^orders\.csv:4: period: 2026-03-03 is missing/);
  });
});
