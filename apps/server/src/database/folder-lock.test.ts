import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderLock, holderOf } from './folder-lock.ts';

const module = new URL('./folder-lock.ts', import.meta.url).href;

describe('the lock of a data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossparcel-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const takeElsewhere = (then: string) =>
    `const { FolderLock } = await import(${JSON.stringify(module)});
     const lock = await FolderLock.take(${JSON.stringify(folder)}).catch((error) => { console.log(error.code); process.exit(); });
     ${then}`;
  const elsewhere = (then: string): string =>
    spawnSync(process.execPath, ['--input-type=module', '-e', takeElsewhere(then)], { encoding: 'utf8' }).stdout.trim();

  it('is held by one process at a time, which says where it can be talked to', async () => {
    const lock = await FolderLock.take(folder);
    expect(elsewhere('console.log("taken")')).toBe('folder-in-use');
    await expect(FolderLock.take(folder)).rejects.toMatchObject({ code: 'folder-in-use', data: { pid: process.pid } });
    await lock.announce('http://127.0.0.1:4600');
    expect(await holderOf(folder)).toMatchObject({ pid: process.pid, url: 'http://127.0.0.1:4600' });
    await lock.release();
    expect(await holderOf(folder)).toBeUndefined();
    expect(elsewhere('console.log("taken")')).toBe('taken');
  });

  it('of a process that was killed does not stand in the way', async () => {
    elsewhere('process.kill(process.pid, "SIGKILL")');
    expect(await readFile(join(folder, 'lock'), 'utf8')).toContain('pid');
    expect(await holderOf(folder)).toBeUndefined();
    await (await FolderLock.take(folder)).release();
  });

  it('is not taken for held when another process has got the same number, or the file is torn', async () => {
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: process.pid, host: hostname(), started: '1' }));
    expect(await holderOf(folder)).toBeUndefined();
    await writeFile(join(folder, 'lock'), '{"pid":');
    expect(await holderOf(folder)).toBeUndefined();
    await (await FolderLock.take(folder)).release();
  });

  it('of another machine is respected, since its processes cannot be seen', async () => {
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: 1, host: 'elsewhere', started: '1' }));
    await expect(FolderLock.take(folder)).rejects.toMatchObject({ code: 'folder-in-use' });
  });

  it('is got by exactly one of many who find a stale one in the same moment, however their steps interleave', async () => {
    // The thread pool deals out the steps of eight takers anew each round; a lock made between two steps of another must stand.
    for (let round = 0; round < 1_000; round += 1) {
      await writeFile(join(folder, 'lock'), '{"pid":');
      const takers = await Promise.allSettled(Array.from({ length: 8 }, () => FolderLock.take(folder)));
      const locks = takers.filter((taker) => taker.status === 'fulfilled');
      expect(locks).toHaveLength(1);
    }
  });

  it('is got by exactly one of many processes that find a stale one together', async () => {
    for (let round = 0; round < 3; round += 1) {
      elsewhere('process.kill(process.pid, "SIGKILL")');
      // Whoever has it holds on until all have said what they got, however slowly they start.
      const racers = Array.from({ length: 6 }, () =>
        spawn(process.execPath, [
          '--input-type=module',
          '-e',
          takeElsewhere('console.log("taken"); process.stdin.resume();'),
        ]),
      );
      const said = racers.map(
        (child) =>
          new Promise<string>((resolve) => {
            child.stdout.once('data', (part: Buffer) => resolve(part.toString().trim()));
          }),
      );
      const results = await Promise.all(said);
      for (const child of racers) child.stdin.end();
      await Promise.all(racers.map((child) => child.exitCode ?? once(child, 'close')));
      expect(results.filter((result) => result === 'taken')).toHaveLength(1);
      expect(results.filter((result) => result === 'folder-in-use')).toHaveLength(5);
    }
  });
});
