import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchRequestSchema } from '@crossparcel/demand';
import { generatorOf } from '@crossparcel/numerics';
import { afterAll, describe, expect, it } from 'vitest';
import { forecastLaunch } from './forecast-launch.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crossparcel-forecast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], csv?: string) => {
  const input = join(folder, 'demand.csv');
  if (csv !== undefined) writeFileSync(input, csv);
  const files = csv === undefined ? [] : [input];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'bin/crossparcel.js'), 'forecast', ...files, ...args],
    { cwd: root, encoding: 'utf8' },
  );
  const records = () =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { status, stdout, stderr: stderr.replaceAll(`${folder}/`, ''), records };
};

const months = (series: string, values: readonly (number | string)[]): string =>
  values.map((value, month) => `${series},2024-${String(month + 1).padStart(2, '0')},${value}\n`).join('');
const HEAD = 'series,period,value\n';
const good = months('A', [3, 0, 5, 2, 0, 4, 1, 0]);

describe('crossparcel forecast', () => {
  it('gives a record for each series and step, with the quantiles asked for', () => {
    const { status, records } = run(
      ['--horizon', '3', '--levels', '0.05,0.5,0.99'],
      HEAD + good + months('B', [7, 7, 7]),
    );
    expect(status).toBe(0);
    expect(records().map(({ series, h, period }) => [series, h, period])).toEqual([
      ['A', 1, '2024-09'],
      ['A', 2, '2024-10'],
      ['A', 3, '2024-11'],
      ['B', 1, '2024-04'],
      ['B', 2, '2024-05'],
      ['B', 3, '2024-06'],
    ]);
    for (const { mean, quantiles } of records()) {
      expect(Object.keys(quantiles)).toEqual(['0.05', '0.5', '0.99']);
      expect(mean).toBeGreaterThan(0);
      expect(quantiles['0.05']).toBeLessThanOrEqual(quantiles['0.5']);
      expect(quantiles['0.5']).toBeLessThanOrEqual(quantiles['0.99']);
    }
  });

  it.each([
    ['an empty file', '', [], /^demand\.csv/],
    ['a header alone', HEAD, [], /^demand\.csv:1: holds no demand/],
    [
      'months among days',
      `${HEAD + good}A,2024-09-01,9\n`,
      [],
      /^demand\.csv:10: period: mixes months and days: 2024-09-01/,
    ],
    [
      'uneven days',
      `${HEAD}A,2024-01-01,1\nA,2024-01-08,1\nA,2024-01-17,1\n`,
      [],
      /^demand\.csv:4: period: is not evenly spaced/,
    ],
    ['a column twice', 'series,period,value,value\nA,2024-01,1,2\n', [], /^demand\.csv:1: value: names two columns/],
    ['demand beyond sense', HEAD + months('A', [1, '1e300']), [], /^demand\.csv:3: value: is too large: 1e300/],
    ['demand that is no decimal', HEAD + months('A', [1, '0x10']), [], /^demand\.csv:3: value: is not a number: 0x10/],
    ['infinite demand', HEAD + months('A', [1, '1e999']), [], /^demand\.csv:3: value: is not a number: 1e999/],
    ['a day that is none', `${HEAD}A,2024-02-30,1\n`, [], /^demand\.csv:2: period: is not a period: 2024-02-30/],
    ['no such column', 'sku,period,value\nA,2024-01,1\n', [], /^demand\.csv:1: series: is no column/],
    ['a missing value', HEAD + months('A', [1, '']), [], /^demand\.csv:3: value: is missing/],
    ['a negative value', HEAD + months('A', [1, -4]), [], /^demand\.csv:3: value: is negative: -4/],
    ['a period twice', `${HEAD + good}A,2024-03,9\n`, [], /^demand\.csv:10: period: is there twice: 2024-03/],
    ['a gap', `${HEAD + good}A,2024-11,9\n`, [], /^demand\.csv:10: period: 2024-09 is missing before 2024-11/],
    ['the future', HEAD + good, ['--now', '2024-07-31'], /^demand\.csv:9: period: is in the future: 2024-08/],
  ])('refuses %s by file, line and field, and writes nothing', (_, csv, more, message) => {
    const output = join(folder, 'out.ndjson');
    const { status, stdout, stderr } = run(['--horizon', '2', '--output', output, ...more], csv);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(() => readFileSync(output)).toThrow();
  });

  it('answers a bad series with its error in its place where it is told to go on', () => {
    const { status, records } = run(['--horizon', '1', '--keep-going'], HEAD + months('B', [1, -4]) + good);
    expect(status).toBe(3);
    expect(records()[0]).toMatchObject({ id: 'B', error: { field: 'value', detail: expect.stringContaining('-4') } });
    expect(records()[1]).toMatchObject({ series: 'A', h: 1 });
  });

  it('takes gaps for no demand where it is told to, and series that are constant or without demand as they are', () => {
    const flat = months('C', new Array(12).fill(5)) + months('Z', new Array(12).fill(0));
    const { status, records } = run(['--horizon', '1', '--fill-zero'], `${HEAD + flat + good}A,2024-11,9\n`);
    expect(status).toBe(0);
    const [constant, none, filled] = records();
    expect(constant).toMatchObject({ mean: 5, quantiles: { '0.5': 5 } });
    expect(constant.quantiles['0.1']).toBeGreaterThan(1);
    expect(constant.quantiles['0.9']).toBeLessThan(9);
    expect(none).toMatchObject({ mean: 0, quantiles: { '0.1': 0, '0.5': 0, '0.9': 0 } });
    expect(filled).toMatchObject({ series: 'A', period: '2024-12' });
  });

  it.each([
    ['one point', [3]],
    ['five points', [3, 0, 4, 0, 1]],
    ['huge values', [1e12, 0, 3e12, 2e12, 0, 1e12, 5e12, 1e12, 2e12, 1e12]],
    ['values between counts', [0.25, 0, 0.5, 0.125, 0, 0.25, 0.75, 0.3, 0.1, 0.2]],
  ])('forecasts a history of %s', (_, values) => {
    const { status, records } = run(['--horizon', '3'], HEAD + months('A', values));
    expect(status).toBe(0);
    const most = Math.max(...values);
    for (const { mean, quantiles } of records()) {
      const all = [0, quantiles['0.1'], quantiles['0.5'], quantiles['0.9'], 3 * most];
      expect(all).toEqual(all.toSorted((one, other) => one - other));
      expect(mean).toBeGreaterThan(0);
      expect(mean).toBeLessThanOrEqual(most);
    }
  });

  it.each([
    [[], /--horizon/],
    [['--horizon', '0'], /--horizon 0/],
    [['--horizon', '2', '--levels', '0.5,1'], /--levels 0\.5,1/],
    [['--horizon', '2', '--now', 'today'], /--now today/],
  ])('refuses options without sense: %j', (options, message) => {
    const { status, stderr } = run(options, HEAD + good);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('tells what a file taught it, and gives the same bytes for the same call', () => {
    const drawn = Array.from({ length: 40 }, (_, series) =>
      months(
        `S${series}`,
        Array.from({ length: 12 }, (__, month) => ((series * 7 + month * 5) % 11) * (month % 2)),
      ),
    );
    const summary = join(folder, 'summary.json');
    const once = run(['--horizon', '2', '--summary', summary], HEAD + drawn.join(''));
    const { series, weights, held } = JSON.parse(readFileSync(summary, 'utf8'));
    expect(series).toBe(40);
    expect(Object.values(weights as Record<string, number>).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
    expect(held.map(({ claimed }: { claimed: number }) => claimed)).toEqual([0.5, 0.8, 0.95]);
    expect(run(['--horizon', '2'], HEAD + drawn.join('')).stdout).toBe(once.stdout);
  });
});

describe('crossparcel forecast --groups', () => {
  const groups = join(folder, 'groups.csv');
  const csv =
    HEAD +
    months('A', [3, 0, 5, 2, 0, 4, 1, 0]) +
    months('B', [9, 8, 7, 9, 8, 9, 7, 8]) +
    months('C', [0, 0, 1, 0, 0, 2, 0, 1]);
  const ask = (text: string, more: readonly string[] = []) => {
    writeFileSync(groups, text);
    return run(['--horizon', '2', '--groups', groups, ...more], csv);
  };

  it('gives groups and the total beside the series, with means that add up', () => {
    const { status, records } = ask('series,product,shop\nA,mug,one\nB,mug,two\nC,cap,two\n');
    expect(status).toBe(0);
    expect(records().map(({ level, series, h }) => `${level} ${series} ${h}`)).toEqual(
      ['series A', 'series B', 'series C', 'product mug', 'product cap', 'shop one', 'shop two', 'total total'].flatMap(
        (name) => [`${name} 1`, `${name} 2`],
      ),
    );
    const mean = (name: string) => records().find(({ series }) => series === name)?.mean;
    expect(mean('A') + mean('B')).toBeCloseTo(mean('mug'), 3);
    expect(mean('one') + mean('two')).toBeCloseTo(mean('total'), 3);
  });

  it.each([
    ['a series without groups', 'series,product\nA,mug\nB,mug\n', /^groups\.csv:1: series: has no row for C/],
    [
      'an unknown series',
      'series,product\nA,mug\nB,mug\nC,cap\nX,cap\n',
      /^groups\.csv:5: series: is not in the demand: X/,
    ],
    ['a series twice', 'series,product\nA,mug\nA,cap\n', /^groups\.csv:3: series: is there twice: A/],
    ['a group without name', 'series,product\nA,\n', /^groups\.csv:2: product: is missing/],
    ['no levels', 'series\nA\n', /^groups\.csv:1: names no groups/],
  ])('refuses %s by name', (_, text, message) => {
    const { status, stdout, stderr } = ask(text);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('refuses series that do not end together', () => {
    writeFileSync(groups, 'series,product\nA,mug\nB,mug\n');
    const { status, stderr } = run(
      ['--horizon', '1', '--groups', groups],
      HEAD + months('A', [1, 2, 3]) + months('B', [1, 2]),
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/^groups\.csv:3: series: B does not end with A/);
  });
});

describe('crossparcel forecast launch', () => {
  const answer = forecastLaunch.prepare({});
  const ask = (request: object) => answer(launchRequestSchema.parse({ id: 'L', observedDays: 7, ...request }));
  const line = (day: number, quantity: number) => ({ day, quantity, price: 5, country: 'US', invoice: `i${day}` });
  const quantilesOf = (lines: readonly object[]) => {
    const result = ask({ lines });
    if (!result.ok) throw new Error(result.error.what);
    return result.value.quantiles;
  };

  it('expects more of what sold more, and says between which bounds', () => {
    const few = quantilesOf([line(0, 1)]);
    const many = quantilesOf([0, 1, 2, 3, 4, 5, 6].map((day) => line(day, 12)));
    for (const quantiles of [few, many]) {
      expect(quantiles['0.1']).toBeLessThan(quantiles['0.5'] ?? 0);
      expect(quantiles['0.5']).toBeLessThan(quantiles['0.9'] ?? 0);
    }
    expect(many['0.5']).toBeGreaterThan(2 * (few['0.5'] ?? 0));
  });

  it('refuses a line after the days that were observed, and products without a line', () => {
    expect(ask({ lines: [line(0, 1), line(7, 1)] })).toMatchObject({ ok: false, error: { field: 'lines[1].day' } });
    expect(launchRequestSchema.safeParse({ id: 'L', observedDays: 7, lines: [] }).success).toBe(false);
  });
});

describe('crossparcel forecast check', () => {
  const actuals = join(folder, 'actuals.csv');
  const forecasts = join(folder, 'past.ndjson');
  const groups = join(folder, 'shops.csv');
  const WEEKS = 120;
  const week = (at: number) => new Date(Date.UTC(2024, 0, 1 + 7 * at)).toISOString().slice(0, 10);
  const random = generatorOf(6);
  /** Demand between 0 and 9, all alike; of B fourfold from week 40 on. */
  const sold = (name: string, at: number) => random.integer(0, 9) * (name === 'B' && at >= 40 ? 4 : 1);
  const rows = ['A', 'B'].flatMap((name) =>
    Array.from({ length: WEEKS }, (_, at) => `${name},${week(at)},${sold(name, at)}\n`),
  );
  const made = (name: string, at: number, more: object = {}) =>
    JSON.stringify({
      series: name,
      h: 1,
      period: week(at),
      mean: 4.5,
      quantiles: { '0.1': 0, '0.5': 4, '0.9': 9 },
      ...more,
    });
  const past = ['A', 'B'].flatMap((name) => Array.from({ length: WEEKS - 20 }, (_, at) => `${made(name, at + 20)}\n`));
  const check = (text: string, more: readonly string[] = []) => {
    writeFileSync(actuals, HEAD + rows.join(''));
    writeFileSync(forecasts, text);
    return run(['check', '--forecasts', forecasts, '--actuals', actuals, ...more]);
  };

  it('raises an alarm for the group whose demand left its intervals, and falls back there alone', () => {
    writeFileSync(groups, 'series,shop\nA,one\nB,two\n');
    const { status, records } = check(past.join(''), ['--groups', groups]);
    expect(status).toBe(0);
    const [one, two, total] = records();
    expect(one).toMatchObject({ group: 'one', level: 'shop', forecasts: 100, rounds: 100, advised: 'crossparcel' });
    expect(one).toMatchObject({ coverage: [{ claimed: 0.8, held: 1 }], drift: { alarm: false } });
    expect(two.drift).toMatchObject({ alarm: true, side: 'above' });
    expect(two.drift.since >= week(40)).toBe(true);
    expect(['recent', 'tsb']).toContain(two.advised);
    expect(two.bias).toBeLessThan(-0.3);
    expect(total).toMatchObject({ group: 'total', forecasts: 200, rounds: 100 });
  });

  it('is gone by: the next forecast asks the method advised, for that group alone', () => {
    writeFileSync(groups, 'series,shop\nA,one\nB,two\n');
    const checked = join(folder, 'checked.ndjson');
    expect(check(past.join(''), ['--groups', groups, '--output', checked]).status).toBe(0);
    const forecast = (more: readonly string[]) => {
      const { records } = run([actuals, '--horizon', '2', '--groups', groups, ...more]);
      return Map.groupBy(records() as { series: string; quantiles: Record<string, number> }[], ({ series }) => series);
    };
    const [plain, advised] = [forecast([]), forecast(['--checked', checked])];
    const quantiles = (of: typeof plain, name: string) => of.get(name)?.map((one) => one.quantiles);
    expect(quantiles(advised, 'A')).toEqual(quantiles(plain, 'A'));
    expect(quantiles(advised, 'B')).not.toEqual(quantiles(plain, 'B'));
    writeFileSync(checked, '{"group":"two"}\n');
    const bad = run([actuals, '--horizon', '2', '--checked', checked]);
    expect([bad.status, bad.stdout]).toEqual([2, '']);
    expect(bad.stderr).toMatch(/checked\.ndjson:1: level: /);
  });

  it('counts each period once, by the freshest forecast, and leaves out what is not over', () => {
    const stale = { h: 2, quantiles: { '0.1': 90, '0.5': 91, '0.9': 92 } };
    const text = `${made('A', 30, stale)}\n${made('A', 30)}\n${made('A', WEEKS)}\n`;
    expect(check(text).records()).toMatchObject([{ forecasts: 1, rounds: 1, coverage: [{ held: 1 }] }]);
  });

  it.each([
    ['an unknown series', made('X', 30), /^past\.ndjson:1: series: is not in the actual demand: X/],
    ['a period off the grid', made('A', 30, { period: '2024-01-03' }), /^past\.ndjson:1: period: is not on the grid/],
    ['no forecast', '{"series":"A"}', /^past\.ndjson:1: h: /],
    ['what was made before any demand', made('A', 0), /^past\.ndjson:1: period: was forecast before A/],
    ['only what is not over', made('A', WEEKS), /^past\.ndjson:1: holds no forecast whose period is over/],
    [
      'levels that differ',
      `${made('A', 30)}\n${made('A', 31, { quantiles: { '0.5': 1 } })}`,
      /^past\.ndjson:2: quantiles: /,
    ],
  ])('refuses %s by name', (_, text, message) => {
    const { status, stdout, stderr } = check(`${text}\n`);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
