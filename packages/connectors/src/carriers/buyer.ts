import { createHash } from 'node:crypto';
import { type Fault, fail, type Instant, ok, type Result } from '@crossparcel/units';
import type { Bought, BuyOrder, CarrierLabel, Purchase, Voided } from './carrier.ts';
import { isUncertain } from './faults.ts';
import type { PurchaseEntry, PurchaseStore, StoredEntry } from './purchase-store.ts';

/** A purchase as a carrier answers it; some send the label with it. */
export interface Committed {
  readonly purchase: Purchase;
  readonly label?: CarrierLabel;
}

/** How one carrier sells a label, in steps that a crash may fall between. */
export interface BuyingSteps {
  readonly carrier: string;
  /** Prepares the purchase without cost, and names what it can be found by later. */
  prepare(order: BuyOrder): Promise<Result<string, Fault>>;
  /** Buys: the one step that costs money. */
  commit(order: BuyOrder, handle: string): Promise<Result<Committed, Fault>>;
  /** What was bought under a handle since then, or undefined when nothing was. */
  find(order: BuyOrder, handle: string, since: Instant): Promise<Result<Committed | undefined, Fault>>;
  /** Fetches the label of a purchase. */
  label(purchase: Purchase): Promise<Result<CarrierLabel, Fault>>;
  void(purchase: Purchase): Promise<Result<Voided, Fault>>;
}

type Committing = Extract<PurchaseEntry, { state: 'committing' }>;
type Sold = Extract<PurchaseEntry, { state: 'bought' }>;

/** Where purchases are kept and how long one may be under way. */
export interface BuyerSettings {
  readonly store: PurchaseStore;
  /** How long the step that buys may take before it counts as broken off; longer than the time limit of a call. */
  readonly leaseMs: number;
  now(): Instant;
}

/**
 * Buys labels, one for each key. That the carrier is about to be asked is written down before it is; when it then fails to say
 * what became of it, or the process dies, the next call with the same key looks with the carrier first and buys only what is
 * not there. Of several at once one buys: callers in the same process share its answer, others get `purchase-under-way`.
 */
export class Buyer {
  readonly #steps: BuyingSteps;
  readonly #settings: BuyerSettings;
  readonly #underWay = new Map<string, Promise<Result<Bought, Fault>>>();

  constructor(steps: BuyingSteps, settings: BuyerSettings) {
    this.#steps = steps;
    this.#settings = settings;
  }

  async buy(order: BuyOrder): Promise<Result<Bought, Fault>> {
    const name = JSON.stringify([order.key, digestOf(order)]);
    const before = this.#underWay.get(name);
    if (before) return before;
    const buying = this.#buy(order).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, buying);
    return buying;
  }

  /** Gives a label back and notes it under its key. */
  async void(purchase: Purchase): Promise<Result<Voided, Fault>> {
    const voided = await this.#steps.void(purchase);
    if (!voided.ok) return voided;
    const { store } = this.#settings;
    for (;;) {
      const stored = await store.read(purchase.carrier, purchase.key);
      if (stored?.entry.state !== 'bought' || stored.entry.isVoid) return voided;
      if (await this.#write(purchase.key, stored.version, { ...stored.entry, isVoid: true })) return voided;
    }
  }

  async #buy(order: BuyOrder): Promise<Result<Bought, Fault>> {
    const stored = await this.#settings.store.read(this.#steps.carrier, order.key);
    if (stored && stored.entry.order !== digestOf(order)) return fail(keyReused(order.key));
    switch (stored?.entry.state) {
      case 'bought':
        return this.#deliver(order, stored.version, stored.entry);
      case 'committing':
        return this.#resume(order, stored.version, stored.entry);
      default:
        return this.#start(order, stored);
    }
  }

