import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parseCsv } from '@crossparcel/files';
import {
  type GoodsTerm,
  type GoodsWords,
  groupOf,
  type Labelled,
  Lexicon,
  wordsOf,
} from '@crossparcel/trade/classification-training';

const REFERENCE = fileURLToPath(new URL('../reference/', import.meta.url));

/** The folder of labelled texts: `CROSSPARCEL_DATA`, or the one beside the repository; undefined when there is none. */
export const dataFolder = (): string | undefined => {
  const folders = [process.env.CROSSPARCEL_DATA, fileURLToPath(new URL('../../shared/data/', import.meta.url))];
  return folders.find((folder) => folder !== undefined && existsSync(join(folder, 'hs')));
};

type Row = Readonly<Record<string, string>>;

const read = (...parts: string[]): string => {
  const file = join(...parts);
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};
const csv = (...parts: string[]): Row[] => parseCsv(read(...parts), join(...parts));

/** Texts of HM Revenue & Customs' parcel tool. */
const parcelTexts = (folder: string): Labelled[] =>
  csv(folder, 'hs/uk-parcel-text-dev.csv').map(({ text = '', hs6 = '', kind = '' }) => ({
    goods: { text },
    hs6,
    kind: 'parcel',
    group: groupOf(text),
    trust: 1,
    source: kind,
  }));

interface Product {
  readonly title: string;
  readonly category: string;
  readonly attributes: Record<string, string>;
  readonly hs6: string;
}

/** Marketplace products of HSCodeComp, each with all that the shop says and once more with its title alone. */
const products = (folder: string): Labelled[] =>
  read(folder, 'hs/ecommerce-products-dev.jsonl')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const { title, category, attributes, hs6 } = JSON.parse(line) as Product;
      const common = { hs6, kind: 'product' as const, group: groupOf(title), trust: 2 };
      return [
        { ...common, goods: { text: title, category, attributes }, source: 'product' },
        { ...common, goods: { text: title }, source: 'title' },
      ];
    });

const isSubheading = (code: string): boolean => code.length === 6 && !code.startsWith('99');

/** One text for each subheading and place that describes it: the nomenclature, the tariffs' lines below it. */
const nomenclature = (folder: string): Labelled[] => {
  const own = csv(REFERENCE, 'hs/hs2022.csv').map(({ code = '', description = '' }) => ({ code, description }));
  const words = new Map(own.map(({ code, description }) => [code, description]));
  const codes = own.map(({ code }) => code).filter(isSubheading);
  const british = csv(REFERENCE, 'tariff/gb-eu.csv').map((row) => [row.code ?? '', row.description ?? ''] as const);
  const american = csv(folder, 'duty/us-hts.csv.gz').map(
    (row) => [row.hts ?? '', `${row.path ?? ''} ${row.description ?? ''}`] as const,
  );
  const gather = (lines: readonly (readonly [string, string])[]): Map<string, string> => {
    const gathered = new Map<string, string>();
    for (const [code, text] of lines) {
      const hs6 = code.slice(0, 6);
      if (words.has(hs6)) gathered.set(hs6, `${gathered.get(hs6) ?? ''} ${text}`);
    }
    return gathered;
  };
  const uk = gather(british);
  const us = gather(american);
  return codes.flatMap((hs6) => {
    const texts = [
      `${words.get(hs6) ?? ''} ${words.get(hs6.slice(0, 4)) ?? ''}`,
      [...new Set(wordsOf(uk.get(hs6) ?? ''))].join(' '),
      [...new Set(wordsOf(us.get(hs6) ?? ''))].join(' '),
    ];
    return texts
      .filter((text) => text !== '')
      .map(
        (text, at): Labelled => ({
          goods: { text: text.replaceAll(/\b(for|with)\b/g, ' ') },
          hs6,
          kind: 'nomenclature',
          group: '',
          trust: 0.3,
          source: ['hs', 'gb', 'us'][at] ?? '',
        }),
      );
  });
};

/** The lexicon's rows. */
const goodsTerms = (): GoodsTerm[] =>
  csv(REFERENCE, 'hs/goods-terms.csv').map(({ hs6 = '', when = '', terms = '' }) => ({ hs6, when, terms }));

const goodsWords = (): GoodsWords[] =>
  csv(REFERENCE, 'hs/goods-words.csv').map(({ kind = '', concept = '', words = '' }) => ({ kind, concept, words }));

/** The lexicon as the product uses it. */
export const lexicon = (): Lexicon => new Lexicon(goodsTerms(), goodsWords());

/** Each name of the lexicon as a labelled text, with the first word of each demand. */
const terms = (): Labelled[] =>
  goodsTerms().flatMap(({ hs6, when, terms: names }) => {
    const told = when
      .split(';')
      .map((demand) => demand.split('/')[0] ?? '')
      .join(' ');
    return names.split(';').map(
      (name): Labelled => ({
        goods: { text: `${told} ${name}`.trim() },
        hs6,
        kind: 'term',
        group: '',
        trust: 1,
        source: name.trim(),
      }),
    );
  });

/** All that is learned from. */
export const labelledTexts = (folder: string): Labelled[] => [
  ...products(folder),
  ...parcelTexts(folder),
  ...terms(),
  ...nomenclature(folder),
];

/** Lines that HM Revenue & Customs holds too vague to classify. */
export const vagueTexts = (folder: string): string[] =>
  csv(folder, 'stopwords/uk-vague-text-dev.csv').map(({ text = '' }) => text);

/** The files that the model is learned from. */
export const INPUTS: readonly (readonly [string, (folder: string) => string])[] = [
  ['goods-terms.csv', () => join(REFERENCE, 'hs/goods-terms.csv')],
  ['goods-words.csv', () => join(REFERENCE, 'hs/goods-words.csv')],
  ['hs2022.csv', () => join(REFERENCE, 'hs/hs2022.csv')],
  ['gb-eu.csv', () => join(REFERENCE, 'tariff/gb-eu.csv')],
  ['us-hts.csv.gz', (folder) => join(folder, 'duty/us-hts.csv.gz')],
  ['uk-parcel-text-dev.csv', (folder) => join(folder, 'hs/uk-parcel-text-dev.csv')],
  ['ecommerce-products-dev.jsonl', (folder) => join(folder, 'hs/ecommerce-products-dev.jsonl')],
  ['uk-vague-text-dev.csv', (folder) => join(folder, 'stopwords/uk-vague-text-dev.csv')],
];
