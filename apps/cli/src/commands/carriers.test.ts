import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'crossparcel-carriers-'));
const shipments = join(root, 'examples/carriers/shipments.ndjson');

// A carrier on this machine that knows no key. The command runs beside it, so that it can answer.
const server = createServer((_request, response) => {
  response.writeHead(401, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ meta: { code: 401, type: 'Unauthorized', message: 'not my-secret' } }));
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = async (args: readonly string[], input = '') => {
  const child = spawn(process.execPath, [join(root, 'bin/crossparcel.js'), 'carriers', ...args], { cwd: root });
  const out = { status: 0 as number | null, stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    out.stdout += text;
  });
  child.stderr.on('data', (text) => {
    out.stderr += text;
  });
  child.stdin.end(input);
  out.status = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  return {
    ...out,
    records: out.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
};
const accounts = (name: string, content: unknown, mode = 0o600): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  chmodSync(path, mode);
  return path;
};
const aftership = { carrier: 'aftership', apiKey: 'my-secret', address };

describe('crossparcel carriers', () => {
  it('rates shipments without any account', async () => {
    const { status, stderr, records } = await run(['rate', shipments]);
    expect([status, stderr]).toEqual([0, '']);
    expect(records.map(({ id }) => id)).toEqual(['mug', 'barbell']);
    const [mug, barbell] = records.map(({ carriers }) => carriers[0]);
    expect(mug.carrier).toBe('rate-card');
    expect(mug.quotes[0]).toMatchObject({ currency: 'USD', price: expect.stringMatching(/^\d+\.\d\d$/) });
    expect(barbell.quotes).toEqual([]);
    expect(barbell.refused.length).toBeGreaterThan(0);
  });

  it('lists what is configured and what each can do, without asking anybody', async () => {
    const { records } = await run(['--accounts', accounts('one.json', [aftership])]);
    expect(records).toEqual([
      { carrier: 'rate-card', abilities: ['rate'] },
      { carrier: 'aftership', abilities: ['track'] },
    ]);
  });

  it('names file, line and field of a bad shipment, or shows it in place', async () => {
    const bad = '{"id":"x","at":"tomorrow"}\n';
    const stopped = await run(['rate'], bad);
    expect(stopped.status).toBe(2);
    expect(stopped.stderr).toContain('1: at: ');
    const kept = await run(['rate', '--keep-going'], bad);
    expect([kept.status, kept.records[0].id, kept.records[0].error.field]).toEqual([3, 'x', 'at']);
  });

  it.runIf(process.platform !== 'win32')('warns where others may read the keys', async () => {
    const { stderr } = await run(['--accounts', accounts('open.json', [aftership], 0o644)]);
    expect(stderr).toContain('chmod 600');
    expect(stderr).not.toContain('my-secret');
  });

  it('shows what a carrier says of a number in place, without the key', async () => {
    const file = accounts('track.json', [aftership]);
    const numbers = ['aftership', 'usps'].map((carrier) => JSON.stringify({ id: carrier, carrier, number: 'LX1' }));
    const { status, stdout, records } = await run(['track', '--keep-going', '--accounts', file], numbers.join('\n'));
    expect(status).toBe(3);
    expect(records.map(({ error }) => error.type.split('/').at(-1))).toEqual([
      'carrier-credentials',
      'unknown-carrier',
    ]);
    expect(stdout).not.toContain('my-secret');
  });
});
