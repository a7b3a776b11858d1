import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../../bin/crossparcel.js', import.meta.url));

describe('crossparcel start', () => {
  let folder: string;
  let child: ChildProcess | undefined;
  let ended: Promise<NodeJS.Signals | number | null>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossparcel-start-'));
  });
  afterAll(async () => {
    child?.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts, and gives what it said when that first matched. */
  const startUntil = (said: RegExp): Promise<RegExpExecArray> => {
    const running = spawn(process.execPath, [BIN, 'start', '--data', folder, '--port', '0'], {
      env: { ...process.env, CROSSPARCEL_LOG: 'warn' },
    });
    child = running;
    ended = new Promise((resolve) => running.on('close', (code, signal) => resolve(signal ?? code)));
    return new Promise((resolve, reject) => {
      let text = '';
      running.stderr.on('data', (part: Buffer) => {
        text += part.toString('utf8');
        const match = said.exec(text);
        if (match) resolve(match);
      });
      running.on('close', () => reject(new Error(`it ended: ${text}`)));
    });
  };
  const end = async (signal: NodeJS.Signals) => {
    child?.kill(signal);
    return ended;
  };
  const UP = /Crossparcel is at (http:\S+)/;

  /** Opens the console as a browser would, and asks as the console would. */
  const visit = async (url: string) => {
    const page = await fetch(url);
    const [cookie = ''] = (page.headers.get('set-cookie') ?? '').split(';');
    const html = await page.text();
    const ask = async (path: string) => (await fetch(`${url}${path}`, { headers: { cookie } })).json();
    const listen = () => fetch(`${url}/v1/stream`, { headers: { cookie } });
    return { html, ask, listen };
  };

  it('goes on with a load that was killed at each step, and has the whole sample shop once', async () => {
    for (const step of [/orders \([\d,]+\)\n/, /planning them/, /making parcels/, /recording what/]) {
      await startUntil(step);
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(await end('SIGKILL')).toBe('SIGKILL');
    }
    const [, url = ''] = await startUntil(UP);
    const { html, ask } = await visit(url);
    expect(html).toContain('<script');
    const today = (await ask('/v1/today')) as { orders: Record<string, number>; concerns: { kind: string }[] };
    const orders = Object.values(today.orders).reduce((sum, count) => sum + count, 0);
    expect(orders).toBeGreaterThan(3000);
    expect(orders).toBeLessThanOrEqual(20_000);
    expect(today.concerns.map(({ kind }) => kind)).toContain('spike');
    const plans = (await ask('/v1/plans')) as { items: { state: string; orders: number }[] };
    expect(plans.items.map(({ state }) => state)).toEqual(['done']);
    const numbers = new Set<string>();
    let parcels = 0;
    for (let cursor = ''; ; ) {
      const page = (await ask(`/v1/parcels?limit=200${cursor}`)) as {
        items: { despatch: { number: string }; timeline: { milestone: string }[] }[];
        nextCursor?: string;
      };
      for (const { despatch, timeline } of page.items) {
        numbers.add(despatch.number);
        expect(timeline.filter(({ milestone }) => milestone === 'announced')).toHaveLength(1);
      }
      parcels += page.items.length;
      if (page.nextCursor === undefined) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(numbers.size).toBe(parcels);
    expect(parcels).toBeGreaterThan(2000);
  }, 240_000);

  it('ends in good order, also while a console listens, and the second start has what the first had', async () => {
    expect(await end('SIGINT')).toBe(0);
    const [, first = ''] = await startUntil(UP);
    const { listen } = await visit(first);
    const stream = await listen();
    expect(await end('SIGINT')).toBe(0);
    await stream.body?.cancel().catch(() => undefined);
    const [, url = ''] = await startUntil(UP);
    const { ask } = await visit(url);
    const { orders } = (await ask('/v1/today')) as { orders: Record<string, number> };
    expect(orders.delivered).toBeGreaterThan(1000);
  }, 120_000);

  it('lets nobody in who does not ask under a name of this machine, or comes through a proxy', async () => {
    const [, url = ''] = (await end('SIGINT')) === 0 ? await startUntil(UP) : [];
    const cookieOf = async (headers: Record<string, string>) => {
      const { port } = new URL(url);
      return new Promise<string[] | undefined>((resolve, reject) => {
        const call = request({ host: '127.0.0.1', port, path: '/', headers }, (response) => {
          response.resume();
          resolve(response.headers['set-cookie']);
        });
        call.on('error', reject);
        call.end();
      });
    };
    expect(await cookieOf({})).toHaveLength(1);
    expect(await cookieOf({ host: 'rebound.example' })).toBeUndefined();
    expect(await cookieOf({ 'x-forwarded-for': '203.0.113.7' })).toBeUndefined();
  }, 120_000);
});
