import * as z from 'zod';
import type { Goods, Passage } from './features.ts';
import { wordsOf } from './words.ts';

/** A term that an authority refuses as the whole description; `scope` names its list in `reference/declarations/words`. */
export interface StopWord {
  readonly scope: string;
  readonly term: string;
}

/** What is to be said of a description. */
export const qualitySchema = z.object({
  /** Authorities that refuse the text because it is nothing but such a term. */
  refused: z.array(z.object({ scope: z.string(), term: z.string() })),
  /** Such terms inside a longer text: a warning only. */
  contains: z.array(z.string()),
  /** What the text does not say: what the goods are made of, what they are for. */
  missing: z.array(z.enum(['material', 'use'])),
  /** A better text, put together from the catalogue. */
  proposal: z.string().optional(),
});
export type DescriptionQuality = z.infer<typeof qualitySchema>;

const MATERIAL_KEY = /material|fabric|composition/i;
const USE_KEY = /^(use|application|function|purpose|occasion|usage)$/i;
const LONGEST_TERM = 5;

const attributeOf = (goods: Goods, key: RegExp): string | undefined =>
  Object.entries(goods.attributes ?? {}).find(([name, value]) => key.test(name) && !/^(none|other)$/i.test(value))?.[1];

/** Checks descriptions against lists of stop words, and for material and use (what is it, what is it made of, what is it for). */
export class DescriptionChecker {
  readonly #terms = new Map<string, StopWord[]>();
  readonly #materials: ReadonlySet<string>;

  constructor(stopWords: Iterable<StopWord>, materials: ReadonlySet<string>) {
    this.#materials = materials;
    for (const stopWord of stopWords) {
      const key = wordsOf(stopWord.term).join(' ');
      this.#terms.set(key, [...(this.#terms.get(key) ?? []), stopWord]);
    }
  }

  /** The lists that refuse the text because it is nothing but one of their terms. */
  refusals(text: string): readonly StopWord[] {
    return this.#terms.get(wordsOf(text).join(' ')) ?? [];
  }

  /** All that is to be said of a description; `name` is what the goods are held to be. */
  check(goods: Goods, passages: readonly Passage[], name: string | undefined): DescriptionQuality {
    const words = wordsOf(goods.text);
    const refused = this.refusals(goods.text).map(({ scope, term }) => ({ scope, term }));
    const material = words.some((word) => this.#materials.has(word));
    const use = passages.some(({ place, words: said }) => place === 'purpose' && said.length > 0);
    const missing = [...(material ? [] : ['material' as const]), ...(use ? [] : ['use' as const])];
    const proposal = this.#proposal(goods, name, material);
    return {
      refused,
      contains: refused.length > 0 ? [] : this.#inside(words),
      missing,
      ...(proposal === undefined ? {} : { proposal }),
    };
  }

  #inside(words: readonly string[]): string[] {
    const found = new Set<string>();
    for (let from = 0; from < words.length; from += 1) {
      for (let length = 1; length <= LONGEST_TERM; length += 1) {
        for (const { term } of this.#terms.get(words.slice(from, from + length).join(' ')) ?? []) found.add(term);
      }
    }
    return [...found];
  }

  #proposal(goods: Goods, name: string | undefined, said: boolean): string | undefined {
    const material = attributeOf(goods, MATERIAL_KEY);
    const use = attributeOf(goods, USE_KEY);
    const what = attributeOf(goods, /^item type$/i) ?? name;
    if (what === undefined || (material === undefined && use === undefined)) return undefined;
    const made = material === undefined || said ? '' : `${material.toLowerCase()} `;
    return `${made}${what.toLowerCase()}${use === undefined ? '' : `, for ${use.toLowerCase()}`}`;
  }
}
