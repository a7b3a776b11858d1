import {
  type Confidence,
  CrossparcelError,
  type DayNumber,
  parseMinor,
  parseRatio,
  type Ratio,
  ratio,
  TimeZone,
  windowOf,
} from '@crossparcel/units';
import type { TariffTable } from '../tariff/tariff-table.ts';
import type { Area, Conditions, Parameter, Rule, RuleBook } from './book.ts';
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
interface GoodsFacts {
  readonly origin: string;
  readonly hs: string;
  readonly row: Readonly<Record<string, string>> | undefined;
  readonly attributes: Readonly<Record<string, boolean>> | undefined;
}

type CompiledCharge =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'share'; readonly share: Ratio; readonly minus: Amount | undefined; readonly text: string }
  | { readonly kind: 'tariff'; readonly column: string }
  | { readonly kind: 'parameter'; readonly parameter: string; readonly inside: boolean }
  | { readonly kind: 'amount'; readonly amount: Amount; readonly each: 'parcel' | 'heading' | 'postal-item' }
  | { readonly kind: 'top-up'; readonly share: Ratio; readonly over: number; readonly text: string };

export interface CompiledRule {
  readonly rule: Rule;
  readonly window: { readonly from: DayNumber; readonly to: DayNumber };
  /** One bit a family, so that a set of families is one integer. */
  readonly family: number;
  readonly replaces: number;
  readonly base: readonly string[];
  readonly charge: CompiledCharge;
  readonly minimum: Amount | undefined;
  readonly maximum: Amount | undefined;
  readonly truncateBase: Amount | undefined;
  readonly truncate: Amount | undefined;
  readonly limits: readonly Limit[];
  readonly inSetting: (setting: Setting) => boolean;
  readonly touches: (goods: GoodsFacts) => boolean;
}

export interface CompiledBook {
  readonly book: RuleBook;
  readonly zone: TimeZone;
  readonly coveredFrom: DayNumber;
  readonly tariff: { readonly table: TariffTable; readonly column: string } | undefined;
  /** In order of computation. */
  readonly rules: readonly CompiledRule[];
  readonly parameters: readonly CompiledParameter[];
  readonly entries: readonly CompiledEntry[];
  readonly valuations: readonly CompiledValuation[];
}

export interface CompiledParameter {
  readonly parameter: Parameter;
  readonly window: { readonly from: DayNumber; readonly to: DayNumber };
  readonly share: Ratio;
}

interface CompiledEntry {
  readonly entry: string;
  readonly window: { readonly from: DayNumber; readonly to: DayNumber };
  readonly limits: readonly Limit[];
  readonly matches: (channel: string) => boolean;
}

interface CompiledValuation {
  readonly id: string;
  readonly window: { readonly from: DayNumber; readonly to: DayNumber };
  readonly share: Ratio;
  readonly confidence: Confidence;
  readonly inSetting: (setting: Setting) => boolean;
}

const MAX_FAMILIES = 31;

const broken = (book: string, record: string, what: string): CrossparcelError =>
  new CrossparcelError({
    code: 'broken-rule-book',
    what: `rule book ${book}, record ${record}: ${what}`,
    mend: 'correct the record; docs/law-as-data.md lists the forms',
    data: { book, record },
  });

/** Compiles one rule book. Throws `broken-rule-book` for a record that names what does not exist or cannot be read. */
export const compileBook = (
  book: RuleBook,
  areas: readonly Area[],
  tariffs: ReadonlyMap<string, TariffTable>,
): CompiledBook => new BookCompiler(book, areas, tariffs).compile();

class BookCompiler {
  readonly #book: RuleBook;
  readonly #areas: readonly Area[];
  readonly #tariffs: ReadonlyMap<string, TariffTable>;
  readonly #families: ReadonlyMap<string, number>;

