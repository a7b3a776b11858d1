import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BoostedTrees, boostedOdds } from './boosted.ts';
import { passagesOf } from './features.ts';
import { Lexicon } from './lexicon.ts';
import { fingerprintOf, GoodsMemory, type Verdict } from './memory.ts';
import { type GoodsModel, packModel, unpackModel } from './model.ts';
import { DescriptionChecker } from './quality.ts';
import { calibrated } from './trust.ts';
import { wordsOf } from './words.ts';

describe('words', () => {
  it('meet across case, accents, plural and script', () => {
    expect(wordsOf('Ohrringe, PULSERAS für Mädchen')).toEqual(['ohrringe', 'pulsera', 'fur', 'madchen']);
    expect(wordsOf('20pcs 10x5cm 925')).toEqual(['#pc', '#cm', '925']);
    expect(wordsOf('手机壳')).toEqual(['手机', '机壳']);
  });

  it('are the same when read again', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(wordsOf(text).every((word) => word.length > 0 && word.length <= 26)).toBe(true);
      }),
    );
  });
});

describe('the lexicon', () => {
  const lexicon = new Lexicon(
    [
      { hs6: '610910', when: 'cotton', terms: 't-shirt' },
      { hs6: '610990', when: 'polyester', terms: 't-shirt' },
      { hs6: '392690', when: '', terms: 'phone case' },
      { hs6: '851713', when: '', terms: 'phone' },
    ],
    [{ kind: 'material', concept: 'cotton', words: 'baumwolle' }],
  );
  const best = (text: string): string | undefined =>
    [...lexicon.find(passagesOf({ text }))].sort(([, a], [, b]) => b.score - a.score)[0]?.[0];

  it('lets the material choose between subheadings, in any of its languages', () => {
    expect(best('polyester t-shirt')).toBe('610990');
    expect(best('T-Shirt Baumwolle')).toBe('610910');
  });

  it('prefers the longest name and what stands before "for"', () => {
    expect(best('silicone phone case')).toBe('392690');
    expect(best('phone case for phone')).toBe('392690');
  });
});

describe('verdicts', () => {
  const mug = { text: 'Ceramic mug 350ml', attributes: { Material: 'Ceramic' } };
  const confirmation: Verdict = { kind: 'confirmation', sku: 'A', hs: '691200', edition: 'HS 2022', ...mug };

  it('stay until the goods or the edition change', () => {
    const memory = new GoodsMemory([confirmation], 'HS 2022');
    expect(memory.lookup(mug, 'A')).toEqual({ kind: 'confirmed', hs: '691200' });
    expect(memory.lookup({ ...mug, text: 'CERAMIC MUG 350 ml'.replace(' ml', 'ml') }, 'A')).toMatchObject({
      kind: 'confirmed',
    });
    expect(memory.lookup({ ...mug, attributes: { Material: 'Glass' } }, 'A')).toMatchObject({
      kind: 'lapsed',
      because: 'goods',
    });
    expect(new GoodsMemory([confirmation], 'HS 2028').lookup(mug, 'A')).toMatchObject({
      kind: 'lapsed',
      because: 'edition',
    });
  });

  it('teach at once, for like goods only, and only their own tenant', () => {
    const memory = new GoodsMemory([], 'HS 2022');
    const other = new GoodsMemory([], 'HS 2022');
    expect(memory.lookup(mug)).toBeUndefined();
    memory.learn({ kind: 'correction', hs: '691110', ...mug });
    expect(memory.lookup({ text: 'ceramic mug 500ml', attributes: { Material: 'Ceramic' } })).toMatchObject({
      kind: 'like',
      hs: '691110',
    });
    expect(memory.lookup({ text: 'yoga leggings' })).toBeUndefined();
    expect(other.lookup(mug)).toBeUndefined();
  });

  it('know goods by their words in any order of attributes', () => {
    expect(fingerprintOf({ text: 'mug', attributes: { a: 'x', b: 'y' } })).toBe(
      fingerprintOf({ text: 'MUG', attributes: { b: 'y', a: 'x' } }),
    );
    expect(fingerprintOf({ text: 'mug' })).not.toBe(fingerprintOf({ text: 'cup' }));
  });
});

