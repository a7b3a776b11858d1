import { CrossparcelError } from '@crossparcel/units';

/** One character of a number: what may stand there. */
export interface Cell {
  readonly allowed: string;
  /** The part of the number that it belongs to; undefined for characters that mean nothing by themselves. */
  readonly part: string | undefined;
}

/** One of the lengths and layouts that a pattern allows, character by character. */
export type Shape = readonly Cell[];

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SETS: Readonly<Record<string, string>> = { n: DIGITS, a: LETTERS, x: DIGITS + LETTERS };

const TOKENS = /\(|\)\?|[^\s()]+/g;
const PIECE = /(?:([nax]|\[[A-Z0-9-]+\])(?:(\d+)(?:-(\d+))?)?|([A-Z0-9-]))/y;

const broken = (pattern: string, what: string): CrossparcelError =>
  new CrossparcelError({
    code: 'broken-pattern',
    what: `the pattern "${pattern}" ${what}`,
    mend: 'correct the record',
  });

/** The characters of `[A-FX]`, ranges written out. */
const listed = (set: string): string =>
  set.slice(1, -1).replace(/(.)-(.)/g, (_, first: string, last: string) => {
    const all = SETS.x ?? '';
    return all.slice(all.indexOf(first), all.indexOf(last) + 1);
  });

const product = (heads: readonly Shape[], tails: readonly Shape[]): Shape[] =>
  heads.flatMap((head) => tails.map((tail) => [...head, ...tail]));

/** Layouts of one alternative such as `[0-8]n5`. */
const alternative = (text: string, part: string | undefined, pattern: string): Shape[] => {
  let shapes: Shape[] = [[]];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const [, set, least, most, literal] = PIECE.exec(text) ?? [];
    if (set === undefined && literal === undefined) throw broken(pattern, `cannot be read at "${text}"`);
    const allowed = literal ?? SETS[set ?? ''] ?? listed(set ?? '');
    const from = Number(least ?? 1);
    const lengths = Array.from({ length: Number(most ?? from) - from + 1 }, (_, index) => from + index);
    const runs = lengths.map((length) => Array.from({ length }, () => ({ allowed, part })));
    shapes = product(shapes, runs);
  }
  return shapes;
};

const token = (text: string, pattern: string): Shape[] => {
  const [, name, body = ''] = /^(?:([A-Za-z]\w*):)?(.+)$/.exec(text) ?? [];
  return body.split('|').flatMap((one) => alternative(one, name, pattern));
};

/**
 * Every layout that a pattern allows. A pattern is a sequence of tokens parted by spaces:
 *
 * - `name:` before a token names the part of the number that it stands for;
 * - capital letters, digits and hyphens stand for themselves, `n` for a digit, `a` for a letter, `x` for either, `[A-FX]`
 *   for one of those listed; a count or a range of counts follows: `n8`, `x9-38`;
 * - `|` parts alternatives: `JD|JJD`; a group that may be missing is `( ... )?`.
 *
 * `1Z shipper:x6 service:x2 package:x7 check:n1` is one of UPS. Throws a CrossparcelError `broken-pattern`.
 */
export const shapesOf = (pattern: string): Shape[] => {
  const tokens = pattern.match(TOKENS) ?? [];
  let place = 0;
  const sequence = (depth: number): Shape[] => {
    let shapes: Shape[] = [[]];
    while (place < tokens.length) {
      const text = tokens[place] ?? '';
      place += 1;
      if (text === ')?') {
        if (depth === 0) throw broken(pattern, 'closes a group that it did not open');
        return [...shapes, []];
      }
      shapes = product(shapes, text === '(' ? sequence(depth + 1) : token(text, pattern));
    }
    if (depth > 0) throw broken(pattern, 'does not close a group');
    return shapes;
  };
  return sequence(0);
};

/** What may stand in a cell, in words. */
export const cellText = ({ allowed }: Cell): string => {
  if (allowed === SETS.n) return 'a digit';
  if (allowed === SETS.a) return 'a letter';
  if (allowed === SETS.x) return 'a letter or a digit';
  return allowed.length === 1 ? allowed : `one of ${allowed}`;
};
