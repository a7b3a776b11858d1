import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MicroBatcher } from './micro-batcher.ts';

const BATCHING = { most: 8, waitMs: 2, width: 2, mostWaiting: 1000, isOfOneItem: () => true };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('group commit', () => {
  it('gives every caller its own results, in order, in batches that are no larger than allowed', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(sizes, async (calls) => {
        const batches: number[] = [];
        let running = 0;
        let most = 0;
        const batcher = new MicroBatcher<number, string>(BATCHING, async (items) => {
          batches.push(items.length);
          running += 1;
          most = Math.max(most, running);
          await pause(1);
          running -= 1;
          return items.map((item) => `done ${item}`);
        });
        let next = 0;
        const given = calls.map((count) => Array.from({ length: count }, () => next++));
        const answers = await Promise.all(given.map((items) => batcher.addAll(items)));
        expect(answers).toEqual(given.map((items) => items.map((item) => `done ${item}`)));
        expect(Math.max(...batches)).toBeLessThanOrEqual(BATCHING.most);
        expect(batches.reduce((sum, count) => sum + count, 0)).toBe(next);
        expect(most).toBeLessThanOrEqual(BATCHING.width);
      }),
      { numRuns: 25 },
    );
  });

  it('lets one bad item fail alone', async () => {
    const batcher = new MicroBatcher<number, number>(BATCHING, async (items) => {
      if (items.includes(13)) throw new Error('13');
      return items;
    });
    const good = Array.from({ length: 12 }, (_, index) => batcher.addAll([index]));
    const bad = batcher.addAll([13]);
    await expect(bad).rejects.toThrow('13');
    expect((await Promise.all(good)).flat()).toEqual(Array.from({ length: 12 }, (_, index) => index));
  });

  it('tells all of a batch when the world fails, and does not halve it', async () => {
    let tries = 0;
    const batcher = new MicroBatcher<number, number>({ ...BATCHING, isOfOneItem: () => false }, async () => {
      tries += 1;
      throw new Error('no database');
    });
    await expect(batcher.addAll([1, 2, 3, 4])).rejects.toThrow('no database');
    expect(tries).toBe(1);
  });

  it('refuses more when too many are waiting, and takes them again later', async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const batcher = new MicroBatcher<number, number>({ ...BATCHING, mostWaiting: 20 }, async (items) => {
      await gate;
      return items;
    });
    const first = batcher.addAll(Array.from({ length: 20 }, (_, index) => index));
    await pause(10);
    const second = batcher.addAll(Array.from({ length: 16 }, (_, index) => index));
    await expect(batcher.addAll([1])).rejects.toMatchObject({ code: 'busy' });
    open();
    expect(await first).toHaveLength(20);
    expect(await second).toHaveLength(16);
    expect(await batcher.addAll([1])).toEqual([1]);
  });
});
