/** The demand of each item's product at all facilities together, aligned at the end. */
export const everywhereOf = (
  skus: readonly string[],
  histories: readonly (readonly number[])[],
): readonly (readonly number[])[] => {
  const members = new Map<string, number[]>();
  for (const [index, sku] of skus.entries()) {
    const same = members.get(sku);
    if (same) same.push(index);
    else members.set(sku, [index]);
  }
  const sums = new Map<string, number[]>();
  return skus.map((sku, index) => {
    const own = histories[index] as readonly number[];
    const same = members.get(sku) ?? [];
    if (same.length === 1) return own;
    const sum = sums.get(sku) ?? summed(same.map((member) => histories[member] as readonly number[]));
    sums.set(sku, sum);
    // An item seen for shorter or longer than the others sees the sum over its own time.
    return own.map((_, at) => sum[at + sum.length - own.length] ?? 0);
  });
};

const summed = (histories: readonly (readonly number[])[]): number[] => {
  const longest = Math.max(...histories.map(({ length }) => length));
  const sum = new Array<number>(longest).fill(0);
  for (const values of histories)
    for (const [at, value] of values.entries())
      sum[at + longest - values.length] = (sum[at + longest - values.length] as number) + value;
  return sum;
};
