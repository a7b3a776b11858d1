const DIGIT = 1 << 16;

/**
 * The positions of 32-bit keys in ascending order of the keys, equal ones in the order of their positions: a radix sort of
 * two passes, because sorting a million departures by comparison takes most of a second.
 */
export const orderOf = (keys: Int32Array): Int32Array => {
  const length = keys.length;
  let from = new Int32Array(length);
  for (let at = 0; at < length; at += 1) from[at] = at;
  let to = new Int32Array(length);
  for (let shift = 0; shift < 32; shift += 16) {
    const starts = new Int32Array(DIGIT + 1);
    // The highest bit is the sign; turned over, negative keys come first.
    const digit = (at: number) => (((keys[at] as number) ^ 0x80000000) >>> shift) & (DIGIT - 1);
    for (let at = 0; at < length; at += 1) {
      const next = digit(at) + 1;
      starts[next] = (starts[next] as number) + 1;
    }
    for (let value = 0; value < DIGIT; value += 1) {
      starts[value + 1] = (starts[value + 1] as number) + (starts[value] as number);
    }
    for (let at = 0; at < length; at += 1) {
      const item = from[at] as number;
      const value = digit(item);
      const place = starts[value] as number;
      to[place] = item;
      starts[value] = place + 1;
    }
    [from, to] = [to, from];
  }
  return from;
};

/** The first position of ascending keys, before `end`, whose key is at least a value; `end` when none is. */
export const firstAtLeast = (keys: Int32Array, value: number, end = keys.length): number => {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};
