import type { Dimensions } from '@crossparcel/units';

/** Sides of an item that may point upwards. */
export type VerticalSide = 'length' | 'width' | 'height';

/** Some units of one item, to be packed. */
export interface Goods {
  readonly id: string;
  readonly quantity: number;
  readonly size: Dimensions;
  readonly massGrams: number;
  /** Which own sides may point up; all three when left out. */
  readonly vertical?: readonly VerticalSide[];
  /** Forbids every turn, also the one on the table. */
  readonly fixed?: boolean;
  /**
   * Mass that may stand on a unit, directly or through others, each counted whole. 0 lets nothing stand on it, which is
   * how fragile goods come to lie on top. No limit when left out.
   */
  readonly maxLoadGrams?: number;
  /** Cushion around a unit, added on each of its six faces; placements then give extents with the cushion. */
  readonly clearanceMm?: number;
  /** What the goods are, for `apartFrom` of others, for example `battery`. */
  readonly kinds?: readonly string[];
  /** Kinds that may not lie in the same parcel. */
  readonly apartFrom?: readonly string[];
  /** Whether a unit may travel as it is, without a carton: always, or only when no carton of the set holds it. */
  readonly ownPacking?: 'allowed' | 'when-too-large';
}

const SIDES: readonly VerticalSide[] = ['height', 'width', 'length'];

const standing = ({ lengthMm, widthMm, heightMm }: Dimensions, up: VerticalSide): Dimensions => {
  if (up === 'height') return { lengthMm, widthMm, heightMm };
  if (up === 'width') return { lengthMm, widthMm: heightMm, heightMm: widthMm };
  return { lengthMm: heightMm, widthMm, heightMm: lengthMm };
};

const key = (size: Dimensions): string => `${size.lengthMm}x${size.widthMm}x${size.heightMm}`;

/** The distinct ways in which a unit may stand, its cushion with it: extents along the carton's length, width and height. */
export const orientations = ({ size, clearanceMm = 0, fixed, vertical }: Goods): Dimensions[] => {
  const padded = {
    lengthMm: size.lengthMm + 2 * clearanceMm,
    widthMm: size.widthMm + 2 * clearanceMm,
    heightMm: size.heightMm + 2 * clearanceMm,
  };
  if (fixed) return [padded];
  const distinct = new Map<string, Dimensions>();
  for (const up of SIDES) {
    if (vertical && !vertical.includes(up)) continue;
    const upright = standing(padded, up);
    const turned = { ...upright, lengthMm: upright.widthMm, widthMm: upright.lengthMm };
    for (const one of [upright, turned]) if (!distinct.has(key(one))) distinct.set(key(one), one);
  }
  return [...distinct.values()];
};
