import type { Box } from '../box.ts';
import type { Page } from '../page.ts';

type Point = readonly [number, number];

// ISO 780 in hundredths of the width and height of the place: two arrows over a line, and a glass that is cracked.
const PICTURES: Readonly<Record<'up' | 'glass', readonly (readonly Point[])[]>> = {
  up: [
    [
      [25, 5],
      [45, 35],
      [32, 35],
      [32, 80],
      [18, 80],
      [18, 35],
      [5, 35],
    ],
    [
      [75, 5],
      [95, 35],
      [82, 35],
      [82, 80],
      [68, 80],
      [68, 35],
      [55, 35],
    ],
    [
      [5, 88],
      [95, 88],
      [95, 97],
      [5, 97],
    ],
  ],
  glass: [
    [
      [22, 3],
      [44, 3],
      [52, 16],
      [44, 26],
      [52, 38],
      [58, 25],
      [52, 15],
      [56, 3],
      [78, 3],
      [74, 40],
      [62, 54],
      [54, 57],
      [54, 84],
      [72, 91],
      [72, 97],
      [28, 97],
      [28, 91],
      [46, 84],
      [46, 57],
      [38, 54],
      [26, 40],
    ],
  ],
};

/** Draws the picture of a mark in white. */
export const drawPicture = (page: Page, box: Box, picture: 'up' | 'glass'): void => {
  for (const outline of PICTURES[picture]) {
    const points = outline.map(([x, y]): Point => [box.x + (x * box.width) / 100, box.y + (y * box.height) / 100]);
    page.draw({ kind: 'polygon', points, ink: 'white' });
  }
};
