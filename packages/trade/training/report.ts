import type { Ranked } from '../src/classification/trust.ts';
import { judge, learnJudgement, vaguenessOf } from './learn-judgement.ts';
import { FOLDS, type OutOfFold, type Unseen } from './out-of-fold.ts';

/** One text judged by what was learned without its part of the data. */
interface Judged {
  readonly source: string;
  readonly rank: number;
  readonly heading: boolean;
  readonly probability: number;
  readonly vagueness: number;
}

const judged = (unseen: Unseen, ranked: readonly Ranked[], vagueness: number): Judged => {
  const codes = ranked.map(({ place }) => unseen.evidence.codes[place] ?? '');
  const rank = codes.indexOf(unseen.text.hs6);
  return {
    source: unseen.text.source,
    rank: rank < 0 ? Number.POSITIVE_INFINITY : rank,
    heading: codes[0]?.slice(0, 4) === unseen.text.hs6.slice(0, 4),
    probability: ranked[0]?.probability ?? 0,
    vagueness,
  };
};

const BINS = 10;

/** Expected calibration error over ten bins of equal width (Guo and others 2017). */
const calibrationError = (cases: readonly Judged[]): number => {
  let error = 0;
  for (let bin = 0; bin < BINS; bin += 1) {
    const inside = cases.filter(({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === bin);
    const right = inside.filter(({ rank }) => rank === 0).length;
    error += Math.abs(right - inside.reduce((sum, { probability }) => sum + probability, 0));
  }
  return error / cases.length;
};

const share = (cases: readonly Judged[], which: (one: Judged) => boolean): number =>
  cases.filter(which).length / Math.max(1, cases.length);
const percent = (value: number): string => (100 * value).toFixed(1).padStart(6);

/** The least probability from which on `precision` of the first candidates are right, over these texts. */
const leastFor = (cases: readonly Judged[], precision: number): number => {
  const sorted = cases.toSorted((a, b) => b.probability - a.probability);
  let right = 0;
  let least = 1;
  for (const [at, { rank, probability }] of sorted.entries()) {
    if (rank === 0) right += 1;
    if (right / (at + 1) >= precision) least = probability;
  }
  return Math.round(least * 1000) / 1000;
};

const PRECISION = 0.91;
const FALSE_ALARMS = 0.09;
const SETS: readonly (readonly [string, readonly string[]])[] = [
  ['products, all that the shop says', ['product']],
  ['products, title alone', ['title']],
  ['parcel texts, all', ['parcel_text', 'search_reference', 'brand']],
  ['  parcel lines', ['parcel_text']],
  ['  catalogue words', ['search_reference']],
  ['  brand lines', ['brand']],
];

/** Figures on unseen texts: ranking, calibration and vagueness, too, are learned without the part that they are tried on. */
export const figures = ({ labelled, vague }: OutOfFold): { text: string; acceptFrom: number; vagueFrom: number } => {
  const good: Judged[] = [];
  const bad: Judged[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const others = (unseen: Unseen) => unseen.fold !== fold;
    const learned = learnJudgement(labelled.filter(others), vague.filter(others));
    for (const [from, to] of [
      [labelled, good],
      [vague, bad],
    ] as const) {
      for (const unseen of from) {
        if (unseen.fold !== fold) continue;
        const ranked = judge(unseen.evidence, learned);
        const features = vaguenessOf(unseen, ranked);
        let sum = learned.vague.bias;
        for (const feature of features) sum += (learned.vague.weights.get(feature) ?? 0) / Math.sqrt(features.length);
        to.push(judged(unseen, ranked, 1 / (1 + Math.exp(-sum))));
      }
    }
  }
  const lines = good
    .filter(({ source }) => ['parcel_text', 'search_reference', 'brand'].includes(source))
    .map(({ vagueness }) => vagueness)
    .sort((a, b) => b - a);
  const vagueFrom = Math.round((lines[Math.floor(lines.length * FALSE_ALARMS)] ?? 0.5) * 1000) / 1000;
  const acceptFrom = leastFor(good, PRECISION);
  const rows = SETS.map(([name, sources]) => {
    const cases = good.filter(({ source }) => sources.includes(source));
    const accepted = cases.filter(({ probability, vagueness }) => probability >= acceptFrom && vagueness < vagueFrom);
    const numbers = [
      share(cases, ({ rank }) => rank < 1),
      share(cases, ({ rank }) => rank < 3),
      share(cases, ({ rank }) => rank < 5),
      share(cases, ({ rank }) => rank < 10),
      share(cases, ({ heading }) => heading),
      accepted.length / cases.length,
      share(accepted, ({ rank }) => rank === 0),
      calibrationError(cases),
      share(cases, ({ vagueness }) => vagueness >= vagueFrom),
    ];
    return `${name.padEnd(34)}${String(cases.length).padStart(6)}${numbers.map(percent).join(' ')}`;
  });
  const head = `${''.padEnd(34)}${'n'.padStart(6)}${['top-1', 'top-3', 'top-5', 'top-10', 'HS4', 'accept', 'right', 'ECE', 'vague'].map((name) => name.padStart(6)).join(' ')}`;
  const found = share(bad, ({ vagueness }) => vagueness >= vagueFrom);
  return {
    text: `${head}\n${rows.join('\n')}\nvague lines found ${percent(found)} % of ${bad.length}; accept from ${acceptFrom}, vague from ${vagueFrom}; all ECE ${percent(calibrationError(good))}`,
    acceptFrom,
    vagueFrom,
  };
};
