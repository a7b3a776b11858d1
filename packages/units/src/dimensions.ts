/** Outer or inner lengths in whole millimetres. Height is the vertical one where there is one. */
export interface Dimensions {
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** Volume in cubic millimetres. */
export const volumeMm3 = ({ lengthMm, widthMm, heightMm }: Dimensions): number => lengthMm * widthMm * heightMm;

/** The three sides in millimetres, longest first. */
export const sidesMm = ({ lengthMm, widthMm, heightMm }: Dimensions): [number, number, number] => {
  const [a, b, c] = [lengthMm, widthMm, heightMm].sort((x, y) => y - x) as [number, number, number];
  return [a, b, c];
};

/** Whether a thing with these sides goes into that room in some turn, sides parallel to the room's. */
export const fitsInside = (thing: Dimensions, room: Dimensions): boolean => {
  const [a, b, c] = sidesMm(thing);
  const [x, y, z] = sidesMm(room);
  return a <= x && b <= y && c <= z;
};

/** Whole inches, any started inch counting as one (an inch is 25.4 mm). */
export const inchesUp = (lengthMm: number): number => Math.ceil((lengthMm * 10) / 254);
