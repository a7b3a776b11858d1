import { Bitmap } from './bitmap.ts';

/** A closed outline as its corners, in dots. */
export type Contour = readonly (readonly [number, number])[];

/** A bitmap and where its top left corner lies. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly bitmap: Bitmap;
}

/** Lines through each dot row along which coverage is measured. */
const LINES = 4;
/** Share of a dot that has to be covered to be printed. Below one half, so that thin strokes stay whole. */
const COVERED = 0.42;

interface Crossing {
  readonly x: number;
  readonly turn: number;
}

/** Where a horizontal line crosses outlines, from left to right, with the direction of each crossing. */
const crossingsAt = (contours: readonly Contour[], y: number): Crossing[] => {
  const crossings: Crossing[] = [];
  for (const contour of contours) {
    for (let index = 0; index < contour.length; index += 1) {
      const [x1, y1] = contour[index] as readonly [number, number];
      const [x2, y2] = contour[(index + 1) % contour.length] as readonly [number, number];
      if (y1 <= y === y2 <= y) continue;
      crossings.push({ x: x1 + ((y - y1) / (y2 - y1)) * (x2 - x1), turn: y2 > y1 ? 1 : -1 });
    }
  }
  return crossings.sort((a, b) => a.x - b.x);
};

const cover = (row: Float64Array, from: number, to: number): void => {
  for (let column = Math.floor(from); column < to; column += 1) {
    const share = Math.min(column + 1, to) - Math.max(column, from);
    row[column] = (row[column] ?? 0) + share / LINES;
  }
};

const coverRow = (row: Float64Array, contours: readonly Contour[], y: number): void => {
  for (let line = 0; line < LINES; line += 1) {
    let winding = 0;
    let from = 0;
    for (const { x, turn } of crossingsAt(contours, y + (line + 0.5) / LINES)) {
      if (winding === 0) from = x;
      winding += turn;
      if (winding === 0) cover(row, from, x);
    }
  }
};

/** The dots that outlines cover, by the non-zero winding rule. */
export const shapeBitmap = (contours: readonly Contour[]): Placed => {
  const points = contours.flat();
  if (points.length === 0) return { x: 0, y: 0, bitmap: new Bitmap(0, 0) };
  const least = (axis: 0 | 1) => Math.floor(points.reduce((min, point) => Math.min(min, point[axis]), Infinity));
  const most = (axis: 0 | 1) => Math.ceil(points.reduce((max, point) => Math.max(max, point[axis]), -Infinity));
  const [x, y] = [least(0), least(1)];
  const bitmap = new Bitmap(most(0) - x, most(1) - y);
  const moved = contours.map((contour) => contour.map(([px, py]) => [px - x, py - y] as const));
  for (let row = 0; row < bitmap.height; row += 1) {
    const covered = new Float64Array(bitmap.width + 1);
    coverRow(covered, moved, row);
    for (let column = 0; column < bitmap.width; column += 1) {
      if ((covered[column] ?? 0) >= COVERED) bitmap.span(row, column, column + 1, true);
    }
  }
  return { x, y, bitmap };
};
