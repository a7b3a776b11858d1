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
}

const SIDES: readonly VerticalSide[] = ['height', 'width', 'length'];

const standing = ({ lengthMm, widthMm, heightMm }: Dimensions, up: VerticalSide): Dimensions => {
  if (up === 'height') return { lengthMm, widthMm, heightMm };
  if (up === 'width') return { lengthMm, widthMm: heightMm, heightMm: widthMm };
  return { lengthMm: heightMm, widthMm, heightMm: lengthMm };
};

const key = (size: Dimensions): string => `${size.lengthMm}x${size.widthMm}x${size.heightMm}`;

/** The distinct ways in which an item may stand: extents along the carton's length, width and height. */
export const orientations = (goods: Goods): Dimensions[] => {
  if (goods.fixed) return [goods.size];
  const distinct = new Map<string, Dimensions>();
  for (const up of SIDES) {
    if (goods.vertical && !goods.vertical.includes(up)) continue;
    const upright = standing(goods.size, up);
    const turned = { ...upright, lengthMm: upright.widthMm, widthMm: upright.lengthMm };
    for (const size of [upright, turned]) if (!distinct.has(key(size))) distinct.set(key(size), size);
  }
  return [...distinct.values()];
};
