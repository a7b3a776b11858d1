import type { Ranked } from '../evidence.ts';
import { judge, learnJudgement, vaguenessOf } from './learn-judgement.ts';
import { FOLDS, type OutOfFold, type Unseen } from './out-of-fold.ts';

/** One text judged by what was learned without its part of the data. */
interface Judged {
  readonly source: string;
  readonly fold: number;
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
    fold: unseen.fold,
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
const LINES = ['parcel_text', 'search_reference', 'brand'];

/** From which probability on to accept, and from which to hold a line too vague. */
export interface Thresholds {
  readonly acceptFrom: number;
  readonly vagueFrom: number;
}

const thresholdsOf = (good: readonly Judged[]): Thresholds => {
  const lines = good
    .filter(({ source }) => LINES.includes(source))
    .map(({ vagueness }) => vagueness)
    .sort((a, b) => b - a);
  const vagueFrom = Math.round((lines[Math.floor(lines.length * FALSE_ALARMS)] ?? 0.5) * 1000) / 1000;
  return {
    acceptFrom: leastFor(
      good.filter(({ vagueness }) => vagueness < vagueFrom),
      PRECISION,
    ),
    vagueFrom,
  };
};

const SETS: readonly (readonly [string, readonly string[]])[] = [
  ['products, all that the shop says', ['product']],
  ['products, title alone', ['title']],
  ['parcel texts, all', LINES],
  ['products and parcel texts', ['product', ...LINES]],
  ['  parcel lines', ['parcel_text']],
  ['  catalogue words', ['search_reference']],
  ['  brand lines', ['brand']],
];

/** Figures on unseen texts: ranking, calibration and vagueness, too, are learned without the part that they are tried on. */
export const figures = ({ labelled, vague }: OutOfFold): Thresholds & { readonly text: string } => {
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
        to.push(judged(unseen, judge(unseen, learned), vaguenessOf(unseen, learned)));
      }
    }
  }
  const thresholds = Array.from({ length: FOLDS }, (_, fold) => thresholdsOf(good.filter((one) => one.fold !== fold)));
  const accepts = ({ probability, vagueness, fold }: Judged) =>
    probability >= thresholds[fold]!.acceptFrom && vagueness < thresholds[fold]!.vagueFrom;
  const tooVague = ({ vagueness, fold }: Judged) => vagueness >= thresholds[fold]!.vagueFrom;
  const rows = SETS.map(([name, sources]) => {
    const cases = good.filter(({ source }) => sources.includes(source));
    const accepted = cases.filter(accepts);
    const numbers = [
      share(cases, ({ rank }) => rank < 1),
      share(cases, ({ rank }) => rank < 3),
      share(cases, ({ rank }) => rank < 5),
      share(cases, ({ rank }) => rank < 10),
      share(cases, ({ heading }) => heading),
      accepted.length / cases.length,
      share(accepted, ({ rank }) => rank === 0),
      calibrationError(cases),
      share(cases, tooVague),
    ];
    return `${name.padEnd(34)}${String(cases.length).padStart(6)}${numbers.map(percent).join(' ')}`;
  });
  const head = `${''.padEnd(34)}${'n'.padStart(6)}${['top-1', 'top-3', 'top-5', 'top-10', 'HS4', 'accept', 'right', 'ECE', 'vague'].map((name) => name.padStart(6)).join(' ')}`;
  const { acceptFrom, vagueFrom } = thresholdsOf(good);
  const found = share(bad, tooVague);
  return {
    text: `${head}\n${rows.join('\n')}\nvague lines found ${percent(found)} % of ${bad.length}; accept from ${acceptFrom}, vague from ${vagueFrom}; all ECE ${percent(calibrationError(good))}`,
    acceptFrom,
    vagueFrom,
  };
};
