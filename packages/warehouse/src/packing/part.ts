/** Number of the choice that is no carton: a unit as it is. */
export const OWN_PACKING = -1;

/** A parcel of a division: what it holds, and in which carton. */
export interface Part {
  /** Units of each type of the cargo. */
  readonly counts: Int32Array;
  /** Index among the offered choices, or `OWN_PACKING`. */
  readonly choice: number;
  /** What the search makes small. */
  readonly cost: number;
  /** Where the units lie, in loading order; empty for a unit as it is. */
  readonly layout: Int32Array;
}

/**
 * Whether units go into a carton: where they lie in loading order, seven numbers a unit as in `UnitList`; `never` when it
 * is certain that they do not; undefined when no way was found.
 */
export type Fit = Int32Array | 'never' | undefined;

/** Asks whether units go into a carton of some choice. */
export type FitQuestion = (counts: Int32Array, choice: number) => Fit;
