import { ComparedWord, LONGEST_WORD } from '../screening/jaro-winkler.ts';
import type { AddressFormat, Subdivision } from './address-format.ts';
import { latinOf } from './latin.ts';

/** From which similarity on a name is taken for a misspelt one. */
const MISSPELT_FROM = 0.85;
/** Words that say what a subdivision is, not which. */
const KINDS =
  /\b(state|province|provinsi|prov|county|co|prefecture|prefectura|ken|fu|sheng|shi|changwat|tinh|thanh pho|estado( de)?|de|of)\b/g;

/** Names without accents, capitals and words for their kind. */
const folded = (text: string): string => {
  const plain = latinOf(text.normalize('NFKC'))
    .text.toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  const short = plain.replace(KINDS, ' ').replace(/\s+/g, ' ').trim();
  return short === '' ? plain : short;
};

const written = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** How a subdivision was found in what was written. */
export interface SubdivisionMatch {
  readonly subdivision: Subdivision;
  readonly by: 'code' | 'name' | 'likeness';
}

/** The states or provinces of one country, found by code, by any of their names, or by a name that is nearly one. */
export class Subdivisions {
  readonly complete: boolean;
  readonly #byText = new Map<string, Subdivision>();
  readonly #byFolded = new Map<string, Subdivision | undefined>();
  readonly #list: readonly { readonly subdivision: Subdivision; readonly postal: RegExp | undefined }[];

  constructor({ complete, list }: NonNullable<AddressFormat['subdivisions']>) {
    this.complete = complete;
    this.#list = list.map((subdivision) => ({
      subdivision,
      postal: subdivision.postalPrefix === undefined ? undefined : new RegExp(`^(?:${subdivision.postalPrefix})`, 'u'),
    }));
    for (const subdivision of list) {
      for (const text of textsOf(subdivision)) {
        if (!this.#byText.has(written(text))) this.#byText.set(written(text), subdivision);
        const key = folded(text);
        const known = this.#byFolded.get(key);
        // A short name that two have in common tells neither.
        this.#byFolded.set(key, this.#byFolded.has(key) && known !== subdivision ? undefined : subdivision);
      }
    }
  }

  /** The subdivision behind what was written. */
  find(given: string): SubdivisionMatch | undefined {
    const exact = this.#byText.get(written(given));
    if (exact) return { subdivision: exact, by: exact.code === given ? 'code' : 'name' };
    const named = this.#byFolded.get(folded(given));
    if (named) return { subdivision: named, by: 'name' };
    // Where some are not listed, the nearest name may belong to another.
    return this.complete ? this.#likest(folded(given)) : undefined;
  }

  /** Whether a postal code can lie in a subdivision; undefined where that is not known. */
  holds(subdivision: Subdivision, postcode: string): boolean | undefined {
    return this.#list.find((one) => one.subdivision === subdivision)?.postal?.test(postcode);
  }

  /** The only subdivision in which a postal code can lie. */
  ofPostcode(postcode: string): Subdivision | undefined {
    const holding = this.#list.filter(({ postal }) => postal?.test(postcode));
    return holding.length === 1 ? holding[0]?.subdivision : undefined;
  }

  #likest(given: string): SubdivisionMatch | undefined {
    if (given.length < 4) return undefined;
    const compared = new ComparedWord(given.slice(0, LONGEST_WORD));
    const scored = Array.from(this.#byFolded, ([name, subdivision]) => ({
      subdivision,
      score: compared.jaro(name.slice(0, LONGEST_WORD)),
    }))
      .filter(({ subdivision, score }) => subdivision !== undefined && score >= MISSPELT_FROM)
      .sort((a, b) => b.score - a.score);
    const [best] = scored;
    const rival = scored.find(({ subdivision }) => subdivision !== best?.subdivision);
    if (!best?.subdivision || rival?.score === best.score) return undefined;
    return { subdivision: best.subdivision, by: 'likeness' };
  }
}

const textsOf = ({ code, name, latin, iso, names }: Subdivision): string[] =>
  [code, name, latin, iso, ...(names ?? [])].filter((text) => text !== undefined);