  async #start(order: BuyOrder, stored: StoredEntry | undefined): Promise<Result<Bought, Fault>> {
    const prepared = await this.#steps.prepare(order);
    if (!prepared.ok) return prepared;
    return this.#commit(order, stored?.version ?? 0, prepared.value);
  }

  /** Takes up what was begun and did not come to an end. */
  async #resume(order: BuyOrder, version: number, entry: Committing): Promise<Result<Bought, Fault>> {
    const { leaseMs, now } = this.#settings;
    const until = entry.at + leaseMs;
    if (now() < until) return fail(underWay(order.key, until));
    const found = await this.#steps.find(order, entry.handle, entry.at);
    if (!found.ok) return fail(uncertain(order.key, found.error));
    if (found.value) return this.#keep(order, version, found.value);
    return this.#commit(order, version, entry.handle, true);
  }

  /** `isAgain`: the same was tried before, so that a refusal may mean that it came through then. */
  async #commit(order: BuyOrder, version: number, handle: string, isAgain = false): Promise<Result<Bought, Fault>> {
    const at = this.#settings.now();
    const entry: Committing = { state: 'committing', order: digestOf(order), handle, at };
    // Whoever was faster has written what is to be known.
    if (!(await this.#write(order.key, version, entry))) return this.#buy(order);
    const committed = await this.#steps.commit(order, handle);
    if (committed.ok) return this.#keep(order, version + 1, committed.value);
    const isRefused = !isUncertain(committed.error);
    const found: Result<Committed | undefined, Fault> =
      isRefused && !isAgain ? ok(undefined) : await this.#steps.find(order, handle, at);
    if (found.ok && found.value) return this.#keep(order, version + 1, found.value);
    if (!isRefused || !found.ok) return fail(uncertain(order.key, committed.error));
    await this.#write(order.key, version + 1, { state: 'released', order: entry.order });
    return committed;
  }

  async #keep(order: BuyOrder, version: number, { purchase, label }: Committed): Promise<Result<Bought, Fault>> {
    const entry: Sold = {
      state: 'bought',
      order: digestOf(order),
      purchase,
      isVoid: false,
      ...(label && { label: { format: label.format, base64: Buffer.from(label.bytes).toString('base64') } }),
    };
    if (!(await this.#write(order.key, version, entry))) return this.#buy(order);
    return this.#deliver(order, version + 1, entry);
  }

  async #deliver(order: BuyOrder, version: number, entry: Sold): Promise<Result<Bought, Fault>> {
    const { purchase, label, isVoid } = entry;
    if (isVoid) return fail(voidedBefore(order.key));
    if (label) {
      const bytes = new Uint8Array(Buffer.from(label.base64, 'base64'));
      return ok({ purchase, label: { format: label.format, bytes } });
    }
    const fetched = await this.#steps.label(purchase);
    if (!fetched.ok) return fail(labelMissing(purchase, fetched.error));
    const { format, bytes } = fetched.value;
    // Kept so that it need not be fetched again; if another writer was faster, so much the better.
    const kept = { format, base64: Buffer.from(bytes).toString('base64') };
    await this.#write(order.key, version, { ...entry, label: kept });
    return ok({ purchase, label: fetched.value });
  }

  #write(key: string, after: number, entry: PurchaseEntry): Promise<boolean> {
    return this.#settings.store.write(this.#steps.carrier, key, after, entry);
  }
}

const digestOf = ({ shipment, service }: BuyOrder): string =>
  createHash('sha256')
    .update(JSON.stringify([shipment, service]))
    .digest('hex');

const keyReused = (key: string): Fault => ({
  code: 'key-reused',
  field: 'key',
  what: `another shipment or service was ordered under ${key}`,
  mend: 'give each label a key of its own',
  data: { key },
});

const underWay = (key: string, until: Instant): Fault => ({
  code: 'purchase-under-way',
  what: `${key} is being bought`,
  mend: 'call again with the same key',
  data: { key, until },
});

const uncertain = (key: string, cause: Fault): Fault => ({
  code: 'purchase-uncertain',
  what: `it is not known whether ${key} was bought: ${cause.what}`,
  mend: 'call again with the same key; the carrier is asked what it has before anything is bought',
  data: { key, cause: cause.code, ...cause.data },
});

const labelMissing = (purchase: Purchase, cause: Fault): Fault => ({
  code: 'label-missing',
  what: `${purchase.number} was bought but its label was not fetched: ${cause.what}`,
  mend: 'call again with the same key; nothing is bought again',
  data: { purchase, cause: cause.code },
});

const voidedBefore = (key: string): Fault => ({
  code: 'purchase-voided',
  field: 'key',
  what: `what was bought under ${key} was given back`,
  mend: 'give a new key',
  data: { key },
});