describe('descriptions', () => {
  const checker = new DescriptionChecker([{ scope: 'cbp-goods', term: 'blanket' }], new Set(['polyester', 'cotton']));
  const check = (text: string, attributes?: Record<string, string>) => {
    const goods = { text, attributes };
    return checker.check(goods, passagesOf(goods), 'blanket');
  };

  it('are refused when they are nothing but a stop word, and warned of when they contain one', () => {
    expect(check('Blankets').refused).toEqual([{ scope: 'cbp-goods', term: 'blanket' }]);
    expect(check('100% polyester blanket')).toMatchObject({ refused: [], contains: ['blanket'] });
  });

  it('lack material and use until they say them, and a better one comes from the catalogue', () => {
    expect(check('blanket').missing).toEqual(['material', 'use']);
    expect(check('polyester blanket for beds').missing).toEqual([]);
    expect(check('blanket', { Material: 'Polyester', Use: 'Beds' }).proposal).toBe('polyester blanket, for beds');
  });
});

describe('probabilities', () => {
  it('add up to at most 1 after calibration, the first the greatest', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (raw, trust) => {
          const sum = raw.reduce((total, one) => total + one, 0);
          const ranked = raw
            .map((one, place) => ({ place, probability: one / sum }))
            .sort((a, b) => b.probability - a.probability);
          const after = calibrated(ranked, trust).map(({ probability }) => probability);
          expect(after.reduce((total, one) => total + one, 0)).toBeLessThanOrEqual(1 + 1e-9);
          expect(Math.max(...after)).toBe(after[0]);
        },
      ),
    );
  });
});

/** One tree that asks one feature. */
const stump = (start: number, feature: number): BoostedTrees => ({
  start,
  roots: Uint16Array.of(0),
  features: Int8Array.of(feature, -1, -1),
  values: Float32Array.of(0.5, -2, 2),
  lower: Uint16Array.of(1, 0, 0),
});

describe('boosted trees', () => {
  it('go down below or above each value and add up what they find', () => {
    expect(boostedOdds(stump(1, 1), [9, 0.5])).toBe(-1);
    expect(boostedOdds(stump(1, 1), [0, 0.6])).toBe(3);
  });
});

describe('the model', () => {
  it('is read back as it was written', () => {
    const model: GoodsModel = {
      facts: {
        nomenclature: 'HS 2022',
        learnedFrom: {},
        ranking: [1],
        trust: [2],
        blend: [3],
        acceptFrom: 0.9,
        vagueFrom: 0.5,
        vagueBias: 0,
        trustStart: 0.25,
        vagueStart: -0.5,
        treeStep: 0.5,
        vagueStep: 0.1,
        codes: ['69', '6912', '691200'],
      },
      tree: {
        codes: ['69', '6912', '691200'],
        biases: Float32Array.of(0, 1, 2),
        hashes: Uint32Array.of(5, 9, 4_000_000_000),
        starts: Uint32Array.of(0, 1, 2, 3),
        nodes: Uint16Array.of(0, 1, 2),
        weights: Int8Array.of(-5, 6, 7),
        step: 0.5,
      },
      texts: [
        { kind: 'term', hs6: '691200', words: 'ceramic mug' },
        {
          kind: 'product',
          hs6: '691200',
          words: '',
          features: { hashes: Uint32Array.of(7), weights: Float32Array.of(1) },
        },
      ],
      trustTrees: stump(0.25, 7),
      vague: { hashes: Uint32Array.of(3), weights: Int8Array.of(1) },
      vagueTrees: stump(-0.5, 2),
    };
    expect(unpackModel(packModel(model))).toEqual(model);
  });
});
