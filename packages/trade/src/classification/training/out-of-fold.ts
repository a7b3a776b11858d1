import type { Evidence } from '../evidence.ts';
import type { Lexicon } from '../lexicon.ts';
import { codesOf, foldOf, groupsOf, witnessesOf } from './folds.ts';
import { groupOf, type Labelled } from './labelled.ts';

export const FOLDS = 5;

/** A text that the witnesses had not seen, and what they said of it. */
export interface Unseen {
  readonly text: Labelled;
  readonly fold: number;
  readonly evidence: Evidence;
}

/** What a round of cross-validation gives: labelled texts, and vague ones, which have no code. */
export interface OutOfFold {
  readonly labelled: readonly Unseen[];
  readonly vague: readonly Unseen[];
}

const kept = (evidence: Evidence): Evidence => ({ ...evidence, values: evidence.values.slice() });

/** Learns tree and index `FOLDS` times without one part of the shop and parcel texts, and hears them on that part. */
export const outOfFold = (
  texts: readonly Labelled[],
  vague: readonly string[],
  lexicon: Lexicon,
  say: (line: string) => void,
): OutOfFold => {
  const tested = texts.filter(({ kind }) => kind === 'product' || kind === 'parcel');
  const vagueTexts = vague.map(
    (text): Labelled => ({ goods: { text }, hs6: '', kind: 'parcel', group: groupOf(text), trust: 1, source: 'vague' }),
  );
  const judged = [...tested, ...vagueTexts];
  const groups = groupsOf(judged);
  const folds = new Map(judged.map((text, at) => [text, foldOf(groups[at] ?? '', FOLDS)]));
  const codes = codesOf(texts);
  const labelled: Unseen[] = [];
  const unlabelled: Unseen[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const { witnesses } = witnessesOf(
      codes,
      texts.filter((text) => folds.get(text) !== fold),
      lexicon,
    );
    const hear = (text: Labelled): Unseen => ({
      text,
      fold,
      evidence: kept(witnesses.hear(text.goods)),
    });
    labelled.push(...tested.filter((text) => folds.get(text) === fold).map(hear));
    unlabelled.push(...vagueTexts.filter((text) => folds.get(text) === fold).map(hear));
    say(`part ${fold + 1} of ${FOLDS} heard`);
  }
  return { labelled, vague: unlabelled };
};
