import type { Held } from '@crossparcel/demand';
import { actualOf, sized, type Trial } from './spike-folds.ts';
import { ASKED, heldOf } from './spike-score.ts';

/** Names of widths: with all, and without a part of the evidence. */
const WITHOUT: Readonly<Record<string, { readonly name: string; readonly all: string }>> = {
  followers: { name: 'times', all: 'followers' },
  views: { name: 'alone', all: 'likes' },
  likes: { name: 'views', all: 'likes' },
};
const DIGITS = 1e3;
const short = (value: number): number => Math.round(value * DIGITS) / DIGITS;

const widthOf = (trial: Trial): number => {
  const curve = sized(trial);
  return Math.log((curve.at(0.9) + 1) / (curve.at(0.1) + 1));
};

const meanWidth = (trials: readonly Trial[]): number =>
  short(trials.reduce((sum, trial) => sum + widthOf(trial), 0) / trials.length);

/** Mean widths by age. */
export const meanWidths = (trials: readonly Trial[]): Map<number, number> =>
  new Map([...Map.groupBy(trials, ({ age }) => age)].map(([age, all]) => [age, meanWidth(all)]));

const lessOf = (trial: Trial, part: 'followers' | 'views' | 'likes'): Trial => {
  const less = trial.evidence.without(part) ?? trial.evidence;
  return { ...trial, evidence: part === 'likes' ? (less.without('comments') ?? less) : less };
};

const widthsOf = (trials: readonly Trial[], parts: readonly ('followers' | 'views' | 'likes')[]): Held['width'] =>
  Object.fromEntries(
    parts.flatMap((part) => {
      const { name, all } = WITHOUT[part] ?? { name: part, all: 'all' };
      return [
        [all, meanWidth(trials)],
        [name, meanWidth(trials.map((trial) => lessOf(trial, part)))],
      ];
    }),
  );

/** How often intervals held at each age, and how wide they were with and without parts of the evidence. */
export const heldOver = (trials: readonly Trial[], parts: readonly ('followers' | 'views' | 'likes')[]): Held[] =>
  [...Map.groupBy(trials, ({ age }) => age)]
    .toSorted(([one], [other]) => one - other)
    .map(([age, all]) => {
      const outcomes = all.map((trial) => {
        const curve = sized(trial);
        return { quantiles: ASKED.map((level) => curve.at(level)), actual: actualOf(trial), plus: 0 };
      });
      return {
        age,
        items: new Set(all.map(({ item }) => item.id)).size,
        in50: short(heldOf(outcomes, 0.25)),
        in80: short(heldOf(outcomes, 0.1)),
        in95: short(heldOf(outcomes, 0.025)),
        width: widthsOf(all, parts),
      };
    });
