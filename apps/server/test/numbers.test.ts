import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isS10 } from '@crossparcel/documents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asTenant, type Tenant } from '../src/database/tenant.ts';
import { takeBlocks } from '../src/despatch/number-blocks.ts';
import { closeLease, leaseBlock, listRanges, openRange } from '../src/despatch/number-leases.ts';
import { openHouse } from '../src/house.ts';
import type { Job } from './number-victim.ts';
import { KINDS, openTestHouse, seeingAll, silent, type TestHouse } from './support.ts';

const VICTIM = fileURLToPath(new URL('./number-victim.ts', import.meta.url));
const RANGE = { form: { kind: 's10', service: 'RX', country: 'CN' }, first: 1000, last: 60_999 } as const;
const SSCCS = { form: { kind: 'sscc', extension: 3, companyPrefix: '9521234' }, first: 1, last: 40 } as const;

describe.each(KINDS)('leases of numbers on %s', (kind) => {
  let test: TestHouse;
  let tenant: Required<Tenant>;
  const work = <Result>(todo: Parameters<typeof asTenant<Result>>[2]) => asTenant(test.house.database, tenant, todo);
  const reuse = () => test.house.atlas.numberReuse();
  const lease = (count: number, holder = 'line', seconds = 3600, of: 's10' | 'sscc' = 's10') =>
    work((sql) => leaseBlock(sql, tenant.operator, { kind: of, count, holder, seconds }));
  const close = (id: string, issued: number, rest: 'returned' | 'burnt') =>
    work((sql) => closeLease(sql, tenant.operator, id, { issued, rest }));
  const account = async (of: 's10' | 'sscc' = 's10') =>
    (await work((sql) => listRanges(sql, tenant.operator))).find(({ form }) => form.kind === of);

  beforeAll(async () => {
    test = await openTestHouse(kind);
    const [seller] = await test.raw<{ id: string; operator_id: string }>('SELECT id, operator_id FROM sellers');
    tenant = { operator: seller?.operator_id ?? '', seller: seller?.id ?? '' };
    for (const range of [RANGE, SSCCS]) {
      expect(await work((sql) => openRange(sql, tenant.operator, range, reuse()))).toMatchObject({ ok: true });
    }
  });
  afterAll(() => test.remove());

  /** Expects every serial number below the next fresh one to lie in one block, and no two blocks to overlap. */
  const expectNoGapsAndNoRepeats = async (): Promise<void> => {
    const blocks = await test.raw<{ first: number; last: number }>(
      "SELECT first::int, last::int FROM number_leases WHERE kind = 's10' ORDER BY first",
    );
    let next: number = RANGE.first;
    for (const { first, last } of blocks) {
      expect(first).toBe(next);
      next = last + 1;
    }
    const [range] = await test.raw<{ next: number }>("SELECT next::int FROM number_ranges WHERE kind = 's10'");
    expect(range?.next).toBe(next);
    const { counts } = (await account()) ?? {};
    const given = (counts?.open ?? 0) + (counts?.used ?? 0) + (counts?.returned ?? 0) + (counts?.burnt ?? 0);
    expect(given).toBe(next - RANGE.first);
    expect(counts?.fresh).toBe(RANGE.last - next + 1);
  };

  it('gives many at once different numbers in unbroken order', async () => {
    const leases = await Promise.all(Array.from({ length: 24 }, (_, index) => lease(1 + (index % 7), `line ${index}`)));
    const numbers = leases.flatMap((one) => one.numbers);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.every(isS10)).toBe(true);
    await expectNoGapsAndNoRepeats();
    for (const [index, { id, numbers: own }] of leases.entries()) {
      expect(await close(id, Math.floor(own.length / 2), index % 2 === 0 ? 'returned' : 'burnt')).toMatchObject({
        ok: true,
        value: { used: Math.floor(own.length / 2), rest: Math.ceil(own.length / 2) },
      });
    }
    await expectNoGapsAndNoRepeats();
    expect((await account())?.counts.open).toBe(0);
  });

  it('gives returned numbers again before fresh ones, and used and burnt ones never', async () => {
    const before = await account();
    const first = await lease(10);
    await close(first.id, 4, 'returned');
    const burnt = await lease(3);
    await close(burnt.id, 0, 'burnt');
    const returned = (await account())?.counts.returned ?? 0;
    const again = await lease(returned + 2);
    for (const number of [...first.numbers.slice(0, 4), ...burnt.numbers]) expect(again.numbers).not.toContain(number);
    expect((await account())?.counts.returned).toBe(0);
    await close(again.id, again.numbers.length, 'burnt');
    expect((await account())?.counts.used).toBeGreaterThan(before?.counts.used ?? 0);
    await expectNoGapsAndNoRepeats();
  });

  it('gives nothing to a transaction that fails', async () => {
    const before = await account();
    const failing = work(async (sql) => {
      await takeBlocks(sql, tenant.operator, { kind: 's10', count: 9, holder: 'despatch', seconds: undefined });
      throw new Error('it fails');
    });
    await expect(failing).rejects.toThrow('it fails');
    expect(await account()).toEqual(before);
  });

  it('burns what is not closed in time, and closes nothing twice', async () => {
    const late = await lease(5);
    const before = (await account())?.counts.burnt ?? 0;
    await test.raw("UPDATE number_leases SET expires_at = now() - interval '1 second' WHERE state = 'open'");
    expect((await account())?.counts.burnt).toBe(before + 5);
    expect(await close(late.id, 5, 'returned')).toBeUndefined();
    const open = await lease(5);
    expect(await close(open.id, 6, 'returned')).toMatchObject({ ok: false, error: { field: 'issued' } });
    expect(await close(open.id, 5, 'returned')).toMatchObject({ ok: true });
    expect(await close(open.id, 5, 'returned')).toBeUndefined();
    await expectNoGapsAndNoRepeats();
  });

  it('refuses more than a range has, and gives none of it', async () => {
    const most = await lease(SSCCS.last - SSCCS.first, 'line', 3600, 'sscc');
    await expect(lease(2, 'line', 3600, 'sscc')).rejects.toMatchObject({ code: 'numbers-used-up' });
    expect((await account('sscc'))?.counts).toMatchObject({ fresh: 1, open: 39 });
    await close(most.id, 39, 'burnt');
  });

  it('opens a range again only when its numbers may come back: twelve months later', async () => {
    const again = () => work((sql) => openRange(sql, tenant.operator, SSCCS, reuse()));
    expect(await again()).toMatchObject({ ok: false, error: { code: 'numbers-too-young', field: 'first' } });
    const age = (interval: string) =>
      test.raw(`UPDATE number_leases SET closed_at = now() - interval '${interval}' WHERE kind = 'sscc'`);
    await age('12 months -1 hour');
    expect(await again()).toMatchObject({ ok: false, error: { code: 'numbers-too-young' } });
    await age('12 months 1 hour');
    expect(await again()).toMatchObject({ ok: true });
    expect((await lease(1, 'line', 3600, 'sscc')).numbers).toEqual(['395212340000000014']);
    expect(await again()).toMatchObject({ ok: false, error: { code: 'leases-open' } });
  });

  it('refuses a range whose numbers cannot be formed', async () => {
    const open = (change: object) => work((sql) => openRange(sql, tenant.operator, { ...RANGE, ...change }, reuse()));
    expect(await open({ last: 100_000_000 })).toMatchObject({ ok: false, error: { field: 'form' } });
    expect(await open({ first: 9, last: 8 })).toMatchObject({ ok: false, error: { field: 'last' } });
  });

  it('over HTTP, for keys of the operator', async () => {
    const client = test.client(await test.keyOf({ operator: tenant.operator }));
    const leased = await client.call('numbers.lease', {
      body: { kind: 's10', count: 3, holder: 'press', seconds: 60 },
    });
    expect(leased.numbers).toHaveLength(3);
    const closed = await client.call('numbers.close', {
      params: { id: leased.id },
      body: { issued: 1, rest: 'burnt' },
    });
    expect(closed).toEqual({ used: 1, rest: 2 });
    const { ranges } = await client.call('numbers.ranges', {});
    expect(ranges.map(({ form }) => form.kind)).toEqual(['s10', 'sscc']);
  });

  it('stays whole when those who lease are killed at any moment', async () => {
    const { dataFolder, databaseUrl } = test.config;
    await test.house.close();
    const said: string[] = [];
    const kill = async (name: string, lines: number): Promise<void> => {
      const job: Job = { dataFolder, databaseUrl, operator: tenant.operator, name };
      const child = spawn(process.execPath, [VICTIM, JSON.stringify(job)], { stdio: ['ignore', 'pipe', 'inherit'] });
      let text = '';
      child.stdout.on('data', (part: Buffer) => {
        text += part.toString('utf8');
        if (text.split('\n').length > lines) child.kill('SIGKILL');
      });
      const signal = await new Promise((resolve) => child.on('close', (_, how) => resolve(how)));
      expect(signal).toBe('SIGKILL');
      said.push(
        ...text
          .split('\n')
          .slice(0, -1)
          .flatMap((line) => JSON.parse(line) as string[]),
      );
    };
    // A folder lets one process in; a server serves several at once.
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    if (kind === 'pglite') for (const [index, name] of names.entries()) await kill(name, 5 + 3 * index);
    else await Promise.all(names.map((name, index) => kill(name, 5 + 3 * index)));
    const house = await openHouse(test.config, silent);
    test = { ...test, house, raw: (text, values) => rawOn(house, text, values), remove: () => remove(house) };
    expect(said.length).toBeGreaterThan(6 * 5);
    expect(new Set(said).size).toBe(said.length);
    await expectNoGapsAndNoRepeats();
    await test.raw("UPDATE number_leases SET expires_at = now() - interval '1 second' WHERE state = 'open'");
    const given = new Set(said);
    const further = await lease(200);
    expect(further.numbers.filter((number) => given.has(number))).toEqual([]);
    await expectNoGapsAndNoRepeats();
  }, 120_000);

  const rawOn = <Row>(house: TestHouse['house'], text: string, values?: readonly unknown[]): Promise<Row[]> =>
    house.database.transaction((sql) => seeingAll(sql, () => sql.query<Row>(text, values)));
  const remove = async (house: TestHouse['house']): Promise<void> => {
    await house.close();
    await rm(test.config.dataFolder, { recursive: true, force: true });
  };
});
