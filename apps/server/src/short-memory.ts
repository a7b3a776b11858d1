/**
 * Remembers for a short while what was read from the database, so that it is not read for every request. Those who ask
 * while it is being read wait for the same answer. Nothing is remembered of what is not there, or anybody could fill
 * the memory with names of nothing. What another process changes is seen when the time is over.
 */
export class ShortMemory<Value> {
  readonly #keptMs: number;
  readonly #known = new Map<string, { readonly value: Promise<Value | undefined>; readonly until: number }>();

  constructor(keptMs: number) {
    this.#keptMs = keptMs;
  }

  get(key: string, now: number, read: () => Promise<Value | undefined>): Promise<Value | undefined> {
    const known = this.#known.get(key);
    if (known && known.until > now) return known.value;
    const entry = { value: read(), until: now + this.#keptMs };
    this.#known.set(key, entry);
    const drop = () => {
      if (this.#known.get(key) === entry) this.#known.delete(key);
    };
    entry.value.then((value) => value === undefined && drop(), drop);
    return entry.value;
  }

  forget(key: string): void {
    this.#known.delete(key);
  }
}
