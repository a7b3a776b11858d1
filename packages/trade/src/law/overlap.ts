import { parseMinor, windowOf } from '@crossparcel/units';
import type { Conditions, Parameter, Rule, RuleBook } from './book.ts';
import type { RecordReader } from './conditions.ts';

type Window = ReturnType<typeof windowOf>;

const meet = (a: Window, b: Window): boolean => a.from <= b.to && b.from <= a.to;

/** What a list of values names, and whether it stands for everything but what it excludes. */
const readList = (entries: readonly string[], expand: (entry: string) => readonly string[]) => {
  const included = new Set(entries.filter((entry) => !entry.startsWith('!')).flatMap(expand));
  const excluded = new Set(entries.filter((entry) => entry.startsWith('!')).flatMap((entry) => expand(entry.slice(1))));
  return { all: included.size === 0 || included.has('*'), included, excluded };
};

const same = (entry: string): readonly string[] => [entry];

/** Whether no value can be in both lists. */
const valuesApart = (
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
  expand: (entry: string) => readonly string[] = same,
): boolean => {
  if (!a || !b) return false;
  const [one, other] = [readList(a, expand), readList(b, expand)];
  if (one.all && other.all) return false;
  const [named, against] = one.all ? [other, one] : [one, other];
  return [...named.included].every(
    (value) =>
      named.excluded.has(value) || against.excluded.has(value) || !(against.all || against.included.has(value)),
  );
};

/** Whether no code can begin with prefixes of both lists. */
const codesApart = (
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
  expand: (entry: string) => readonly string[],
): boolean => {
  if (!a || !b) return false;
  const [one, other] = [readList(a, expand), readList(b, expand)];
  if (one.all && other.all) return false;
  const isExcluded = (code: string) => [...one.excluded, ...other.excluded].some((prefix) => code.startsWith(prefix));
  // Two prefixes share the codes of the longer one, or none.
  const shared = (code: string, rival: string) =>
    code.startsWith(rival) ? code : rival.startsWith(code) ? rival : undefined;
  const [named, against] = one.all ? [other, one] : [one, other];
  return [...named.included].every((code) => {
    const common = against.all ? [code] : [...against.included].flatMap((rival) => shared(code, rival) ?? []);
    return common.every(isExcluded);
  });
};

/** Whether the value that one wants at most is no more than what the other wants it to be above. */
const valuesSplit = (a: Conditions, b: Conditions): boolean => {
  const { valueAtMost: low } = a;
  const { valueAbove: high } = b;
  if (!low || !high || low.currency !== high.currency || String(low.of) !== String(high.of)) return false;
  return (parseMinor(low.amount, low.currency) ?? 0) <= (parseMinor(high.amount, high.currency) ?? 0);
};

/** Whether some condition keeps two records from being about the same goods in the same setting. */
const apart = (a: Conditions, b: Conditions, reader: RecordReader): boolean => {
  const lists = ['market', 'subdivision', 'channel', 'entry', 'importer', 'collectedBy', 'postalMethod'] as const;
  if (lists.some((field) => valuesApart(a[field], b[field]))) return true;
  const isDomestic = ({ channel }: Conditions) => channel?.every((entry) => entry === 'domestic') ?? false;
  const mayBeDomestic = ({ channel }: Conditions) => channel?.some((entry) => entry === 'domestic' || entry === '*');
  if ((isDomestic(a) && !mayBeDomestic(b)) || (isDomestic(b) && !mayBeDomestic(a))) return true;
  if (valuesApart(a.origin, b.origin, (entry) => reader.members(entry))) return true;
  if (codesApart(a.hs, b.hs, (entry) => reader.codes(entry))) return true;
  if (a.listed && a.listed.column === b.listed?.column && valuesApart(a.listed.in, b.listed.in)) return true;
  if (Object.entries(a.attributes ?? {}).some(([name, wanted]) => b.attributes?.[name] === !wanted)) return true;
  if (a.dutyInPrice !== undefined && b.dutyInPrice === !a.dutyInPrice) return true;
  if (a.scheme?.every((name) => b.noScheme?.includes(name))) return true;
  if (b.scheme?.every((name) => a.noScheme?.includes(name))) return true;
  return valuesSplit(a, b) || valuesSplit(b, a);
};

const yields = (a: Rule, b: Rule): boolean =>
  (a.replaces ?? []).includes(b.family) || (a.choose === 'highest' && b.choose === 'highest');

const parametersMeet = (a: Parameter, b: Parameter): boolean =>
  a.parameter === b.parameter &&
  String(a.market) === String(b.market) &&
  String(a.subdivision) === String(b.subdivision) &&
  meet(windowOf(a), windowOf(b));

/**
 * Refuses a book in which two rules of one family could be charged on the same goods, unless one replaces the family of
 * the other or only the dearest is charged; and two parameters that say the same thing differently. Throws
 * `broken-rule-book` naming both.
 */
export const refuseOverlaps = (book: RuleBook, reader: RecordReader): void => {
  const { rules, parameters = [] } = book;
  for (const [index, a] of rules.entries()) {
    for (const b of rules.slice(index + 1)) {
      if (a.id === b.id) throw reader.broken(a.id, 'there are two rules of this id');
      if (a.family !== b.family || !meet(windowOf(a), windowOf(b)) || yields(a, b) || yields(b, a)) continue;
      if (!apart(a.when ?? {}, b.when ?? {}, reader)) {
        throw reader.broken(a.id, `${b.id} of the same family can apply to the same goods on the same day`);
      }
    }
  }
  for (const [index, a] of parameters.entries()) {
    const rival = parameters.slice(index + 1).find((b) => parametersMeet(a, b));
    if (rival) throw reader.broken(a.id, `${rival.id} gives the same parameter on the same day`);
  }
};
