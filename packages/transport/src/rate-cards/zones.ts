/** A zone, and whether the postal code told it or the dearest possible one was taken. */
export interface ZoneAnswer {
  readonly zone: string;
  readonly assumed: boolean;
}

/** Zones of a card by postal prefix, from one place of despatch. */
export class ZoneMap {
  readonly #byPrefix: ReadonlyMap<string, string>;
  readonly #answers = new Map<string, ZoneAnswer>();
  readonly #prefixLength: number;

  /** Pairs of postal prefix and zone; the prefixes are of one length. */
  constructor(pairs: Iterable<readonly [string, string]>) {
    this.#byPrefix = new Map(pairs);
    this.#prefixLength = this.#byPrefix.keys().next().value?.length ?? 0;
  }

  /**
   * The zone of a postal code or of what is known of it. A masked, missing or unknown code gives the farthest zone that
   * it could mean, so that a plan never counts on the cheaper one.
   */
  zoneOf(postal: string): ZoneAnswer {
    const prefix = postal.slice(0, this.#prefixLength);
    let answer = this.#answers.get(prefix);
    if (!answer) {
      const zone = this.#byPrefix.get(prefix);
      answer = zone === undefined ? { zone: this.#farthest(prefix), assumed: true } : { zone, assumed: false };
      this.#answers.set(prefix, answer);
    }
    return answer;
  }

  #farthest(prefix: string): string {
    let farthest = '';
    for (let known = prefix; ; known = known.slice(0, -1)) {
      for (const [candidate, zone] of this.#byPrefix) {
        if (candidate.startsWith(known) && Number(zone) > Number(farthest)) farthest = zone;
      }
      if (farthest !== '' || known === '') return farthest;
    }
  }
}
