import type { Box, PageSize } from './box.ts';
import type { Face } from './fonts.ts';
import type { Barcode, Matrix } from './symbol.ts';

/** Colours of ink. A label printer has black only and prints red as black. */
export type Ink = 'black' | 'white' | 'red';

/** A line of text. `x` and `baseline` are where it begins; `width` is how wide it is in the face that it is set in. */
export interface TextItem {
  readonly kind: 'text';
  readonly text: string;
  readonly face: Face;
  readonly bold: boolean;
  readonly size: number;
  readonly x: number;
  readonly baseline: number;
  readonly width: number;
  readonly align: 'left' | 'center' | 'right';
  readonly ink: Ink;
}

/** A linear barcode: bars from `y` downwards, without its quiet zones. */
export interface BarsItem {
  readonly kind: 'bars';
  readonly barcode: Barcode;
  readonly x: number;
  readonly y: number;
  readonly module: number;
  readonly height: number;
}

/** A square of modules, without its quiet zone. */
export interface MatrixItem {
  readonly kind: 'matrix';
  readonly matrix: Matrix;
  readonly x: number;
  readonly y: number;
  readonly module: number;
}

/** Something on a page. Coordinates and sizes are in points from the top left corner; later items lie on earlier ones. */
export type Item =
  | { readonly kind: 'fill'; readonly boxes: readonly Box[]; readonly ink: Ink }
  | { readonly kind: 'frame'; readonly box: Box; readonly lineWidth: number }
  | { readonly kind: 'polygon'; readonly points: readonly (readonly [number, number])[]; readonly ink: Ink }
  | TextItem
  | BarsItem
  | MatrixItem;

/** A page as what is on it: all renderers draw from this, so that they cannot differ in what is printed where. */
export interface Drawing {
  readonly size: PageSize;
  readonly items: readonly Item[];
}
