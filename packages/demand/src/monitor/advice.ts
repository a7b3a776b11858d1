import { SIMPLE, type Simple } from '../baseline/methods.ts';

/** The level and the name of all series together. */
export const TOTAL = 'total';

const keyOf = (level: string, name: string): string => JSON.stringify([level, name]);

/** Which groups a simple method served better than ours, as checks of past forecasts found. */
export class Advice {
  /** Undefined for ours. */
  readonly #methods = new Map<string, Simple | undefined>();

  /** Notes the method advised for a group. */
  add({ group, level, advised }: { readonly group: string; readonly level: string; readonly advised: string }): void {
    this.#methods.set(
      keyOf(level, group),
      SIMPLE.find((method) => method === advised),
    );
  }

  /** The method for a group itself; undefined for ours. */
  of(level: string, name: string): Simple | undefined {
    return this.#methods.get(keyOf(level, name));
  }

  /** The method for a series: of its smallest group that was checked, and of the total at last. */
  ofSeries(levels: readonly string[] = [], groups: readonly string[] = []): Simple | undefined {
    for (const [at, level] of levels.entries()) {
      const key = keyOf(level, groups[at] ?? '');
      if (this.#methods.has(key)) return this.#methods.get(key);
    }
    return this.of(TOTAL, TOTAL);
  }
}
