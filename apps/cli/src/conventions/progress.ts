const REDRAW_MS = 200;

/** A line on stderr that counts while something long runs. Shown only on a terminal; it never touches stdout. */
export class Progress {
  readonly #what: string;
  readonly #started = performance.now();
  readonly #shown = process.stderr.isTTY === true;
  #count = 0;
  #drawn = 0;

  constructor(what: string) {
    this.#what = what;
  }

  /** Counts more, and redraws the line now and then. */
  add(count: number, of?: number): void {
    this.#count += count;
    const now = performance.now();
    if (!this.#shown || now - this.#drawn < REDRAW_MS) return;
    this.#drawn = now;
    process.stderr.write(`\r\u001b[K${this.#text(now, of)}`);
  }

  /** Takes the line away. */
  done(): void {
    if (this.#shown && this.#drawn > 0) process.stderr.write('\r\u001b[K');
  }

  #text(now: number, of?: number): string {
    const seconds = (now - this.#started) / 1000;
    const rate = this.#count / Math.max(seconds, 0.001);
    const count = this.#count.toLocaleString('en-US');
    if (of === undefined) return `${this.#what} ${count} (${Math.round(rate).toLocaleString('en-US')}/s)`;
    const left = Math.ceil((of - this.#count) / Math.max(rate, 0.001));
    return `${this.#what} ${count} of ${of.toLocaleString('en-US')} (${Math.floor((100 * this.#count) / of)} %, ${left} s left)`;
  }
}