  constructor(book: RuleBook, areas: readonly Area[], tariffs: ReadonlyMap<string, TariffTable>) {
    this.#book = book;
    this.#areas = areas;
    this.#tariffs = tariffs;
    const names = [...new Set(book.rules.map((rule) => rule.family))];
    if (names.length > MAX_FAMILIES) throw broken(book.book, 'rules', `more than ${MAX_FAMILIES} families`);
    this.#families = new Map(names.map((name, index) => [name, 1 << index]));
  }

  compile(): CompiledBook {
    const book = this.#book;
    const rules = book.rules.map((rule) => this.#rule(rule));
    return {
      book,
      zone: new TimeZone(book.timeZone),
      coveredFrom: windowOf({ ...(book.rules[0] as Rule), validFrom: book.coveredFrom }).from,
      tariff: this.#tariff(),
      rules: rules.sort((a, b) => a.rule.order - b.rule.order),
      parameters: (book.parameters ?? []).map((parameter) => ({
        parameter,
        window: windowOf(parameter),
        share: this.#share(parameter.id, parameter.percent),
      })),
      entries: (book.entries ?? []).map((entry) => ({
        entry: entry.entry,
        window: windowOf(entry),
        limits: this.#limits(entry.entry, entry),
        matches: entry.channel ? matchValues(entry.channel) : () => true,
      })),
      valuations: (book.valuations ?? []).map((valuation) => ({
        id: valuation.id,
        window: windowOf(valuation),
        share: this.#share(valuation.id, valuation.percent),
        confidence: valuation.confidence,
        inSetting: this.#setting(valuation.when ?? {}),
      })),
    };
  }

  #tariff(): CompiledBook['tariff'] {
    const wanted = this.#book.tariff;
    if (!wanted) return undefined;
    const table = this.#tariffs.get(wanted.table);
    if (!table) throw broken(this.#book.book, 'tariff', `there is no tariff table ${wanted.table}`);
    return { table, column: wanted.column };
  }

  #rule(rule: Rule): CompiledRule {
    const when = rule.when ?? {};
    const inCurrency = (text: string | undefined) =>
      text === undefined ? undefined : this.#amount(rule.id, { amount: text, currency: this.#book.currency });
    return {
      rule,
      window: windowOf(rule),
      family: this.#family(rule.id, rule.family),
      replaces: this.#familySet(rule.id, rule.replaces ?? []),
      base: rule.base ?? ['value'],
      charge: this.#charge(rule),
      minimum: rule.minimum && this.#amount(rule.id, rule.minimum),
      maximum: rule.maximum && this.#amount(rule.id, rule.maximum),
      truncateBase: inCurrency(rule.truncateBase),
      truncate: inCurrency(rule.truncate),
      limits: this.#limits(rule.id, when),
      inSetting: this.#setting(when),
      touches: this.#goods(when),
    };
  }

