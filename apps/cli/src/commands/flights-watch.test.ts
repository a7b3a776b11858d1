import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatInstant } from '@crossparcel/units';
import { afterAll, afterEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crossparcel-watch-'));
const children: ChildProcess[] = [];
const servers: Server[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command at work, and what it has said so far. */
const watch = (...args: string[]) => {
  const child = spawn(process.execPath, [join(root, 'bin/crossparcel.js'), 'flights', 'watch', ...args], { cwd: root });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => {
    said.out += text;
  });
  child.stderr.on('data', (text) => {
    said.err += text;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  return { child, said, ended };
};

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe('flights watch', () => {
  it('tells what a new timetable in a folder changes, names a wrong one, and ends when it is told to', async () => {
    const drop = join(folder, 'drop');
    mkdirSync(drop);
    const timetable = readFileSync(join(root, 'examples/flights/timetable.csv'), 'utf8');
    const day = (text: string) => text.replaceAll('2026-11-2', '2036-11-2');
    writeFileSync(join(drop, 'a.csv'), day(timetable));
    const { child, said, ended } = watch('--folder', drop);
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    writeFileSync(join(drop, 'b.csv'), day(timetable).replace(',600,', ',250,'));
    writeFileSync(join(drop, 'c.csv'), 'no,timetable\n');
    await expect.poll(() => said.out, { timeout: 30_000 }).toContain('"capacity"');
    await expect.poll(() => said.err, { timeout: 30_000 }).toContain('c.csv');
    expect(JSON.parse(said.out.trim())).toMatchObject({ kind: 'capacity', flight: 'UA896', capacityKg: 250 });
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  }, 90_000);

  it('asks a provider, tells its news, and writes its calls down', async () => {
    const scheduled = new Date(Date.now() + 3_600_000);
    const departs = formatInstant(Math.floor(scheduled.getTime() / 60_000) * 60_000);
    const utc = (instant: string) => instant.replace('T', ' ').replace(':00Z', 'Z');
    const answer = {
      number: 'CX 880',
      status: 'Canceled',
      lastUpdatedUtc: utc(departs),
      departure: { airport: { iata: 'HKG' }, scheduledTime: { utc: utc(departs) } },
      arrival: { airport: { iata: 'ANC' } },
    };
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify([answer]));
    });
    servers.push(server);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const source = file(
      'source.json',
      JSON.stringify({
        provider: 'aerodatabox',
        address: `http://127.0.0.1:${port}`,
        keys: ['k'],
        callsPerDay: 10,
        callsPerMonth: 100,
      }),
    );
    const flight = {
      flight: 'CX880',
      scheduled: departs,
      arrival: departs,
      origin: 'HKG',
      destination: 'ANC',
      cutOff: departs,
      loadKg: 10,
    };
    const flights = file('flights.ndjson', `${JSON.stringify(flight)}\n`);
    const calls = join(folder, 'calls.txt');
    const { said, ended } = watch('--source', source, '--flights', flights, '--calls', calls);
    // A cancelled flight is done, and with it the watch.
    expect(await ended).toBe(0);
    expect(said.err).toBe('');
    expect(JSON.parse(said.out.trim())).toMatchObject({ kind: 'cancelled', flight: 'CX880', scheduled: departs });
    expect(readFileSync(calls, 'utf8').trim().split('\n')).toHaveLength(1);
  }, 60_000);

  it('names what is missing or wrong', async () => {
    const source = file(
      'bad.json',
      JSON.stringify({ provider: 'aerodatabox', address: 'x', callsPerDay: 0, callsPerMonth: 1 }),
    );
    const wrong = watch('--source', source, '--flights', source);
    expect(await wrong.ended).toBe(2);
    expect(wrong.said.err).toContain('bad.json:1: address');
    const none = watch();
    expect(await none.ended).toBe(2);
    expect(none.said.err).toContain('--source');
  }, 60_000);
});
