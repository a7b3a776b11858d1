import { CrossparcelError, datedFields } from '@crossparcel/units';
import * as z from 'zod';

/** Schema of a list of words that customs refuses when one of them is the whole text of a field. */
export const vagueListSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  words: z.array(z.string().min(1)).min(1),
  ...datedFields,
});
type VagueListRecord = z.infer<typeof vagueListSchema>;

/** Case, white space and what stands around the words do not matter. */
const normalised = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

/** The words of one list. */
export class VagueWords {
  readonly #words: ReadonlySet<string>;

  constructor(words: readonly string[]) {
    this.#words = new Set(words.map(normalised));
  }

  /** Whether a text says no more than one of the words. Inside a longer text they do no harm. */
  has(text: string): boolean {
    return this.#words.has(normalised(text));
  }
}

/** The lists on file, by their id. */
export class VagueLists {
  readonly #lists: ReadonlyMap<string, VagueWords>;

  constructor(records: readonly VagueListRecord[]) {
    this.#lists = new Map(records.map(({ id, words }) => [id, new VagueWords(words)]));
  }

  /** A list. Throws `unknown-list` when there is none of that id. */
  of(id: string): VagueWords {
    const list = this.#lists.get(id);
    if (list) return list;
    throw new CrossparcelError({
      code: 'unknown-list',
      what: `a message refuses the words of ${id}, which is no list on file`,
      mend: 'add it to reference/declarations/words',
    });
  }
}
