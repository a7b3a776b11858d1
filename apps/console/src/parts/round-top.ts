const LEAST_TOP = 4;

/** A round number at or above a value whose half is whole as well. */
export const roundTop = (value: number): number => {
  const top = Math.max(LEAST_TOP, value);
  const power = 10 ** Math.floor(Math.log10(top));
  return power * ([2, 4, 6, 8].find((step) => step * power >= top) ?? 10);
};
