import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@crossparcel/api';
import { eventOf } from '@crossparcel/trace';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeDatabase } from '../../../test/support/postgres-server.ts';

const BIN = fileURLToPath(new URL('../../../bin/crossparcel.js', import.meta.url));
const HEADER = 'orderId,placedAt,shop,buyerId,country,postcode3,sku,quantity,unitPrice,currency,cancelled\n';
const COUNT = 6000;
const rows = Array.from(
  { length: COUNT },
  (_, index) => `O${index},2026-11-01T08:00:00Z,shop,B${index % 50},US,787,SKU-${index % 30},1,9.99,USD,0\n`,
);

interface Imported {
  readonly externalId: string;
  readonly outcome: string;
}

describe.each(['pglite', 'postgres'] as const)('the command line with %s', (kind) => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossparcel-cli-'));
    file = join(folder, 'orders.csv');
    await writeFile(file, HEADER + rows.join(''));
    env = { ...process.env, CROSSPARCEL_DATA: join(folder, 'data'), CROSSPARCEL_LOG: 'warn' };
    delete env.CROSSPARCEL_DATABASE_URL;
    if (kind === 'postgres') {
      env.CROSSPARCEL_DATABASE_URL = await makeDatabase(
        inject('postgresAdminUrl'),
        `cli_${randomBytes(6).toString('hex')}`,
      );
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = (...args: string[]) => spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8', env });
  const linesOf = (text: string): Imported[] =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Imported);

  /** Imports until it is killed after having said so many lines; gives what it said. */
  const importAndKill = async (after: number): Promise<Imported[]> => {
    const child = spawn(process.execPath, [BIN, 'orders', 'import', '--orders', file], { env });
    let text = '';
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString('utf8');
      if (text.split('\n').length > after) child.kill('SIGKILL');
    });
    const signal = await new Promise((resolve) => child.on('close', (_, how) => resolve(how)));
    expect(signal).toBe('SIGKILL');
    return linesOf(text.slice(0, text.lastIndexOf('\n') + 1));
  };

  it('goes on with an import that was killed: what it said is in, and all of it is in once', async () => {
    const said = new Set<string>();
    for (const after of [1, 1500, 3000]) {
      for (const { externalId } of await importAndKill(after)) said.add(externalId);
    }
    expect(said.size).toBeGreaterThan(0);
    const again = run('orders', 'import', '--orders', file);
    expect(again.stderr).toBe('');
    const results = linesOf(again.stdout);
    expect(results.map(({ externalId }) => externalId)).toEqual(rows.map((_, index) => `O${index}`));
    for (const { externalId, outcome } of results) {
      if (said.has(externalId)) expect(outcome, externalId).toBe('unchanged');
    }
    const table = run('orders', 'import', '--orders', file, '--format', 'table');
    expect(table.stdout).toMatch(/unchanged +6,000\n/);
    expect(table.status).toBe(0);
  }, 120_000);

  it('refuses an order file with a bad line whole, or names what it refused', async () => {
    const bad = join(folder, 'bad.csv');
    await writeFile(
      bad,
      `${HEADER}${rows.slice(0, 3).join('')}X1,2026-11-01T08:00:00Z,shop,B,US,,SKU,two,1.00,USD,0\n`,
    );
    const refused = run('orders', 'import', '--orders', bad);
    expect([refused.status, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('bad.csv:5: quantity: is not a quantity');
    const kept = run('orders', 'import', '--orders', bad, '--keep-going');
    expect(kept.status).toBe(3);
    expect(
      kept.stdout
        .trim()
        .split('\n')
        .map((line) => Object.keys(JSON.parse(line) as object).includes('error')),
    ).toEqual([false, false, false, true]);
  });

  describe('while a server is running', () => {
    let server: ChildProcess;
    let worker: ChildProcess | undefined;
    let url = '';
    const started = (child: ChildProcess, pattern: RegExp): Promise<string> =>
      new Promise((resolve, reject) => {
        let text = '';
        child.stderr?.on('data', (part: Buffer) => {
          text += part.toString('utf8');
          const match = pattern.exec(text);
          if (match) resolve(match[1] ?? match[0]);
        });
        child.on('close', () => reject(new Error(text)));
      });
    beforeAll(async () => {
      server = spawn(process.execPath, [BIN, 'serve', '--port', '0'], { env });
      url = await started(server, /(http:\/\/127\.0\.0\.1:\d+) {2}/);
      if (kind === 'postgres') {
        worker = spawn(process.execPath, [BIN, 'work'], { env });
        await started(worker, /working/);
      }
    });
    afterAll(() => {
      server.kill('SIGKILL');
      worker?.kill('SIGKILL');
    });

    it('lets no second process into the embedded folder: it becomes a client, or is refused', async () => {
      const imported = run('orders', 'import', '--orders', file, '--format', 'table');
      expect(imported.stdout).toMatch(/unchanged +6,000\n/);
      if (kind === 'postgres') return;
      expect(imported.stdout).toContain(`in ${url}`);
      const second = run('serve', '--port', '0');
      expect(second.status).toBe(1);
      expect(second.stderr).toContain(`talk to it at ${url}`);
    });

    it('serves a proof that `verify` accepts, and refuses with any byte changed', async () => {
      const key = (await readFile(join(env.CROSSPARCEL_DATA ?? '', 'owner.key'), 'utf8')).trim();
      const client = createClient(url, key, fetch);
      const { items } = await client.call('orders.list', { query: { limit: 1 } });
      const parcel = { orderId: items[0]?.id ?? '', lines: [{ sku: 'SKU-1', quantity: 1 }], grossGrams: 150 };
      const { parcels } = await client.call('parcels.register', { body: { parcels: [parcel] } });
      const [{ id, epc } = { id: '', epc: '' }] = parcels;
      const event = eventOf({
        milestone: 'departed',
        eventTime: '2026-11-22T10:00:00Z',
        eventTimeZoneOffset: '+08:00',
        parcels: [epc],
      });
      await client.call('events.record', { body: { events: [event] } });
      let proof = '';
      for (let tries = 0; tries < 100 && proof === ''; tries += 1) {
        proof = await client.call('parcels.proof', { params: { id } }).catch(() => '');
        if (proof === '') await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const proofFile = join(folder, 'proof.json');
      const policyFile = join(folder, 'policy');
      await writeFile(proofFile, proof);
      await writeFile(policyFile, await client.call('log.policy', {}));
      const good = run('verify', proofFile, '--policy', policyFile);
      expect([good.status, good.stdout, good.stderr]).toEqual([0, 'valid\n', '']);
      const bytes = Buffer.from(proof);
      for (const at of [0, bytes.length >> 1, bytes.length - 2, bytes.indexOf('T10')]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 0x80;
        await writeFile(proofFile, changed);
        const bad = run('verify', proofFile, '--policy', policyFile);
        expect(bad.status, `byte ${at}`).toBe(1);
        expect(bad.stdout).toMatch(/^invalid: \S/);
      }
      expect(run('verify', proofFile).status).toBe(2);
      expect(run('verify', join(folder, 'nothing'), '--policy', policyFile).status).toBe(2);
    });

    it('ends in good order when it is asked to', async () => {
      const ended = new Promise((resolve) => server.on('close', (code) => resolve(code)));
      server.kill('SIGTERM');
      expect(await ended).toBe(0);
      const imported = run('orders', 'import', '--orders', file, '--format', 'table');
      expect(imported.stdout).toMatch(/unchanged +6,000\n/);
    });
  });
});

describe('verify of tlog-proofs', () => {
  const fixture = (name: string) =>
    fileURLToPath(new URL(`../../../packages/trace/fixtures/tlog/${name}`, import.meta.url));
  const run = (...args: string[]) => spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8' });

  it('accepts a valid one and refuses others, with the reason', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crossparcel-verify-'));
    const cases = JSON.parse(await readFile(fixture('tlog-proofs.json'), 'utf8')) as {
      name: string;
      leaf_base64: string;
      proof: string;
      valid: boolean;
    }[];
    // The log's own tests go through all of them; here it is the command that is tried.
    const [valid, ...invalid] = [...cases.filter((each) => each.valid), ...cases.filter((each) => !each.valid)];
    for (const { name, leaf_base64: leaf, proof, valid: isValid } of [valid, ...invalid.slice(-5)].filter(
      (each) => each !== undefined,
    )) {
      await writeFile(join(folder, 'proof'), proof);
      await writeFile(join(folder, 'leaf'), Buffer.from(leaf, 'base64'));
      const checked = run(
        'verify',
        join(folder, 'proof'),
        '--policy',
        fixture('policy.txt'),
        '--leaf',
        join(folder, 'leaf'),
      );
      expect([checked.status, checked.stdout.startsWith(isValid ? 'valid' : 'invalid: ')], name).toEqual([
        isValid ? 0 : 1,
        true,
      ]);
    }
    await rm(folder, { recursive: true, force: true });
  });

  it('says what is missing', () => {
    const file = fixture('policy.txt');
    expect(run('verify', file).stderr).toContain('--policy');
    expect(run('verify', file, '--policy', file).stderr).toContain('--leaf');
  });
});
