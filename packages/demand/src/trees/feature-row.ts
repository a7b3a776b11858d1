/** One row of features out of several lists. An answer makes a hundred of them, and iterating to join lists would take longer than the trees. */
export const featureRow = (...parts: readonly ArrayLike<number>[]): Float64Array => {
  const row = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    row.set(part, at);
    at += part.length;
  }
  return row;
};
