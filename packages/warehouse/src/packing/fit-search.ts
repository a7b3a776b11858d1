import type { Work } from './effort.ts';
import { Exhaustive } from './exhaustive.ts';
import type { Fitter } from './fitter.ts';
import type { ItemType } from './item-type.ts';
import { areMisfits } from './misfit.ts';
import type { Fit } from './part.ts';
import type { Room } from './pass.ts';

/** Finds out whether units go into a carton: by constructive passes, and where they are few by trying everything. */
export class FitSearch {
  readonly #types: readonly ItemType[];
  readonly #fitter: Fitter;
  readonly #work: Work;
  readonly #exactUnits: number;
  readonly #hasLimits: boolean;
  readonly #hasApart: boolean;

  /** `counts` are those of the whole cargo: small parts of a large one are not worth as much as a small cargo. */
  constructor(types: readonly ItemType[], counts: Int32Array, fitter: Fitter, work: Work) {
    const units = counts.reduce((sum, count) => sum + count, 0);
    this.#exactUnits = units <= work.exactUnits ? units : work.exactUnits - 1;
    this.#types = types;
    this.#fitter = fitter;
    this.#work = work;
    this.#hasLimits = types.some(({ maxLoadGrams }) => maxLoadGrams < Number.POSITIVE_INFINITY);
    this.#hasApart = types.some(({ apartFrom }) => apartFrom.length > 0);
  }

  /** Where the units lie in loading order; `never` when they cannot; undefined when no way was found. */
  ask(counts: Int32Array, room: Room): Fit {
    const { passes, exactNodes } = this.#work;
    if (areMisfits(this.#types, counts, room)) return 'never';
    const found = this.#fitter.fit(counts, room, passes);
    if (found || this.#hasApart) return found;
    if (counts.reduce((sum, count) => sum + count, 0) > this.#exactUnits) return undefined;
    const exhaustive = new Exhaustive(this.#types, counts, room);
    if (exhaustive.search('apart', exactNodes) === 'none') return 'never';
    // A loading of the exhaustive search minds no load limits.
    const verdict = this.#hasLimits ? 'unknown' : exhaustive.search('supported', exactNodes);
    return typeof verdict === 'object' ? verdict.layout : undefined;
  }
}
