import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { httpClassifier } from './outside-classifier.ts';

const asking = async (answer: string | undefined, status = 200) => {
  const server = createServer((_, response) => {
    response.statusCode = status;
    if (answer !== undefined) response.end(answer);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  try {
    return await httpClassifier(new URL(`http://127.0.0.1:${port}/`), 200)({ id: '1', text: 'mug' });
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

describe('a classifier outside', () => {
  it('gives its candidates', async () => {
    const candidates = [{ hs: '691200', probability: 0.8 }];
    expect(await asking(JSON.stringify({ candidates }))).toEqual({ ok: true, candidates });
  });

  it('is not believed when it answers in another form', async () => {
    for (const bad of ['nonsense', '{}', '{"candidates":[{"hs":"6912","probability":0.8}]}']) {
      expect(await asking(bad)).toMatchObject({ ok: false });
    }
    const tooMuch = [0.8, 0.8].map((probability) => ({ hs: '691200', probability }));
    expect(await asking(JSON.stringify({ candidates: tooMuch }))).toMatchObject({ ok: false });
  });

  it('is not waited for, and says so when it fails', async () => {
    expect(await asking(undefined)).toEqual({ ok: false, because: 'the classifier took too long' });
    expect(await asking('', 500)).toEqual({ ok: false, because: 'the classifier answered with status 500' });
  });
});
