import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const EXAMPLES = join(ROOT, 'examples/posts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crossparcel-posts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command; `watch` sees what is printed and may interrupt it. */
const posts = (args: readonly string[], watch?: (printed: string, interrupt: () => void) => void): Promise<Ended> =>
  new Promise((resolve) => {
    const options = ['posts', 'import', '--data', join(folder, 'data'), ...args];
    const child = spawn(process.execPath, [join(ROOT, 'bin/crossparcel.js'), ...options]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => {
      out += chunk;
      watch?.(out, () => child.kill('SIGINT'));
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
const outcomes = ({ out }: Ended): string[] =>
  out
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { outcome: string }).outcome);

describe('crossparcel posts import', () => {
  it('takes each reading once, however often it is run', async () => {
    const files = ['--posts', join(EXAMPLES, 'posts.csv'), '--readings', join(EXAMPLES, 'readings.csv')];
    const first = await posts(files);
    expect([first.code, first.err, new Set(outcomes(first))]).toEqual([0, '', new Set(['accepted'])]);
    const again = await posts(files);
    expect([again.code, new Set(outcomes(again))]).toEqual([0, new Set(['unchanged'])]);
  });

  it('tells of readings of unknown posts, and ends with 3', async () => {
    const result = await posts(['--readings', join(EXAMPLES, 'readings.csv')]);
    expect([result.code, new Set(outcomes(result))]).toEqual([3, new Set(['unknown-post'])]);
  });

  it.each([
    ['value', 'tiktok,1,views,2026-11-21T00:00:00Z,many,,'],
    ['at', 'tiktok,1,views,yesterday,5,,'],
    ['value', 'tiktok,1,likes,2026-11-21T00:00:00Z,,,'],
  ])('names file, line and %s, and opens nothing', async (field, line) => {
    const file = join(folder, 'readings.csv');
    writeFileSync(file, `platform,externalId,metric,at,value,countries,knownAt\n${line}\n`);
    const result = await posts(['--readings', file]);
    expect([result.code, result.out]).toEqual([2, '']);
    expect(result.err).toContain(`${file}:2: ${field}: `);
    expect(readdirSync(folder)).toEqual(['readings.csv']);
  });

  it('asks an address again until it is interrupted, and outlasts one that fails for a while', async () => {
    let asked = 0;
    const server = createServer((_, answer) => {
      asked += 1;
      if (asked === 2) answer.writeHead(503).end();
      else answer.end(readFileSync(join(EXAMPLES, 'readings.csv')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed/readings.csv`;
    const sources = ['--posts', join(EXAMPLES, 'posts.csv'), '--readings', address, '--every', '10'];
    const result = await posts(sources, (printed, interrupt) => {
      if (printed.includes('unchanged')) interrupt();
    });
    server.close();
    expect([result.code, new Set(outcomes(result))]).toEqual([0, new Set(['accepted', 'unchanged'])]);
    expect(result.err).toContain(`${address}:0: cannot be read: the answer is 503`);
  });
});
