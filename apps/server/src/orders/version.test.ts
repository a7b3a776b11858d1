import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anOrder } from '../../test/support.ts';
import { Keyring } from '../secrets/keyring.ts';
import { type Settled, type Standing, settle, versionName, versionOf } from './version.ts';

interface Version {
  readonly hash: string;
  readonly updatedAt: number | undefined;
  readonly placedAt: number;
}

const stated = fc.record({
  hash: fc.constantFrom('a', 'b', 'c', 'd'),
  updatedAt: fc.integer({ min: 1, max: 5 }),
  placedAt: fc.constant(0),
});
const unstated = stated.map((version): Version => ({ ...version, updatedAt: undefined }));

/** Settles versions that come one after another, as the database would remember them. */
const oneByOne = (versions: readonly Version[]): { standing: Standing | undefined; outcomes: string[] } => {
  let standing: Standing | undefined;
  const seen = new Set<string>();
  const outcomes = versions.map((version) => {
    const settled: Settled<Version> = settle(standing, seen, [version]);
    standing = settled.standing;
    seen.add(versionName(version));
    return settled.outcomes[0] ?? '';
  });
  return { standing, outcomes };
};

describe('the version that stands for an order', () => {
  it('is the same in whatever order versions come that say when they were made', () => {
    const shuffled = fc
      .array(stated, { minLength: 1, maxLength: 8 })
      .chain((versions) =>
        fc.tuple(fc.constant(versions), fc.shuffledSubarray(versions, { minLength: versions.length })),
      );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const latest = Math.max(...one.map(({ updatedAt }) => updatedAt));
        const { standing } = oneByOne(one);
        expect(oneByOne(other).standing).toEqual(standing);
        expect(standing?.updatedAt).toBe(latest);
      }),
    );
  });

  it('does not change when versions are sent again', () => {
    const history = fc.array(fc.oneof(stated, unstated), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (versions, picks) => {
        const again = Array.from(picks.take(5), (pick) => versions[pick % versions.length] as Version);
        const before = oneByOne(versions).standing;
        const { standing, outcomes } = oneByOne([...versions, ...again]);
        expect(standing).toEqual(before);
        for (const outcome of outcomes.slice(versions.length)) expect(outcome).toMatch(/^(unchanged|outdated)$/);
      }),
    );
  });

  it('does not depend on how versions fall into batches', () => {
    const history = fc.array(fc.oneof(stated, unstated), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(history, fc.nat(7), (versions, cut) => {
        const [first, second] = [versions.slice(0, cut), versions.slice(cut)];
        const seen = new Set(first.map(versionName));
        const before = first.length === 0 ? undefined : settle(undefined, new Set(), first);
        const after = second.length === 0 ? undefined : settle(before?.standing, seen, second);
        expect((after ?? before)?.standing).toEqual(oneByOne(versions).standing);
        expect([...(before?.outcomes ?? []), ...(after?.outcomes ?? [])]).toEqual(oneByOne(versions).outcomes);
      }),
    );
  });

  it('is the one that came last where senders do not say when', () => {
    const versions = ['a', 'b', 'a', 'c'].map((hash) => ({ hash, updatedAt: undefined, placedAt: 7 }));
    expect(oneByOne(versions)).toEqual({
      standing: { hash: 'c', updatedAt: 7 },
      outcomes: ['accepted', 'updated', 'outdated', 'updated'],
    });
  });
});

describe('a version', () => {
  const keyring = new Keyring(randomBytes(32));

  it('keeps nothing personal in the clear', () => {
    const { content } = versionOf(
      anOrder({ destination: { country: 'GB', postalPrefix: 'SW1A 1AA' } }),
      'operator',
      keyring,
    );
    const text = JSON.stringify(content);
    for (const personal of ['Ada', 'Sample Street', '78701', 'buyer-1', '1AA']) expect(text).not.toContain(personal);
  });

  it('tells the same buyer by the same fingerprint, which another operator cannot compare', () => {
    const buyer = (operator: string, more = {}) => versionOf(anOrder(more), operator, keyring).content.buyer;
    expect(buyer('one', { externalId: 'x' })).toBe(buyer('one', { externalId: 'y' }));
    expect(buyer('one')).not.toBe(buyer('two'));
    expect(buyer('one', { buyerId: 'buyer-2' })).not.toBe(buyer('one'));
  });

  it('is the same however its times are written, and another when the recipient moves', () => {
    const hash = (more = {}) => versionOf(anOrder(more), 'operator', keyring).hash;
    expect(hash({ placedAt: '2026-11-01T16:00:00+08:00' })).toBe(hash());
    expect(hash({ updatedAt: '2026-11-02T00:00:00Z' })).toBe(hash());
    expect(hash({ recipient: { name: 'Ada Example', lines: ['2 Sample Street'] } })).not.toBe(hash());
    expect(hash({ status: 'cancelled' })).not.toBe(hash());
  });
});
