import { CrossparcelError, parseMinor, parseRatio, type Ratio } from '@crossparcel/units';
import type { Area, Conditions, RuleBook } from './book.ts';
import { type Matches, matchPrefixes, matchValues } from './match.ts';

/** An amount of a record in minor units. */
export interface Amount {
  readonly minor: number;
  readonly currency: string;
}

/** A limit on a sum of base parts; `unit-value` is looked at line by line. */
export interface Limit {
  readonly of: readonly string[];
  readonly amount: Amount;
  readonly kind: 'at-most' | 'above';
}

/** What about a parcel decides, before its goods and values are looked at, which rules can apply. */
export interface Setting {
  readonly market: string;
  readonly subdivision: string | undefined;
  readonly channel: string;
  readonly entry: string;
  readonly importer: string;
  readonly collectedBy: string | undefined;
  readonly postalMethod: string;
  readonly schemes: readonly string[];
  readonly dutyInPrice: boolean;
}

/** What about some goods decides which rules touch them. */
export interface GoodsFacts {
  readonly origin: string;
  readonly hs: string;
  readonly row: Readonly<Record<string, string>> | undefined;
  readonly attributes: Readonly<Record<string, boolean>> | undefined;
}

/** One condition of a record, under the name that it has there. */
interface Test<Subject> {
  readonly field: keyof Conditions;
  readonly holds: (subject: Subject) => boolean;
}

/** The conditions of a record, sorted by what they look at. */
export interface CompiledConditions {
  readonly setting: readonly Test<Setting>[];
  readonly goods: readonly Test<GoodsFacts>[];
  readonly limits: readonly Limit[];
}

/** What a base or a limit may add up, beside `rule:ID`. */
const PARTS = new Set(['value', 'freight', 'insurance', 'duty', 'fee', 'tax', 'unit-value', 'same-order', 'same-day']);

/** The fault of a record that cannot be compiled. */
const brokenBook = (book: string, record: string, what: string): CrossparcelError =>
  new CrossparcelError({
    code: 'broken-rule-book',
    what: `rule book ${book}, record ${record}: ${what}`,
    mend: 'correct the record; docs/law-as-data.md lists the forms',
    data: { book, record },
  });

/** The first condition that does not hold; undefined when all do. */
export const failing = <Subject>(tests: readonly Test<Subject>[], subject: Subject): Test<Subject> | undefined =>
  tests.find((test) => !test.holds(subject));

/** Whether all conditions hold. */
export const allHold = <Subject>(tests: readonly Test<Subject>[], subject: Subject): boolean => {
  for (const test of tests) if (!test.holds(subject)) return false;
  return true;
};

/** Reads what records of one book have in common: conditions, amounts, shares. Throws `broken-rule-book`. */
export class RecordReader {
  readonly #book: RuleBook;
  readonly #areas: readonly Area[];

  constructor(book: RuleBook, areas: readonly Area[]) {
    this.#book = book;
    this.#areas = areas;
  }

  broken(record: string, what: string): CrossparcelError {
    return brokenBook(this.#book.book, record, what);
  }

  share(record: string, text: string): Ratio {
    const share = parseRatio(text);
    if (!share) throw this.broken(record, `${text} is not a percentage`);
    return share;
  }

  amount(record: string, { amount, currency }: { amount: string; currency: string }): Amount {
    const minor = parseMinor(amount, currency);
    if (minor === undefined) throw this.broken(record, `${amount} ${currency} is not an amount`);
    return { minor, currency };
  }

  /** Base parts, each of which has to exist. */
  parts(record: string, parts: readonly string[]): readonly string[] {
    const rules = new Set(this.#book.rules.map(({ id }) => `rule:${id}`));
    const unknown = parts.find((part) => !PARTS.has(part) && !rules.has(part));
    if (unknown !== undefined) throw this.broken(record, `there is no base part ${unknown}`);
    return parts;
  }

  conditions(record: string, when: Conditions = {}): CompiledConditions {
    return { setting: this.#setting(when), goods: this.#goods(when), limits: this.limits(record, when) };
  }

  limits(record: string, when: Pick<Conditions, 'valueAtMost' | 'valueAbove'>): Limit[] {
    const limit = (kind: Limit['kind'], value: Conditions['valueAtMost']): Limit[] =>
      value ? [{ kind, of: this.parts(record, value.of ?? ['value']), amount: this.amount(record, value) }] : [];
    return [...limit('at-most', when.valueAtMost), ...limit('above', when.valueAbove)];
  }

  #setting(when: Conditions): Test<Setting>[] {
    const tests: Test<Setting>[] = [];
    const member = (field: 'market' | 'subdivision' | 'entry' | 'importer' | 'collectedBy' | 'postalMethod') => {
      const list = when[field];
      if (!list) return;
      const matches = matchValues(list);
      tests.push({ field, holds: (setting) => matches(setting[field] ?? '') });
    };
    member('market');
    member('subdivision');
    // A sale from stock inside the market is no import: only records that name it are about it.
    const channels = matchValues(
      !when.channel || when.channel.every((entry) => entry.startsWith('!'))
        ? [...(when.channel ?? []), '!domestic']
        : when.channel,
    );
    tests.push({ field: 'channel', holds: (setting) => channels(setting.channel) });
    member('entry');
    member('importer');
    member('collectedBy');
    member('postalMethod');
    const { scheme, noScheme, dutyInPrice } = when;
    if (scheme) tests.push({ field: 'scheme', holds: ({ schemes }) => scheme.some((name) => schemes.includes(name)) });
    if (noScheme) {
      tests.push({ field: 'noScheme', holds: ({ schemes }) => !noScheme.some((name) => schemes.includes(name)) });
    }
    if (dutyInPrice !== undefined) {
      tests.push({ field: 'dutyInPrice', holds: (setting) => setting.dutyInPrice === dutyInPrice });
    }
    return tests;
  }

  #goods(when: Conditions): Test<GoodsFacts>[] {
    const tests: Test<GoodsFacts>[] = [];
    if (when.origin) {
      const matches = matchValues(when.origin, (entry) => this.members(entry));
      tests.push({ field: 'origin', holds: (goods) => matches(goods.origin) });
    }
    if (when.hs) {
      const matches: Matches = matchPrefixes(when.hs, (entry) => this.codes(entry));
      tests.push({ field: 'hs', holds: (goods) => matches(goods.hs) });
    }
    if (when.listed) {
      const { column, in: values } = when.listed;
      tests.push({ field: 'listed', holds: (goods) => values.includes(goods.row?.[column] ?? '') });
    }
    for (const [name, wanted] of Object.entries(when.attributes ?? {})) {
      tests.push({ field: 'attributes', holds: (goods) => (goods.attributes?.[name] ?? false) === wanted });
    }
    return tests;
  }

  /** The countries that an entry of an `origin` list names. */
  members(entry: string): readonly string[] {
    if (!entry.startsWith('@')) return [entry];
    const area = this.#areas.find((candidate) => candidate.id === entry.slice(1));
    if (!area) throw this.broken(entry, 'there is no such area');
    return area.members;
  }

  /** The codes that an entry of an `hs` list names. */
  codes(entry: string): readonly string[] {
    if (!entry.startsWith('list:')) return [entry];
    const list = this.#book.lists?.find((candidate) => candidate.id === entry.slice(5));
    if (!list) throw this.broken(entry, 'there is no such list');
    return list.codes;
  }
}
