/** A rectangle on a page in points (1/72 inch). The origin is the top left corner and y grows downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The size of a page in points. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** Points per millimetre. */
export const POINTS_PER_MM = 72 / 25.4;

/** Four by six inches, the size of label printers. */
export const LABEL_SIZE: PageSize = { width: 288, height: 432 };

/** The box that is left within margins, all in points. */
export const inset = (box: Box, across: number, down = across): Box => ({
  x: box.x + across,
  y: box.y + down,
  width: box.width - 2 * across,
  height: box.height - 2 * down,
});

/** A page without its margin. */
export const pageBox = (size: PageSize, margin: number): Box => inset({ x: 0, y: 0, ...size }, margin);

/** Boxes of the given heights from the top of a box downwards, as wide as the box. */
export const rowsOf = (box: Box, heights: readonly number[]): Box[] => {
  let y = box.y;
  return heights.map((height) => {
    const row = { x: box.x, y, width: box.width, height };
    y += height;
    return row;
  });
};

/** Boxes of the given widths from the left of a box to the right, as high as the box. */
export const columnsOf = (box: Box, widths: readonly number[]): Box[] => {
  let x = box.x;
  return widths.map((width) => {
    const column = { x, y: box.y, width, height: box.height };
    x += width;
    return column;
  });
};
