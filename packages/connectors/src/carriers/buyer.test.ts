import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, ok } from '@crossparcel/units';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Buyer, type BuyingSteps, type Committed } from './buyer.ts';
import type { BuyOrder } from './carrier.ts';
import { callFault } from './faults.ts';
import { FolderPurchaseStore, MemoryPurchaseStore, type PurchaseStore } from './purchase-store.ts';
import { domestic, LEASE_MS, NOW } from './test/trial.ts';

const folder = mkdtempSync(join(tmpdir(), 'crossparcel-buyer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const order: BuyOrder = { key: 'parcel-1', shipment: domestic, service: 'ground' };

/** What may befall a purchase. A crash ends the process: nothing is written after it. */
const MISHAPS = [
  'none',
  'refused',
  'silent before',
  'silent after',
  'crash before',
  'crash after',
  'find silent, charged',
  'find silent, not charged',
] as const;
type Mishap = (typeof MISHAPS)[number];

const silent = callFault('trial', 'buy', { kind: 'silent' }, []);

/** A carrier that charges, and keeps what it charged under the handle that it was given. */
class TrialSteps implements BuyingSteps {
  readonly carrier = 'trial';
  readonly charged = new Map<string, Committed>();
  prepared = 0;
  mishap: Mishap = 'none';

  async prepare() {
    this.prepared += 1;
    return ok(`handle-${this.prepared}`);
  }

  async commit({ key, service }: BuyOrder, handle: string) {
    if (this.mishap === 'refused') return fail(callFault('trial', 'buy', { kind: 'refused' }, []));
    if (this.mishap === 'crash before') throw new Error('crash');
    if (this.mishap === 'silent before' || this.mishap === 'find silent, not charged') return fail(silent);
    const number = `N${this.charged.size + 1}`;
    const committed: Committed = {
      purchase: {
        key,
        carrier: 'trial',
        id: handle,
        service,
        via: 'trial',
        number,
        cost: { minor: 100, currency: 'USD' },
      },
      label: { format: 'zpl', bytes: Buffer.from('^XA^XZ') },
    };
    // A carrier that charged for a handle charges again when it is asked again.
    this.charged.set(`${handle} ${number}`, committed);
    if (this.mishap === 'crash after') throw new Error('crash');
    if (this.mishap !== 'none') return fail(silent);
    return ok(committed);
  }

  async find(_order: BuyOrder, handle: string) {
    if (this.mishap.startsWith('find silent')) return fail(silent);
    const found = [...this.charged].find(([name]) => name.startsWith(`${handle} `));
    return ok(found?.[1]);
  }

  async label() {
    return fail(silent);
  }

  async void() {
    return ok({ outcome: 'voided' as const, said: '' });
  }
}

const survives = async (store: PurchaseStore, mishaps: readonly Mishap[]) => {
  const steps = new TrialSteps();
  let at = NOW;
  for (const mishap of [...mishaps, 'none' as const]) {
    steps.mishap = mishap;
    // Each time in a new process.
    const buyer = new Buyer(steps, { store, leaseMs: LEASE_MS, now: () => at });
    const result = await buyer.buy(order).catch(() => undefined);
    if (result?.ok) expect(result.value.purchase.number).toBe('N1');
    expect(steps.charged.size).toBeLessThanOrEqual(1);
    at += LEASE_MS;
  }
  const last = await new Buyer(steps, { store, leaseMs: LEASE_MS, now: () => at }).buy(order);
  expect([last.ok, steps.charged.size]).toEqual([true, 1]);
};

describe('a key', () => {
  it('is charged once, whatever befalls the purchase', async () => {
    const ways = fc.array(fc.constantFrom(...MISHAPS), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(ways, async (mishaps) => {
        await survives(new MemoryPurchaseStore(), mishaps);
      }),
    );
  });

  it('is charged once over a folder too, however the process ends', async () => {
    let count = 0;
    for (const mishap of MISHAPS) {
      for (const next of MISHAPS) {
        count += 1;
        await survives(await FolderPurchaseStore.open(join(folder, String(count))), [mishap, next]);
      }
    }
  });

  it('is charged once when many processes buy at the same time', async () => {
    const root = join(folder, 'at-once');
    const steps = new TrialSteps();
    const buyers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const store = await FolderPurchaseStore.open(root);
        return new Buyer(steps, { store, leaseMs: LEASE_MS, now: () => NOW });
      }),
    );
    const results = await Promise.all(buyers.map((buyer) => buyer.buy(order)));
    expect(steps.charged.size).toBe(1);
    for (const result of results) {
      if (result.ok) expect(result.value.purchase.number).toBe('N1');
      else expect(result.error.code).toBe('purchase-under-way');
    }
    expect(results.some(({ ok: isDone }) => isDone)).toBe(true);
  });

  it('leaves files that only their owner reads, and nothing half written', async () => {
    const root = join(folder, 'files');
    const store = await FolderPurchaseStore.open(root);
    await new Buyer(new TrialSteps(), { store, leaseMs: LEASE_MS, now: () => NOW }).buy(order);
    const names = readdirSync(root);
    expect(names.length).toBeGreaterThan(0);
    expect(names.every((name) => name.endsWith('.json'))).toBe(true);
    if (process.platform !== 'win32')
      expect(names.every((name) => (statSync(join(root, name)).mode & 0o077) === 0)).toBe(true);
  });
});
