/**
 * A record whose columns have dots in their names, as flat files write what is nested (`outer.lengthMm`), with objects in
 * their place and empty fields left out; any other value as it is.
 */
export const withoutDots = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !Object.keys(value).some((key) => key.includes('.'))) return value;
  const nested: Record<string, unknown> = {};
  for (const [path, field] of Object.entries(value)) {
    if (field === '') continue;
    const names = path.split('.');
    const last = names.pop() as string;
    let inner = nested;
    for (const name of names) {
      inner[name] ??= {};
      inner = inner[name] as Record<string, unknown>;
    }
    inner[last] = field;
  }
  return nested;
};
