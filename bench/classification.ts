import { Reference } from '@crossparcel/files';
import { Classifier, type ClassifyRequest } from '@crossparcel/trade';
import type { Contest } from './contest.ts';

const TEXTS = 2000;

const words = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];

/** The plainest peer: cosine of TF-IDF weights of words with each subheading's own words, the nearest one wins. */
const plainCosine = (documents: readonly { readonly code: string; readonly text: string }[]) => {
  const postings = new Map<string, Map<number, number>>();
  for (const [at, { text }] of documents.entries()) {
    for (const word of words(text)) {
      const list = postings.get(word) ?? new Map<number, number>();
      list.set(at, (list.get(at) ?? 0) + 1);
      postings.set(word, list);
    }
  }
  return (text: string): string => {
    const scores = new Float64Array(documents.length);
    for (const word of words(text)) {
      const list = postings.get(word);
      if (!list) continue;
      const idf = Math.log(1 + documents.length / list.size);
      for (const [at, count] of list) scores[at] = (scores[at] ?? 0) + count * idf * idf;
    }
    let best = 0;
    for (let at = 1; at < scores.length; at += 1) if ((scores[at] ?? 0) > (scores[best] ?? 0)) best = at;
    return documents[best]?.code ?? '';
  };
};

/** Titles of goods from the lexicon's own terms, joined as shops join them. */
const titles = (reference: Reference): ClassifyRequest[] => {
  const names = reference
    .goodsModel()
    .texts.filter(({ kind }) => kind === 'term')
    .map((text) => text.words);
  const name = (at: number) => names[(at * 7919) % names.length] ?? '';
  return Array.from({ length: TEXTS }, (_, at) => ({
    id: String(at),
    text: at % 2 === 0 ? name(at) : `2024 new ${name(at)} ${name(at + 1)} for women high quality 20pcs ${name(at + 2)}`,
  }));
};

/** Classifications of goods texts on one core, half of them short and half as long as a marketplace's title. */
export const contests = async (): Promise<Contest[]> => {
  const reference = new Reference();
  const hs = reference.hsTable();
  const model = reference.goodsModel();
  const classifier = new Classifier({
    model,
    lexicon: reference.goodsLexicon(),
    hs,
    checker: reference.descriptionChecker(),
    tariffs: reference.tariffs(),
  });
  const requests = titles(reference);
  const codes = model.facts.codes.filter((code) => code.length === 6);
  const plain = plainCosine(codes.map((code) => ({ code, text: hs.describe(code) })));
  return [
    {
      title: `${TEXTS.toLocaleString('en-US')} goods texts, one core`,
      unit: 'texts/s',
      contestants: [
        {
          name: 'crossparcel',
          run: () => {
            for (const request of requests) classifier.classify(request);
            return TEXTS;
          },
        },
        {
          name: 'peer: TF-IDF cosine with the nomenclature alone',
          run: () => {
            for (const { text } of requests) plain(text);
            return TEXTS;
          },
        },
      ],
    },
  ];
};
