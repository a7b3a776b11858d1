import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { screenAnswerSchema } from '@crossparcel/trade';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const run = (args: readonly string[], input?: string) => {
  const command = [join(root, 'bin/crossparcel.js'), 'screen', ...args];
  return spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8', input });
};
const answers = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => screenAnswerSchema.parse(JSON.parse(line)));

const LIST = 'examples/screening/made-list.xml';
const PARCELS = 'examples/screening/parcels.ndjson';
const NOW = ['--now', '2026-11-22T08:00:00Z'];

describe('crossparcel screen', () => {
  let folder = '';
  const path = (name: string) => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'crossparcel-screen-'));
    writeFileSync(path('key'), 'not a secret, but long enough');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('answers each parcel with its hits and a decision', () => {
    const { status, stdout, stderr } = run(['--list', LIST, ...NOW, PARCELS]);
    expect([status, stderr]).toEqual([0, '']);
    expect(
      answers(stdout).map(({ id, decision, hits }) => [id, decision, hits.map(({ entry }) => entry).join()]),
    ).toEqual([
      ['clear', 'clear', ''],
      ['cyrillic', 'review', '9002'],
      ['chinese', 'blocked', '9003'],
      ['company', 'blocked', '9001'],
      ['cosmetics', 'review', 'eu-cosmetics'],
      ['power-bank', 'blocked', 'lithium-un-38-3,battery-pi965'],
    ]);
    expect(answers(stdout)[0]?.screenedAgainst[0]?.listVersion).toMatch(/^2026-11-20 sha256:[0-9a-f]{16}$/);
  });

  it('logs every decision, and takes a person at their word until the entry changes', () => {
    const [log, cleared, list] = [path('log'), path('cleared.ndjson'), path('list.xml')];
    const withKey = ['--key', path('key'), '--log', log, ...NOW];
    const [, , found] = answers(run(['--list', LIST, ...withKey, PARCELS]).stdout);
    const clearance = found?.hits[0]?.clearance;
    writeFileSync(
      cleared,
      `${JSON.stringify({ ...clearance, by: 'A. Clerk', on: '2026-11-21', reason: 'a namesake' })}\n`,
    );
    const again = answers(run(['--list', LIST, '--cleared', cleared, ...withKey, PARCELS]).stdout);
    expect([again[2]?.decision, again[2]?.hits[0]?.decision]).toEqual(['clear', 'cleared']);
    writeFileSync(list, readFileSync(join(root, LIST), 'utf8').replace('TEST2', 'TEST3'));
    const changed = answers(run(['--list', list, '--cleared', cleared, ...withKey, PARCELS]).stdout);
    expect(changed[2]?.decision).toBe('blocked');
    const text = readFileSync(log, 'utf8');
    expect(text).not.toMatch(/schmidt|曾国强|образцов/i);
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ at, id, decision }) => [at, id, decision]).filter(([, id]) => id === 'chinese')).toEqual([
      ['2026-11-22T08:00:00Z', 'chinese', 'blocked'],
      ['2026-11-22T08:00:00Z', 'chinese', 'clear'],
      ['2026-11-22T08:00:00Z', 'chinese', 'blocked'],
    ]);
    expect(
      new Set(lines.filter(({ id }) => id === 'chinese').map(({ screenedAgainst }) => screenedAgainst[0].listVersion))
        .size,
    ).toBe(2);
  });

  it('gives the same answers and as many log lines with workers', () => {
    const log = path('jobs.log');
    const alone = run(['--list', LIST, ...NOW, PARCELS]);
    const shared = run(['--list', LIST, '--key', path('key'), '--log', log, '--jobs', '2', ...NOW, PARCELS]);
    const without = answers(shared.stdout).map((answer) => ({
      ...answer,
      hits: answer.hits.map(({ clearance: _, ...hit }) => hit),
    }));
    expect(without).toEqual(answers(alone.stdout));
    expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(6);
  });

  it('says so when parties were screened against nothing', () => {
    const [, second] = answers(run([...NOW, PARCELS]).stdout);
    expect(second?.notes).toEqual(['no list was given, so that parties were not screened']);
  });

  it('names file and line of a wrong list, key, decision or record', () => {
    expect(run(['--list', PARCELS, PARCELS])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/parcels\.ndjson:1: is none of the lists that are known/),
    });
    writeFileSync(path('short'), 'short');
    expect(run(['--key', path('short'), PARCELS]).stderr).toMatch(/short:0: has 5 bytes/);
    writeFileSync(path('bad.ndjson'), '\n{"list":"ofac"}\n');
    expect(run(['--key', path('key'), '--cleared', path('bad.ndjson'), PARCELS]).stderr).toMatch(
      /bad\.ndjson:2: entry: is missing/,
    );
    expect(run(['--log', path('log'), PARCELS]).stderr).toMatch(/--log and --cleared need --key/);
    expect(run(['--now', 'today', PARCELS]).stderr).toMatch(/--now today is not an RFC 3339 date-time/);
    expect(run(['--list', path('none'), PARCELS]).stderr).toMatch(/none:0: there is no such file/);
    const goods = run(['-'], '{"id":"1","goods":[{"text":"toy"}]}\n');
    expect([goods.status, goods.stderr]).toEqual([2, expect.stringMatching(/:1: market: is missing where goods/)]);
  });
});
