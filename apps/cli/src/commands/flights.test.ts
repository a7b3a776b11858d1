import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FlightEvent, flightEventSchema } from '@crossparcel/transport';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crossparcel-flights-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'bin/crossparcel.js'), 'flights', ...args], { cwd: root, encoding: 'utf8' });
const events = (stdout: string): FlightEvent[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => flightEventSchema.parse(JSON.parse(line)));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const movements = 'examples/flight-feeds/movements.csv';

describe('flights replay', () => {
  it('prints a local day as events, the same for the same seed, paced or not', () => {
    const day = ['replay', '--movements', movements, '--from', '2026-11-23', '--seed', '7'];
    const plain = run(...day);
    expect(plain.status).toBe(0);
    const all = events(plain.stdout);
    expect(all.filter(({ kind }) => kind === 'departed')).toHaveLength(4);
    expect(all.filter(({ kind }) => kind === 'cancelled')).toHaveLength(1);
    expect(run(...day, '--speed', '999999x').stdout).toBe(plain.stdout);
    expect(run('replay', '--movements', movements, '--from', '2026-11-22').stdout).toBe('');
  });

  it('names a wrong line, and passes it over when asked to', () => {
    const bad = file(
      'bad.csv',
      'flight,carrier,kind,airport,scheduled,cancelled,delayMin\nCX1,CX,freighter,HKG,2026-11-23T02:30:00,false,1\nCX2,CX,freighter,HKG,2026-11-23T02:30:00+08:00,false,1\n',
    );
    const strict = run('replay', '--movements', bad, '--from', '2026-11-23');
    expect(strict.status).toBe(2);
    expect(strict.stderr).toContain(`${bad}:2: scheduled:`);
    const lenient = run('replay', '--movements', bad, '--from', '2026-11-23', '--keep-going');
    expect([lenient.status, events(lenient.stdout).length]).toEqual([3, 1]);
    expect(run('replay', '--movements', bad, '--from', '2026-11-23', '--speed', 'fast').status).toBe(2);
  });
});

describe('flights diff', () => {
  it('prints what differs between two timetables', () => {
    const later = 'examples/flight-feeds/timetable-later.csv';
    const { status, stdout } = run(
      'diff',
      'examples/flights/timetable.csv',
      later,
      '--at',
      '2026-11-22T08:00:00+08:00',
    );
    expect(status).toBe(0);
    expect(events(stdout).map(({ kind, at }) => [kind, at])).toEqual(
      ['delayed', 'capacity', 'cancelled', 'published'].map((kind) => [kind, '2026-11-22T00:00:00Z']),
    );
    expect(run('diff', later, later, '--at', 'noon').status).toBe(2);
    expect(run('diff', later, later).stdout).toBe('');
  });
});

describe('flights fsu', () => {
  it('reads status updates into statuses and events', () => {
    const { status, stdout } = run('fsu', 'examples/flight-feeds/status-updates.ndjson');
    expect(status).toBe(0);
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map(({ statuses }) => statuses.map(({ code }: { code: string }) => code))).toEqual([
      ['RCS'],
      ['DEP', 'DIS'],
      ['ARR'],
    ]);
    const news = answers.flatMap((answer) => answer.events).map((event) => flightEventSchema.parse(event));
    expect(news.map(({ kind }) => kind)).toEqual(['departed', 'arrived']);
  });

  it('names the message, its line and part, and keeps what it could read', () => {
    const message = 'FSU/14\n020-12345675HKGORD/T10K350\nRCS/22NOV2215/HKG/T10K350\nDEP/CX/23NOV/HKGANC/T10';
    const bad = file('bad.ndjson', `${JSON.stringify({ id: 'M', receivedAt: '2026-11-22T22:40:00Z', message })}\n`);
    const strict = run('fsu', bad);
    expect(strict.status).toBe(2);
    expect(strict.stderr).toContain(`${bad}:1: message line 4, DEP flight: "CX" is not right`);
    const lenient = run('fsu', bad, '--keep-going');
    expect(lenient.status).toBe(3);
    expect(JSON.parse(lenient.stdout)).toMatchObject({ id: 'M', error: { statuses: [{ code: 'RCS' }] } });
  });
});
