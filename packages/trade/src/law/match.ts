/** Whether a value matches a list of the rule language. */
export type Matches = (value: string) => boolean;

const split = (entries: readonly string[]): { included: string[]; excluded: string[] } => ({
  included: entries.filter((entry) => !entry.startsWith('!')),
  excluded: entries.filter((entry) => entry.startsWith('!')).map((entry) => entry.slice(1)),
});

/**
 * A list of values: those named match, those after `!` do not, and where only exclusions are given all others match.
 * `*` matches everything. `expand` turns a name such as `@EU` into its members.
 */
export const matchValues = (
  entries: readonly string[],
  expand: (entry: string) => readonly string[] = (entry) => [entry],
): Matches => {
  const { included, excluded } = split(entries);
  const wanted = new Set(included.flatMap(expand));
  const unwanted = new Set(excluded.flatMap(expand));
  const all = wanted.has('*') || wanted.size === 0;
  return (value) => (all || wanted.has(value)) && !unwanted.has(value);
};

/** The same for prefixes of HS codes. */
export const matchPrefixes = (
  entries: readonly string[],
  expand: (entry: string) => readonly string[] = (entry) => [entry],
): Matches => {
  const { included, excluded } = split(entries);
  const wanted = included.flatMap(expand);
  const unwanted = excluded.flatMap(expand);
  return (code) =>
    (wanted.length === 0 || wanted.some((prefix) => code.startsWith(prefix))) &&
    !unwanted.some((prefix) => code.startsWith(prefix));
};
