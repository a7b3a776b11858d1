import type { NumberFormat } from './format.ts';
import { cellText, type Shape } from './pattern.ts';

/** Differences in length beyond which a format is not near. */
const MAX_LENGTH_GAP = 3;
/** Share of a number's characters that may be wrong before a format is not near any more. */
const MAX_WRONG_SHARE = 1 / 3;

/** What a missing or additional character weighs beside a wrong one, which is the commoner slip. */
const GAP_WEIGHT = 1.5;

/** How far a number is from a shape: characters too many or missing, and characters in wrong places. */
const distance = (text: string, shape: Shape): number => {
  const gap = GAP_WEIGHT * Math.abs(text.length - shape.length);
  const common = Math.min(text.length, shape.length);
  const wrong = (textAt: number, shapeAt: number): number => {
    let count = 0;
    for (let index = 0; index < common; index += 1) {
      if (!shape[shapeAt + index]?.allowed.includes(text[textAt + index] as string)) count += 1;
    }
    return count;
  };
  // The missing character may be at the beginning as well as at the end.
  return gap + Math.min(wrong(0, 0), wrong(text.length - common, shape.length - common));
};

const difference = (format: NumberFormat, text: string, shape: Shape): string => {
  if (text.length !== shape.length) return `${text.length} characters, expected ${shape.length}`;
  const index = shape.findIndex(({ allowed }, place) => !allowed.includes(text[place] as string));
  const cell = shape[index];
  const part = cell?.part === undefined ? '' : ` (${format.record.parts[cell.part]})`;
  return `character ${index + 1} is ${text[index]}, expected ${cell ? cellText(cell) : ''}${part}`;
};

/**
 * The format whose layout a number comes closest to, and what is different; undefined when none is near. Of formats at the
 * same distance the one that restricts most is meant.
 */
export const nearestLayout = (
  formats: readonly NumberFormat[],
  text: string,
): { readonly format: NumberFormat; readonly difference: string } | undefined => {
  let best: { format: NumberFormat; shape: Shape; text: string } | undefined;
  let [least, fewest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const format of formats) {
    const stripped = format.strip(text);
    for (const shape of format.shapes) {
      if (Math.abs(stripped.length - shape.length) > MAX_LENGTH_GAP) continue;
      const far = distance(stripped, shape);
      if (far > least || far > stripped.length * MAX_WRONG_SHARE) continue;
      const freedom = shape.reduce((sum, { allowed }) => sum + Math.log2(allowed.length), 0);
      if (far === least && freedom >= fewest) continue;
      [least, fewest] = [far, freedom];
      best = { format, shape, text: stripped };
    }
  }
  return best && { format: best.format, difference: difference(best.format, best.text, best.shape) };
};
