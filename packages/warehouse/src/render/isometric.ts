/** A box in a carton, in millimetres. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** A point of the drawing. */
export interface Point {
  readonly left: number;
  readonly top: number;
}

const COS_30 = Math.sqrt(3) / 2;
const SIN_30 = 0.5;

/** Isometric projection, seen from the corner that is farthest along length and width, from above. */
export const project = (x: number, y: number, z: number): Point => ({
  left: (x - y) * COS_30,
  top: (x + y) * SIN_30 - z,
});

/** Whether one box has to be drawn before another that it may be hidden by. */
const isBehind = (one: Box, other: Box): boolean =>
  one.x + one.lengthMm <= other.x || one.y + one.widthMm <= other.y || one.z + one.heightMm <= other.z;

/**
 * Boxes in an order in which each may be painted over those before it. Boxes that do not overlap have such an order unless
 * three lie in a ring; then the lowest and rearmost of the ring comes first.
 */
export const backToFront = <Some extends Box>(boxes: readonly Some[]): Some[] => {
  const left = [...boxes].sort((a, b) => a.z - b.z || a.x + a.y - (b.x + b.y));
  const drawn: Some[] = [];
  while (left.length > 0) {
    const ready = left.findIndex((one) => left.every((other) => other === one || !isInFront(one, other)));
    drawn.push(...left.splice(Math.max(0, ready), 1));
  }
  return drawn;
};

/** Whether a box must wait for another: the other lies behind it, and it does not lie behind the other. */
const isInFront = (one: Box, other: Box): boolean => isBehind(other, one) && !isBehind(one, other);

/** The three faces that are seen: top, the one across the length, the one across the width; each its corners in turn. */
export const facesOf = ({ x, y, z, lengthMm, widthMm, heightMm }: Box): readonly (readonly Point[])[] => {
  const [x2, y2, z2] = [x + lengthMm, y + widthMm, z + heightMm];
  return [
    [project(x, y, z2), project(x2, y, z2), project(x2, y2, z2), project(x, y2, z2)],
    [project(x2, y, z), project(x2, y2, z), project(x2, y2, z2), project(x2, y, z2)],
    [project(x, y2, z), project(x2, y2, z), project(x2, y2, z2), project(x, y2, z2)],
  ];
};
