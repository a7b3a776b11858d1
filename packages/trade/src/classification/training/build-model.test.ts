import { describe, expect, it } from 'vitest';
import { Lexicon } from '../lexicon.ts';
import { unpackModel } from '../model.ts';
import { buildModel } from './build-model.ts';
import type { Labelled } from './labelled.ts';
import { outOfFold } from './out-of-fold.ts';

const GOODS: readonly (readonly [string, string])[] = [
  ['ceramic mug', '691200'],
  ['porcelain mug', '691110'],
  ['cotton t-shirt', '610910'],
  ['polyester t-shirt', '610990'],
  ['leather belt', '420330'],
  ['wooden chair', '940169'],
];
const COLOURS = ['red', 'blue', 'green', 'white', 'black', 'yellow'];

/** Goods in colours that say nothing of what they are. */
const texts = (): Labelled[] =>
  GOODS.flatMap(([name, hs6]) =>
    COLOURS.map((colour) => ({
      goods: { text: `${colour} ${name}` },
      hs6,
      kind: 'parcel' as const,
      group: `${colour} ${name}`,
      trust: 1,
      source: 'parcel_text',
    })),
  );
const vague = COLOURS.flatMap((colour) => [`${colour} item`, `${colour} goods`, `${colour} sample`]);

const train = (known: readonly Labelled[]): Uint8Array => {
  const lexicon = new Lexicon([{ hs6: '691200', when: '', terms: 'ceramic mug' }], []);
  const unseen = outOfFold(known, vague, lexicon, () => {});
  return buildModel(known, lexicon, unseen, { acceptFrom: 0.9, vagueFrom: 0.5 }, { made: 'set' });
};

describe('training', () => {
  it('gives the same bytes from the same texts, and others from others', () => {
    const first = train(texts());
    expect(train(texts())).toEqual(first);
    expect(train(texts().slice(0, -1))).not.toEqual(first);
    expect(unpackModel(first).facts.learnedFrom).toEqual({ made: 'set' });
  });
});
