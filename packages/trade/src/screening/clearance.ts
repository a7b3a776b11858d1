import { parseDay } from '@crossparcel/units';
import * as z from 'zod';

const day = z.string().refine((text) => parseDay(text) !== undefined, 'is not a date; write YYYY-MM-DD');

/**
 * Schema of a false positive that a person has decided: this party is not that entry as it stood then. It names the party by
 * its fingerprint only.
 */
export const clearanceSchema = z.strictObject({
  list: z.string(),
  entry: z.string(),
  /** Fingerprint of the entry when it was decided, as the hit told it. */
  entryVersion: z.string(),
  /** Fingerprint of the party, as the hit told it. */
  party: z.string(),
  by: z.string().min(1),
  on: day,
  reason: z.string().min(1),
  /** Last day on which it holds. */
  until: day.optional(),
});
export type Clearance = z.infer<typeof clearanceSchema>;

/** What a hit is known by. */
export type ClearanceKey = Pick<Clearance, 'list' | 'entry' | 'entryVersion' | 'party'>;

const keyOf = ({ list, entry, party }: ClearanceKey): string => JSON.stringify([list, entry, party]);

/** What was decided before about a hit: that it is none, or why the decision no longer holds. */
export type Verdict = { readonly cleared: Clearance } | { readonly reopened: string } | undefined;

/** Decisions of persons, looked up by hit. */
export class Clearances {
  readonly #decided = new Map<string, Clearance[]>();

  constructor(clearances: readonly Clearance[]) {
    for (const one of clearances) {
      const same = this.#decided.get(keyOf(one));
      if (same) same.push(one);
      else this.#decided.set(keyOf(one), [one]);
    }
  }

  /** The verdict on a hit on a day: a decision holds while the list says the same of the entry, and until its last day. */
  verdict(hit: ClearanceKey, today: string): Verdict {
    const decided = this.#decided.get(keyOf(hit)) ?? [];
    const same = decided.filter(({ entryVersion }) => entryVersion === hit.entryVersion);
    const cleared = same.find(({ on, until }) => on <= today && (until === undefined || today <= until));
    if (cleared) return { cleared };
    const last = decided.at(-1);
    if (!last) return undefined;
    const why = same.length > 0 ? 'does not hold on this day' : 'was about the entry as it stood before it changed';
    return { reopened: `the decision of ${last.on} by ${last.by} ${why}` };
  }
}
