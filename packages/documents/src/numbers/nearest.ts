import { CHECK, type NumberFormat } from './format.ts';
import { cellText, type Shape } from './pattern.ts';

/** Differences in length beyond which a layout is not near. */
const MAX_LENGTH_GAP = 3;
/** Share of a number's characters that may be wrong, missing or too many before a layout is not near any more. */
const MAX_WRONG_SHARE = 1 / 4;

interface Layout {
  readonly format: NumberFormat;
  readonly shape: Shape;
  /** How many numbers the layout allows, in bits; the check character is not free. */
  readonly freedom: number;
}

/** Wrong characters where all that is missing or too many stands in one place, the best one. */
const wrongCharacters = (text: string, shape: Shape): number => {
  const common = Math.min(text.length, shape.length);
  const isWrong = (textAt: number, shapeAt: number): number =>
    shape[shapeAt]?.allowed.includes(text[textAt] as string) ? 0 : 1;
  let count = 0;
  for (let index = 0; index < common; index += 1) count += isWrong(index, index);
  let least = count;
  // The gap moves from the end to the beginning.
  for (let index = 1; index <= common; index += 1) {
    count += isWrong(text.length - index, shape.length - index) - isWrong(common - index, common - index);
    least = Math.min(least, count);
  }
  return least;
};

const difference = (format: NumberFormat, text: string, shape: Shape): string => {
  if (text.length !== shape.length) return `${text.length} characters, expected ${shape.length}`;
  const index = shape.findIndex(({ allowed }, place) => !allowed.includes(text[place] as string));
  const cell = shape[index];
  const part = cell?.part === undefined ? '' : ` (${format.record.parts[cell.part]})`;
  return `character ${index + 1} is ${text[index]}, expected ${cell ? cellText(cell) : ''}${part}`;
};

/** Finds the layout that a number was most likely meant to have. */
export class NearestLayout {
  readonly #layouts: readonly Layout[];

  constructor(formats: readonly NumberFormat[]) {
    this.#layouts = formats.flatMap((format) =>
      format.shapes.map((shape) => {
        const free = shape.filter(({ part }) => format.record.check === undefined || part !== CHECK);
        return { format, shape, freedom: free.reduce((sum, { allowed }) => sum + Math.log2(allowed.length), 0) };
      }),
    );
  }

  /**
   * The format that a number comes closest to, and the first difference; undefined when none is near. Of layouts equally
   * close the one with the least freedom is meant rather than one that takes almost everything.
   */
  find(text: string): { readonly format: NumberFormat; readonly difference: string } | undefined {
    let best: { format: NumberFormat; shape: Shape; text: string } | undefined;
    let [fewest, least] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (const { format, shape, freedom } of this.#layouts) {
      const stripped = format.strip(text);
      const gap = Math.abs(stripped.length - shape.length);
      if (gap > MAX_LENGTH_GAP || gap > fewest) continue;
      const slips = gap + wrongCharacters(stripped, shape);
      if (slips > stripped.length * MAX_WRONG_SHARE) continue;
      if (slips > fewest || (slips === fewest && freedom >= least)) continue;
      [fewest, least] = [slips, freedom];
      best = { format, shape, text: stripped };
    }
    return best && { format: best.format, difference: difference(best.format, best.text, best.shape) };
  }
}
