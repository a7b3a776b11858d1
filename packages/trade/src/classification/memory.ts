import * as z from 'zod';
import { FeatureMaker, type Goods, passagesOf } from './features.ts';
import { Neighbours } from './neighbours.ts';
import { hashOf, wordsOf } from './words.ts';

const goodsFields = {
  text: z.string(),
  category: z.string().optional(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).optional(),
};
const hs6 = z.string().regex(/^\d{6}$/, 'is not a code of six digits');

/** What a broker or operator has said of goods: a `confirmation` holds for one SKU, a `correction` teaches for like goods. */
export const verdictSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('confirmation'),
    sku: z.string(),
    hs: hs6,
    /** Edition of the nomenclature in which it was confirmed. */
    edition: z.string(),
    ...goodsFields,
  }),
  z.object({ kind: z.literal('correction'), hs: hs6, ...goodsFields }),
]);
export type Verdict = z.infer<typeof verdictSchema>;

/** A short text that changes when the words of the goods or of their attributes change; order, case and accents don't count. */
export const fingerprintOf = (goods: Goods): string => {
  const attributes = Object.entries(goods.attributes ?? {}).map(([key, value]) => `${key}=${wordsOf(value).join(' ')}`);
  const words = [...wordsOf(goods.text), ...attributes, `category=${wordsOf(goods.category ?? '').join(' ')}`].sort();
  return [11, 12].map((seed) => hashOf(words.join('\n'), seed).toString(16).padStart(8, '0')).join('');
};

/** What the memory knows of goods. */
export type Remembered =
  | { readonly kind: 'confirmed'; readonly hs: string }
  | { readonly kind: 'lapsed'; readonly hs: string; readonly because: 'goods' | 'edition' }
  | { readonly kind: 'like'; readonly hs: string; readonly likeness: number; readonly text: string };

const LEAST_LIKENESS = 0.5;

/** One tenant's confirmations and corrections; a later one of the same SKU or goods stands before an earlier. */
export class GoodsMemory {
  readonly #confirmations = new Map<string, { hs: string; fingerprint: string; edition: string }>();
  readonly #corrections: { readonly hs: string; readonly goods: Goods }[] = [];
  readonly #edition: string;
  readonly #maker = new FeatureMaker();
  #neighbours: Neighbours | undefined;

  constructor(verdicts: Iterable<Verdict>, edition: string) {
    this.#edition = edition;
    for (const verdict of verdicts) this.learn(verdict);
  }

  /** Takes a verdict in; the next lookup knows it. */
  learn(verdict: Verdict): void {
    if (verdict.kind === 'confirmation') {
      const { hs, edition, sku } = verdict;
      this.#confirmations.set(sku, { hs, edition, fingerprint: fingerprintOf(verdict) });
    }
    this.#corrections.push({ hs: verdict.hs, goods: verdict });
    this.#neighbours = undefined;
  }

  /** The verdict that applies: the SKU's own while goods and edition are unchanged, else the one on the most alike goods. */
  lookup(goods: Goods, sku?: string): Remembered | undefined {
    const own = sku === undefined ? undefined : this.#confirmations.get(sku);
    if (own) {
      if (own.edition !== this.#edition) return { kind: 'lapsed', hs: own.hs, because: 'edition' };
      if (own.fingerprint !== fingerprintOf(goods)) return { kind: 'lapsed', hs: own.hs, because: 'goods' };
      return { kind: 'confirmed', hs: own.hs };
    }
    return this.#mostAlike(goods);
  }

  #mostAlike(goods: Goods): Remembered | undefined {
    if (this.#corrections.length === 0) return undefined;
    this.#neighbours ??= new Neighbours(this.#corrections.map((one) => this.#maker.of(passagesOf(one.goods))));
    const cosines = this.#neighbours.cosines(this.#maker.of(passagesOf(goods)));
    let best = 0;
    for (let at = 1; at < cosines.length; at += 1) if ((cosines[at] ?? 0) >= (cosines[best] ?? 0)) best = at;
    const likeness = Math.min(1, cosines[best] ?? 0);
    const correction = this.#corrections[best];
    if (!correction || likeness < LEAST_LIKENESS) return undefined;
    return { kind: 'like', hs: correction.hs, likeness, text: correction.goods.text };
  }
}
