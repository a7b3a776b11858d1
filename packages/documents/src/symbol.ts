/** A Code 128 symbol: the widths of bar, space, bar, and so on in modules, and what it says. */
export interface Barcode {
  readonly widths: readonly number[];
  /** What it encodes, element strings of GS1 as `(01)...(21)...`. */
  readonly text: string;
  readonly isGs1: boolean;
}

/** A Data Matrix symbol: a square of so many modules, row by row, 1 for dark; and what it says. */
export interface Matrix {
  readonly size: number;
  readonly dark: readonly number[];
  /** What it encodes, element strings of GS1 as `(01)...(21)...`. */
  readonly text: string;
  readonly isGs1: boolean;
}
