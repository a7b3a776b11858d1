import { type Box, inset, LABEL_SIZE, POINTS_PER_MM, rowsOf } from '../box.ts';
import type { Page } from '../page.ts';
import type { Paper } from '../paper.ts';
import type { BatteryMarkRecord } from './book.ts';

type Point = readonly [number, number];

/** Stripes of an edge at 45 degrees, as wide as the gaps between them, that fill it from end to end. */
const stripesOf = (length: number, edge: number): Point[][] => {
  const count = Math.max(1, Math.round((length - edge) / (2 * edge)));
  const period = (length - edge) / count;
  return Array.from({ length: count }, (_, index) => {
    const start = index * period;
    const end = start + period / 2;
    return [
      [start + edge, 0],
      [end + edge, 0],
      [end, edge],
      [start, edge],
    ];
  });
};

const drawEdge = (page: Page, box: Box, edge: number): void => {
  const { x, y, width, height } = box;
  const across = stripesOf(width, edge);
  const down = stripesOf(height - 2 * edge, edge);
  const polygons = [
    ...across.map((stripe) => stripe.map(([px, py]): Point => [x + px, y + py])),
    ...across.map((stripe) => stripe.map(([px, py]): Point => [x + px, y + height - edge + py])),
    ...down.map((stripe) => stripe.map(([px, py]): Point => [x + py, y + edge + px])),
    ...down.map((stripe) => stripe.map(([px, py]): Point => [x + width - edge + py, y + edge + px])),
  ];
  for (const points of polygons) page.draw({ kind: 'polygon', points, ink: 'red' });
  page.frame(inset(box, edge), 0.8);
};

// The picture, in hundredths of its width and height: whole cells on both sides of one that is broken and burns.
const CELLS: readonly (readonly [number, number, number, number])[] = [
  [8, 40, 20, 60],
  [13, 33, 10, 7],
  [72, 40, 20, 60],
  [77, 33, 10, 7],
];
const BROKEN: readonly (readonly Point[])[] = [
  [
    [36, 62],
    [44, 56],
    [50, 66],
    [57, 57],
    [64, 62],
    [64, 100],
    [36, 100],
  ],
  [
    [50, 0],
    [58, 18],
    [56, 28],
    [64, 22],
    [66, 38],
    [58, 54],
    [50, 60],
    [43, 53],
    [34, 40],
    [38, 22],
    [44, 30],
    [44, 14],
  ],
];

const drawCells = (page: Page, box: Box): void => {
  const [across, down] = [box.width / 100, box.height / 100];
  const boxes = CELLS.map(([x, y, width, height]) => ({
    x: box.x + x * across,
    y: box.y + y * down,
    width: width * across,
    height: height * down,
  }));
  page.fill(...boxes);
  for (const outline of BROKEN) {
    const points = outline.map(([x, y]): Point => [box.x + x * across, box.y + y * down]);
    page.draw({ kind: 'polygon', points, ink: 'black' });
  }
};

/**
 * Draws the battery mark of ICAO and IATA (DGR figure 7.1.C) on a page of its own: hatched red edge, burning cells, UN
 * numbers. Sizes are those of the record; `small` takes the lower one for packages without room for the whole.
 */
export const drawBatteryMark = (
  paper: Paper,
  record: BatteryMarkRecord,
  unNumbers: readonly string[],
  small: boolean,
): void => {
  const page = paper.page(LABEL_SIZE);
  const width = record.widthMm * POINTS_PER_MM;
  const height = (small ? record.smallHeightMm : record.heightMm) * POINTS_PER_MM;
  const box = { x: (LABEL_SIZE.width - width) / 2, y: (LABEL_SIZE.height - height) / 2, width, height };
  const edge = record.edgeMm * POINTS_PER_MM;
  drawEdge(page, box, edge);
  const inner = inset(box, edge + 4);
  const size = (record.numberMm * POINTS_PER_MM) / paper.faces.bold.capHeight;
  const { ascent, descent } = paper.faces.bold;
  const foot = unNumbers.length * size * (ascent + descent) + 1;
  const [picture, numbers] = rowsOf(inner, [inner.height - foot, foot]) as [Box, Box];
  const side = Math.min(picture.width * 0.6, picture.height * 0.84);
  drawCells(page, inset(picture, (picture.width - side) / 2, (picture.height - side) / 2));
  const words = unNumbers.map((number) => ({ text: `UN ${number}`, field: 'handling', weight: 'bold' as const }));
  page.write(numbers, words, { size, align: 'center' });
};
