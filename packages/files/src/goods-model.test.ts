import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Classifier, GoodsMemory } from '@crossparcel/trade';
import { describe, expect, it } from 'vitest';
import { REFERENCE, Reference } from './reference.ts';

const reference = new Reference();
const model = reference.goodsModel();
const hs = reference.hsTable();
const parts = {
  model,
  hs,
  lexicon: reference.goodsLexicon(),
  checker: reference.descriptionChecker(),
  tariffs: reference.tariffs(),
};
const classifier = new Classifier(parts);
const first = (text: string) => classifier.classify({ id: '1', text }).candidates[0]?.hs;
const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

const OWN = {
  'goods-terms.csv': 'hs/goods-terms.csv',
  'goods-words.csv': 'hs/goods-words.csv',
  'hs2022.csv': 'hs/hs2022.csv',
  'gb-eu.csv': 'tariff/gb-eu.csv',
};
const SHARED = {
  'us-hts.csv.gz': 'duty/us-hts.csv.gz',
  'uk-parcel-text-dev.csv': 'hs/uk-parcel-text-dev.csv',
  'ecommerce-products-dev.jsonl': 'hs/ecommerce-products-dev.jsonl',
  'uk-vague-text-dev.csv': 'stopwords/uk-vague-text-dev.csv',
};
const shared = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

describe('the model of goods descriptions', () => {
  it('was learned from the reference data beside it; else run npm run train', () => {
    for (const [name, file] of Object.entries(OWN)) {
      expect([name, model.facts.learnedFrom[name]]).toEqual([name, sha256(REFERENCE + file)]);
    }
  });

  it.skipIf(!existsSync(shared))('was learned from the shared data', () => {
    for (const [name, file] of Object.entries(SHARED)) {
      expect([name, model.facts.learnedFrom[name]]).toEqual([name, sha256(shared + file)]);
    }
  });

  it('answers with subheadings that exist, never a catch-all, and probabilities of at most 1 in total', () => {
    for (const text of [
      '',
      '???',
      'silver ring',
      'Damen Sonnenbrille',
      '手机壳',
      'gift card x 1',
      'steel bolt m3 for car',
    ]) {
      const { candidates } = classifier.classify({ id: '1', text });
      expect(candidates.length).toBeLessThanOrEqual(10);
      expect(candidates.reduce((sum, { probability }) => sum + probability, 0)).toBeLessThanOrEqual(1);
      for (const { hs: code } of candidates) {
        expect(hs.hasSubheading(code)).toBe(true);
        expect(code.startsWith('99')).toBe(false);
      }
    }
  });

  it('knows everyday goods in several languages', () => {
    expect(first('women polarized sunglasses')).toBe('900410');
    expect(first('Sonnenbrille')).toBe('900410');
    expect(first('parapluie pliant automatique')).toBe('660191');
    expect(first('耳机 蓝牙')).toBe('851830');
  });

  it('gives the lines of each tariff below the first candidate', () => {
    const { lines } = classifier.classify({ id: '1', text: 'women polarized sunglasses' });
    expect(new Set(lines.map(({ tariff }) => tariff))).toEqual(new Set(['us', 'gb-eu', 'jp']));
    expect(lines.every(({ code }) => code.length > 6 && code.startsWith('900410'))).toBe(true);
  });

  it('finds a text that is nothing but a stop word too vague', () => {
    expect(classifier.classify({ id: '1', text: 'Accessories' }).decision).toBe('too-vague');
  });

  it('lets a confirmation and a correction change the answer at once', () => {
    const memory = new GoodsMemory([], model.facts.nomenclature);
    const learning = new Classifier({ ...parts, memory });
    const goods = { text: 'zorblax flux widget' };
    const ask = (sku?: string) => learning.classify({ id: '1', ...goods, sku });
    memory.learn({ kind: 'correction', hs: '950300', ...goods });
    expect(ask().candidates[0]?.hs).toBe('950300');
    memory.learn({ kind: 'confirmation', sku: 'Z', hs: '950490', edition: model.facts.nomenclature, ...goods });
    expect(ask('Z')).toMatchObject({ decision: 'accept', candidates: [{ hs: '950490', probability: 1 }] });
  });
});