  #charge(rule: Rule): CompiledCharge {
    const { charge, id } = rule;
    if ('nothing' in charge) return { kind: 'nothing' };
    if ('percent' in charge) {
      const minus = charge.minus && this.#amount(id, charge.minus);
      const text = charge.minus
        ? `${charge.percent} - ${charge.minus.amount} ${charge.minus.currency}`
        : charge.percent;
      return { kind: 'share', share: this.#share(id, charge.percent), minus, text };
    }
    if ('fraction' in charge) {
      const [numerator, denominator] = charge.fraction;
      return {
        kind: 'share',
        share: ratio(numerator, denominator),
        minus: undefined,
        text: `${numerator}/${denominator}`,
      };
    }
    if ('tariff' in charge) return { kind: 'tariff', column: charge.tariff };
    if ('parameter' in charge) {
      return { kind: 'parameter', parameter: charge.parameter, inside: charge.inside ?? false };
    }
    if ('each' in charge) return { kind: 'amount', amount: this.#amount(id, charge), each: charge.each };
    return {
      kind: 'top-up',
      share: this.#share(id, charge.topUpTo),
      over: this.#familySet(id, charge.over),
      text: `up to ${charge.topUpTo}`,
    };
  }

  #family(id: string, name: string): number {
    const bit = this.#families.get(name);
    if (bit === undefined) throw broken(this.#book.book, id, `there is no family ${name}`);
    return bit;
  }

  #familySet(id: string, names: readonly string[]): number {
    return names.reduce((set, name) => set | this.#family(id, name), 0);
  }

  #share(id: string, text: string): Ratio {
    const share = parseRatio(text);
    if (!share) throw broken(this.#book.book, id, `${text} is not a percentage`);
    return share;
  }

  #amount(id: string, { amount, currency }: { amount: string; currency: string }): Amount {
    const minor = parseMinor(amount, currency);
    if (minor === undefined) throw broken(this.#book.book, id, `${amount} ${currency} is not an amount`);
    return { minor, currency };
  }

  #limits(id: string, when: Pick<Conditions, 'valueAtMost' | 'valueAbove'>): Limit[] {
    const limit = (kind: Limit['kind'], value: Conditions['valueAtMost']): Limit[] =>
      value ? [{ kind, of: value.of ?? ['value'], amount: this.#amount(id, value) }] : [];
    return [...limit('at-most', when.valueAtMost), ...limit('above', when.valueAbove)];
  }

  #setting(when: Conditions): (setting: Setting) => boolean {
    const tests: ((setting: Setting) => boolean)[] = [];
    const member = (list: string[] | undefined, of: (setting: Setting) => string | undefined) => {
      if (!list) return;
      const matches = matchValues(list);
      tests.push((setting) => matches(of(setting) ?? ''));
    };
    member(when.market, (setting) => setting.market);
    member(when.subdivision, (setting) => setting.subdivision);
    // A sale from stock inside the market is no import: only rules that name it apply to it.
    member(
      when.channel?.every((entry) => entry.startsWith('!')) ? [...when.channel, '!domestic'] : when.channel,
      (s) => s.channel,
    );
    if (!when.channel) tests.push((setting) => setting.channel !== 'domestic');
    member(when.entry, (setting) => setting.entry);
    member(when.importer, (setting) => setting.importer);
    member(when.collectedBy, (setting) => setting.collectedBy);
    member(when.postalMethod, (setting) => setting.postalMethod);
    const { scheme, noScheme, dutyInPrice } = when;
    if (scheme) tests.push((setting) => scheme.some((name) => setting.schemes.includes(name)));
    if (noScheme) tests.push((setting) => !noScheme.some((name) => setting.schemes.includes(name)));
    if (dutyInPrice !== undefined) tests.push((setting) => setting.dutyInPrice === dutyInPrice);
    return (setting) => tests.every((test) => test(setting));
  }

  #goods(when: Conditions): (goods: GoodsFacts) => boolean {
    const tests: ((goods: GoodsFacts) => boolean)[] = [];
    if (when.origin) {
      const matches = matchValues(when.origin, (entry) => this.#area(entry));
      tests.push((goods) => matches(goods.origin));
    }
    if (when.hs) {
      const matches: Matches = matchPrefixes(when.hs, (entry) => this.#list(entry));
      tests.push((goods) => matches(goods.hs));
    }
    if (when.listed) {
      const { column, in: values } = when.listed;
      tests.push((goods) => values.includes(goods.row?.[column] ?? ''));
    }
    for (const [name, wanted] of Object.entries(when.attributes ?? {})) {
      tests.push((goods) => (goods.attributes?.[name] ?? false) === wanted);
    }
    return (goods) => tests.every((test) => test(goods));
  }

  #area(entry: string): readonly string[] {
    if (!entry.startsWith('@')) return [entry];
    const area = this.#areas.find((candidate) => candidate.id === entry.slice(1));
    if (!area) throw broken(this.#book.book, entry, 'there is no such area');
    return area.members;
  }

  #list(entry: string): readonly string[] {
    if (!entry.startsWith('list:')) return [entry];
    const list = this.#book.lists?.find((candidate) => candidate.id === entry.slice(5));
    if (!list) throw broken(this.#book.book, entry, 'there is no such list');
    return list.codes;
  }
}
