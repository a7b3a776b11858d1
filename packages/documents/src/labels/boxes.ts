import { type Box, columnsOf, inset, LABEL_SIZE, pageBox, rowsOf } from '../box.ts';

/** The places of a label. They do not overlap, and each text stays within its own. */
export interface LabelBoxes {
  readonly service: Box;
  readonly route: Box;
  readonly destination: Box;
  readonly sender: Box;
  readonly details: Box;
  readonly recipient: Box;
  readonly matrix: Box;
  readonly marks: readonly Box[];
  readonly customs: Box;
  readonly elements: Box;
  readonly number: Box;
}

/** What the zones of a label would like to have, in points; a zone of height 0 is not there. */
export interface LabelWants {
  readonly head: number;
  readonly sender: number;
  /** The side of the Data Matrix beside the recipient. */
  readonly matrix: number;
  readonly markCount: number;
  readonly markHeight: number;
  readonly customs: number;
  readonly elements: number;
  readonly number: number;
}

const MARGIN = 10;
/** Room across, without the margin. */
export const ROOM = LABEL_SIZE.width - 2 * MARGIN;
export const DETAILS = 84;
const ROUTE = 20;
const DESTINATION = 74;
const MARKS_PER_ROW = 4;

const markRows = (count: number): number => Math.ceil(count / MARKS_PER_ROW);

const markBoxes = (box: Box, { markCount, markHeight }: LabelWants): Box[] => {
  const rows = markRows(markCount);
  const perRow = Math.ceil(markCount / Math.max(1, rows));
  return rowsOf(box, Array(rows).fill(markHeight))
    .flatMap((row) => columnsOf(row, Array(perRow).fill(row.width / perRow)))
    .slice(0, markCount)
    .map((mark) => inset(mark, 2));
};

/** What is left for the recipient when all other zones get what they want; it may be less than nothing. */
export const recipientRoom = (wants: LabelWants): number => {
  const { head, sender, markCount, markHeight, customs, elements, number } = wants;
  const others = head + sender + markRows(markCount) * markHeight + customs + elements + number;
  return pageBox(LABEL_SIZE, MARGIN).height - others;
};

/** Divides a label from top to bottom; the recipient gets what the others leave. */
export const labelBoxes = (wants: LabelWants): LabelBoxes => {
  const marks = markRows(wants.markCount) * wants.markHeight;
  const { head, sender, customs, elements, number } = wants;
  const heights = [head, sender, recipientRoom(wants), marks, customs, elements, number];
  const [top, from, to, strip, form, second, foot] = rowsOf(pageBox(LABEL_SIZE, MARGIN), heights) as [
    Box,
    Box,
    Box,
    Box,
    Box,
    Box,
    Box,
  ];
  const [words, destination] = columnsOf(top, [ROOM - DESTINATION, DESTINATION]) as [Box, Box];
  const [service, route] = rowsOf(words, [head - ROUTE, ROUTE]) as [Box, Box];
  const [who, details] = columnsOf(from, [ROOM - DETAILS, DETAILS]) as [Box, Box];
  const [recipient, matrix] = columnsOf(to, [ROOM - wants.matrix, wants.matrix]) as [Box, Box];
  return {
    service,
    route,
    destination,
    sender: who,
    details,
    recipient,
    matrix,
    marks: markBoxes(strip, wants),
    customs: form,
    elements: second,
    number: foot,
  };
};
