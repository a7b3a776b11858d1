/** A history from its first sale on; all of it when there was none. */
export const fromFirstSale = (values: readonly number[]): readonly number[] => {
  const first = values.findIndex((value) => value > 0);
  return first > 0 ? values.slice(first) : values;
};

/** The size of a history's ups and downs: its mean absolute step, or its mean where it never changes, or 1 where it is 0. */
export const normalScale = (values: readonly number[]): number => {
  let steps = 0;
  let sum = values[0] ?? 0;
  for (let index = 1; index < values.length; index += 1) {
    steps += Math.abs((values[index] as number) - (values[index - 1] as number));
    sum += values[index] as number;
  }
  if (steps > 0) return steps / (values.length - 1);
  return sum > 0 ? sum / values.length : 1;
};

const RECENT = 13;

/** How high the last periods of a history stand, in units of its ups and downs. */
export const levelOf = (values: readonly number[]): number => {
  const recent = values.slice(-RECENT);
  const mean = recent.reduce((sum, value) => sum + value, 0) / recent.length;
  return mean / normalScale(fromFirstSale(values));
};

const USUAL_DISPERSION = 0.5;

/** The median squared coefficient of variation of histories beyond that of counts; a usual one where none shows it. */
export const dispersionOf = (histories: readonly (readonly number[])[]): number => {
  const found = histories.flatMap((values) => {
    if (values.length < 2) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    if (!(mean > 0)) return [];
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    return [Math.max(0, (variance - mean) / mean ** 2)];
  });
  return found.toSorted((one, other) => one - other)[Math.floor(found.length / 2)] ?? USUAL_DISPERSION;
};

/** Whether demand comes in whole units. */
export const isCounts = (values: readonly number[]): boolean => values.every(Number.isInteger);
