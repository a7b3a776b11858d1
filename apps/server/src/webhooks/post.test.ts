import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from './post.ts';

describe('posting to an address', () => {
  let hits = 0;
  const server = createServer((_, response) => {
    hits += 1;
    response.writeHead(201).end('x'.repeat(100_000));
  });
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());

  it('gives the status of the answer', async () => {
    expect(await post(`http://localhost:${port}/`, { 'x-a': 'b' }, '{}', true)).toBe(201);
    expect(hits).toBe(1);
  });

  it.each(['localhost', '127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    'is refused before it connects when %s leads inside',
    async (host) => {
      const before = hits;
      await expect(post(`http://${host}:${port}/`, {}, '{}', false)).rejects.toThrow(/private network/);
      expect(hits).toBe(before);
    },
  );

  it('fails when nobody is there', async () => {
    await expect(post('http://127.0.0.1:1/', {}, '{}', true)).rejects.toThrow();
  });
});
