/** Why an order or parcel waits instead of moving on. A hold is an expected outcome, not an error. */
export interface Hold {
  /** Stable, kebab-case, for example `no-lane` or `buyer-may-cancel`. */
  readonly code: string;
  /** What holds it, in one sentence. */
  readonly why: string;
  /** What would release it, in one sentence. */
  readonly mend: string;
}
