import { EVIDENCE, type Evidence, type Ranked, WEIGHTS_NEEDED } from './evidence.ts';
import { plainText, wordsOf } from './words.ts';

type EvidenceName = (typeof EVIDENCE)[number];

const PLACES = new Map<string, number>(EVIDENCE.map((name, place) => [name, place]));
const evidenceOf = (evidence: Evidence, place: number, name: EvidenceName): number =>
  evidence.values[place * WEIGHTS_NEEDED + (PLACES.get(name) ?? 0)] ?? 0;

/** How far the tree goes along with a candidate: the log probability of its subheading. */
const treeOf = (evidence: Evidence, place: number): number =>
  evidenceOf(evidence, place, 'treeChapter') +
  evidenceOf(evidence, place, 'treeHeading') +
  evidenceOf(evidence, place, 'treeSubheading');

const greatest = (evidence: Evidence, of: (place: number) => number): number => {
  let most = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < evidence.codes.length; place += 1) most = Math.max(most, of(place));
  return most;
};

/** Share of the probability that stands under the first candidate's first digits. */
const shareUnder = (evidence: Evidence, ranked: readonly Ranked[], code: string, digits: number): number => {
  const start = code.slice(0, digits);
  let share = 0;
  for (const { place, probability } of ranked) if (evidence.codes[place]?.startsWith(start)) share += probability;
  return share;
};

const OF_FIRST: readonly EvidenceName[] = [
  'treeChapter',
  'treeHeading',
  'treeSubheading',
  'nearestProduct',
  'nearestParcel',
  'nearestTerm',
  'nearestNomenclature',
  'nearestHeading',
  'votes',
  'votesHeading',
  'votesChapter',
  'lexicon',
  'lexiconShare',
  'lexiconHeading',
  'lexiconMet',
  'lexiconTop',
];
const OF_ALL: readonly EvidenceName[] = ['nearest', 'nearestParcel', 'nearestTerm', 'nearestNomenclature'];

/** The end of a subheading's code: undivided, divided once, and what is left over ("other"). */
const endOf = (code: string): number => {
  if (code.endsWith('00')) return 2;
  if (code.endsWith('0')) return 1;
  return code.endsWith('9') ? -1 : 0;
};

const shareOf = (text: string, signs: RegExp): number => (text.match(signs)?.length ?? 0) / Math.max(1, text.length);

/** What the text looks like: how much it says, how much of that the candidate's term covers, and how it is written. */
const signsOfText = (evidence: Evidence, text: string, term: string | undefined): number[] => {
  const words = wordsOf(text);
  const named = new Set(term === undefined ? [] : wordsOf(term));
  const raw = plainText(text);
  return [
    named.size,
    words.filter((word) => named.has(word)).length / Math.max(1, words.length),
    words.length,
    raw.length,
    raw.length / Math.max(1, words.length),
    shareOf(raw, /\d/g),
    shareOf(raw, /[aeiou]/g),
    evidence.passages.length,
    evidence.terms.filter((one) => one !== undefined).length,
  ];
};

const SIGNS = 15 + OF_FIRST.length + OF_ALL.length + 9;

/** What tells how far the first candidate can be trusted, and whether the text says anything at all: one row of numbers. */
export const signsOf = (evidence: Evidence, ranked: readonly Ranked[], text: string): number[] => {
  const [first, second, third] = ranked;
  if (!first) return new Array<number>(SIGNS).fill(0);
  const { place, probability } = first;
  const next = second?.place ?? place;
  const code = evidence.codes[place] ?? '';
  const most = greatest(evidence, (one) => treeOf(evidence, one));
  return [
    probability,
    Math.log(probability / ((second?.probability ?? 0) + 1e-6) + 1),
    second?.probability ?? 0,
    third?.probability ?? 0,
    -ranked.reduce((sum, one) => sum + one.probability * Math.log(one.probability + 1e-12), 0),
    shareUnder(evidence, ranked, code, 4),
    shareUnder(evidence, ranked, code, 2),
    treeOf(evidence, place) - most,
    most,
    evidence.siblings[place] ?? 0,
    evidence.namings[place] ?? 0,
    endOf(code),
    evidence.codes.length,
    evidenceOf(evidence, next, 'lexicon'),
    evidenceOf(evidence, next, 'nearest') - evidenceOf(evidence, place, 'nearest'),
    ...OF_FIRST.map((name) => evidenceOf(evidence, place, name)),
    ...OF_ALL.map((name) => greatest(evidence, (one) => evidenceOf(evidence, one, name))),
    ...signsOfText(evidence, text, evidence.terms[place]),
  ];
};
