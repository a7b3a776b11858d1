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
}

/**
 * Group commit: items that come within a few milliseconds are worked on as one batch, so that one transaction makes many
 * of them durable. Each caller hears of its own item when the whole batch is done, and of the failure when it fails.
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

  /** Adds an item; the promise is kept when its batch is done. */
  add(item: Item): Promise<Result> {
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
      for (const { reject } of batch) reject(error);
    }
  }
}
