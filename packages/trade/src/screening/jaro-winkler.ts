import type { ScreeningMethod } from './method.ts';

const LONGEST = 64;
// Kept between calls, since a comparison is the innermost step of a scan; nothing is read before it is written.
const takenA = new Uint8Array(LONGEST);
const takenB = new Uint8Array(LONGEST);

/** Letters of `a` that have a partner in `b` within the window, marked in the `taken` arrays. */
const partners = (a: string, b: string): number => {
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  takenA.fill(0, 0, a.length);
  takenB.fill(0, 0, b.length);
  let found = 0;
  for (let at = 0; at < a.length; at += 1) {
    const letter = a.charCodeAt(at);
    const end = Math.min(b.length, at + reach + 1);
    for (let other = Math.max(0, at - reach); other < end; other += 1) {
      if (takenB[other] === 1 || b.charCodeAt(other) !== letter) continue;
      takenA[at] = 1;
      takenB[other] = 1;
      found += 1;
      break;
    }
  }
  return found;
};

const swapped = (a: string, b: string): number => {
  let count = 0;
  let other = 0;
  for (let at = 0; at < a.length; at += 1) {
    if (takenA[at] === 0) continue;
    while (takenB[other] === 0) other += 1;
    if (a.charCodeAt(at) !== b.charCodeAt(other)) count += 1;
    other += 1;
  }
  return count / 2;
};

/** Jaro's similarity of two words of at most 64 letters, 0 to 1 (M. A. Jaro, 1989). */
export const jaro = (a: string, b: string): number => {
  if (a === b) return 1;
  const found = partners(a, b);
  return found === 0 ? 0 : (found / a.length + found / b.length + (found - swapped(a, b)) / found) / 3;
};

/** How many letters two words start with in common, at most `most`. */
const commonStart = (a: string, b: string, most: number): number => {
  const end = Math.min(most, a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
};

/** What Winkler's boost and the method's penalties make of Jaro's similarity of two words; it never falls when `similarity` rises. */
export const weighed = (similarity: number, a: string, b: string, method: ScreeningMethod): number => {
  const { boost, length, otherFirstLetter } = method;
  const start = similarity > boost.from ? commonStart(a, b, boost.letters) : 0;
  let score = similarity + boost.perLetter * start * (1 - similarity);
  const ratio = Math.min(a.length, b.length) / Math.max(a.length, b.length);
  if (ratio < length.below) score *= 1 - (1 - ratio) * length.weight;
  return a.charCodeAt(0) === b.charCodeAt(0) ? score : score * otherFirstLetter;
};

/** The score of two words under a method, 0 to 1. */
export const wordScore = (a: string, b: string, method: ScreeningMethod): number =>
  a === b ? 1 : weighed(jaro(a, b), a, b, method);
