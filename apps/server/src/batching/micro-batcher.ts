import { CrossparcelError } from '@crossparcel/units';

interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** How items are gathered. */
export interface Batching {
  /** Most items in one batch. */
  readonly most: number;
  /** How long the first item of a batch waits for company, in milliseconds. */
  readonly waitMs: number;
  /** Batches that may be worked on at the same time. */
  readonly width: number;
  /** Items that may wait; more are refused, so that senders slow down before the memory is full. */
  readonly mostWaiting: number;
  /** Whether a failure lies in some item of the batch rather than in the world. */
  isOfOneItem(error: unknown): boolean;
}

/**
 * Group commit: items that come within a few milliseconds are worked on as one batch, so that one transaction makes many
 * of them durable. Each caller hears of its own item when the whole batch is done. A batch that one item spoils is
 * halved until that item fails alone.
 */
export class MicroBatcher<Item, Result> {
  readonly #batching: Batching;
  readonly #work: (items: readonly Item[]) => Promise<readonly Result[]>;
  #waiting: Waiting<Item, Result>[] = [];
  #timer: NodeJS.Timeout | undefined;
  #running = 0;

  /** `work` gives one result an item, in order. */
  constructor(batching: Batching, work: (items: readonly Item[]) => Promise<readonly Result[]>) {
    this.#batching = batching;
    this.#work = work;
  }

  /** Adds items; the promise is kept when all of them are done. Throws `busy` when too many are waiting. */
  async addAll(items: readonly Item[]): Promise<Result[]> {
    if (this.#waiting.length + items.length > this.#batching.mostWaiting) {
      throw new CrossparcelError({
        code: 'busy',
        what: `${this.#waiting.length} records are waiting already`,
        mend: 'send them again in a moment',
      });
    }
    const done = items.map((item) => this.#add(item));
    // All of them are heard before one that failed is told, so that nothing goes on behind the caller's back.
    const settled = await Promise.allSettled(done);
    return settled.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
  }

  #add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#waiting.length >= this.#batching.most) this.#start();
      else this.#timer ??= setTimeout(() => this.#start(), this.#batching.waitMs);
    });
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#running >= this.#batching.width || this.#waiting.length === 0) return;
    const batch = this.#waiting.splice(0, this.#batching.most);
    this.#running += 1;
    this.#run(batch).finally(() => {
      this.#running -= 1;
      this.#start();
    });
    if (this.#waiting.length > 0) this.#start();
  }

  async #run(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#work(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (batch.length > 1 && this.#batching.isOfOneItem(error)) {
        const middle = Math.ceil(batch.length / 2);
        await this.#run(batch.slice(0, middle));
        await this.#run(batch.slice(middle));
        return;
      }
      for (const { reject } of batch) reject(error);
    }
  }
}
