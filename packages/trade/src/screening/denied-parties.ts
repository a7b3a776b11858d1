import { entryFingerprint } from './fingerprint.ts';
import type { ListEntry, ScreeningList } from './list.ts';
import type { ScreeningMethod } from './method.ts';
import { type NameForms, NameReader } from './name-forms.ts';
import { type IndexHit, NameIndex } from './name-index.ts';
import { NameScorer, type WordPair } from './name-score.ts';

/** A party as it is screened. */
export interface ScreenedParty {
  readonly name: string;
  readonly kind?: string | undefined;
  readonly country?: string | undefined;
  readonly birthDate?: string | undefined;
}

/** A listed entry whose name is like a party's. */
export interface PartyHit {
  readonly list: ScreeningList;
  readonly entry: ListEntry;
  readonly entryVersion: string;
  /** The listed name that scored best. */
  readonly listedName: string;
  readonly score: number;
  readonly decision: 'review' | 'blocked';
  readonly why: readonly string[];
}

interface Row {
  readonly list: ScreeningList;
  readonly entry: ListEntry;
  readonly name: number;
}

/** Names in one form, and what each belongs to. */
interface Side {
  readonly index: NameIndex;
  readonly rows: Row[];
}

type Search = (index: NameIndex, words: readonly string[], threshold: number) => readonly IndexHit[];

/** Fewer consonants in all would stand for too many names. */
const FEWEST_CONSONANTS = 4;

const addTo = ({ index, rows }: Side, words: readonly string[], row: Row): void => {
  if (words.length === 0) return;
  index.add(words);
  rows.push(row);
};

interface Best {
  readonly row: Row;
  readonly score: number;
  readonly pairs: readonly WordPair[];
  readonly byConsonants: boolean;
}

const yearOf = (text: string): number | undefined => {
  const year = /\b(1[89]|20)\d\d\b/.exec(text)?.[0];
  return year === undefined ? undefined : Number(year);
};

const percent = (score: number): string => score.toFixed(3);

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** A country as a list may write it: by its code or by its English name. */
const isCountry = (written: string, code: string): boolean => {
  const wanted = code.toUpperCase();
  return written.toUpperCase() === wanted || written.toLowerCase() === regionNames.of(wanted)?.toLowerCase();
};

/** Screens parties against lists, with an index that finds whatever a comparison with every name would. */
export class DeniedParties {
  readonly method: ScreeningMethod;
  readonly #reader: NameReader;
  readonly #written: Side;
  readonly #joined: Side;
  readonly #consonants: Side;

  constructor(lists: readonly ScreeningList[], method: ScreeningMethod) {
    this.method = method;
    this.#reader = new NameReader(method);
    const scorer = new NameScorer(method);
    const table = NameIndex.tableFor(scorer);
    this.#written = { index: new NameIndex(scorer, table), rows: [] };
    this.#joined = { index: new NameIndex(scorer, table), rows: [] };
    this.#consonants = { index: new NameIndex(scorer), rows: [] };
    for (const list of lists) for (const entry of list.entries) this.#add(list, entry);
  }

  /** Whether a name has letters or digits by which it can be compared at all. */
  canCompare(name: string): boolean {
    const { words, consonants, vowelless } = this.#reader.forms(name);
    return (vowelless ? consonants : words).length > 0;
  }

  /** Entries whose names score at least the method's `review`, best first, with what speaks for and against each. */
  screen(party: ScreenedParty): PartyHit[] {
    return this.#hits(party, (index, words, threshold) => index.search(words, threshold));
  }

  /** The same by comparing with every name: slow, and what `screen` must agree with. */
  screenByScan(party: ScreenedParty): PartyHit[] {
    return this.#hits(party, (index, words, threshold) => index.scan(words, threshold));
  }

  #add(list: ScreeningList, entry: ListEntry): void {
    for (const [name, { name: text }] of entry.names.entries()) {
      const forms = this.#reader.forms(text);
      const row = { list, entry, name };
      if (!forms.vowelless) {
        addTo(this.#written, forms.words, row);
        for (const words of forms.joined) addTo(this.#joined, words, row);
      }
      if (forms.consonants.join('').length >= FEWEST_CONSONANTS) addTo(this.#consonants, forms.consonants, row);
    }
  }

  #hits(party: ScreenedParty, search: Search): PartyHit[] {
    const best = new Map<ListEntry, Best>();
    const keep = ({ index, rows }: Side, words: readonly string[], factor: number) => {
      for (const { name, score, pairs } of search(index, words, this.method.bands.review / factor)) {
        const row = rows[name] as Row;
        const found = { row, score: score * factor, pairs, byConsonants: factor < 1 };
        if (found.score > (best.get(row.entry)?.score ?? 0)) best.set(row.entry, found);
      }
    };
    const forms = this.#reader.forms(party.name);
    if (forms.vowelless) keep(this.#consonants, forms.consonants, this.method.consonants);
    else this.#spelled(forms, keep);
    const hits = Array.from(best.values(), (found) => this.#hit(party, found));
    return hits.sort((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1));
  }

  /** As written against both forms of listed names, and joined against those as written: one side joined is enough. */
  #spelled({ words, joined }: NameForms, keep: (side: Side, words: readonly string[], factor: number) => void): void {
    if (words.length === 0) return;
    keep(this.#written, words, 1);
    keep(this.#joined, words, 1);
    for (const other of joined) keep(this.#written, other, 1);
  }

  #hit(party: ScreenedParty, { row: { list, entry, name }, score, pairs, byConsonants }: Best): PartyHit {
    const listed = entry.names[name] as ListEntry['names'][number];
    const why = pairs.map(({ asked, listed: word, score: alike }) => `${asked} is like ${word} (${percent(alike)})`);
    if (byConsonants) why.push('compared by consonants, since the script leaves vowels out');
    if (name > 0) why.push(`an alias of ${entry.names[0]?.name}`);
    const against = this.#against(party, entry);
    if (listed.weak) against.push('the list calls this alias weak');
    why.push(...this.#for(party, entry), ...against);
    const decision = score >= this.method.bands.block && against.length === 0 ? 'blocked' : 'review';
    return { list, entry, entryVersion: entryFingerprint(entry), listedName: listed.name, score, decision, why };
  }

  /** What makes a match likelier. */
  #for({ country, birthDate }: ScreenedParty, entry: ListEntry): string[] {
    const why: string[] = [];
    const year = birthDate === undefined ? undefined : yearOf(birthDate);
    const years = entry.birthDates.map(yearOf).filter((one) => one !== undefined);
    if (year !== undefined && this.#sameYear(year, years)) why.push(`born in ${year}, as listed`);
    if (country !== undefined && entry.countries.some((written) => isCountry(written, country))) {
      why.push(`in ${country}, as listed`);
    }
    return why;
  }

  /** What speaks against a match: it keeps a party from being stopped at once, and never clears it. */
  #against({ kind, birthDate }: ScreenedParty, entry: ListEntry): string[] {
    const why: string[] = [];
    const year = birthDate === undefined ? undefined : yearOf(birthDate);
    const years = entry.birthDates.map(yearOf).filter((one) => one !== undefined);
    if (year !== undefined && years.length > 0 && !this.#sameYear(year, years)) {
      why.push(`born in ${year}, listed as born in ${[...new Set(years)].join(' or ')}`);
    }
    if (kind !== undefined && kind !== entry.kind) why.push(`a ${kind}, listed as ${entry.kind}`);
    return why;
  }

  #sameYear(year: number, years: readonly number[]): boolean {
    return years.some((listed) => Math.abs(listed - year) <= this.method.birthYears);
  }
}
