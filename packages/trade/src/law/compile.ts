import { type DayNumber, parseDay, type Ratio, ratio, TimeZone, windowOf } from '@crossparcel/units';
import type { TariffTable } from '../tariff/tariff-table.ts';
import type { Area, CarrierCharge, Conditions, Notice, Parameter, Refund, Rule, RuleBook, Way } from './book.ts';
import { type Amount, type CompiledConditions, type Limit, RecordReader } from './conditions.ts';
import { matchValues } from './match.ts';
import { refuseOverlaps } from './overlap.ts';

/** First and last day of a record; an open end is positive infinity. */
interface Window {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** A record with the days on which it holds and what it is about. */
export interface Conditional<Row> {
  readonly record: Row;
  readonly window: Window;
  readonly when: CompiledConditions;
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
  readonly window: Window;
  readonly when: CompiledConditions;
  /** One bit a family, so that a set of families is one integer. */
  readonly family: number;
  readonly replaces: number;
  readonly base: readonly string[];
  readonly charge: CompiledCharge;
  readonly minimum: Amount | undefined;
  readonly maximum: Amount | undefined;
  readonly truncateBase: Amount | undefined;
  readonly truncate: Amount | undefined;
}

export interface CompiledParameter {
  readonly parameter: Parameter;
  readonly window: Window;
  readonly share: Ratio;
}

interface CompiledEntry {
  readonly entry: string;
  readonly window: Window;
  readonly limits: readonly Limit[];
  readonly matches: (channel: string) => boolean;
}

interface CompiledValuation {
  readonly id: string;
  readonly window: Window;
  readonly when: CompiledConditions;
  readonly share: Ratio;
}

export interface CompiledCarrierCharge extends Conditional<CarrierCharge> {
  readonly amount: Amount;
  readonly share: Ratio | undefined;
}

export interface CompiledBook {
  readonly book: RuleBook;
  readonly zone: TimeZone;
  readonly coveredFrom: DayNumber;
  readonly coveredTo: DayNumber;
  /** Share of a limit within which a value is near it. */
  readonly nearLimit: Ratio;
  readonly tariff: { readonly table: TariffTable; readonly column: string } | undefined;
  /** In order of computation. */
  readonly rules: readonly CompiledRule[];
  readonly parameters: readonly CompiledParameter[];
  readonly entries: readonly CompiledEntry[];
  readonly valuations: readonly CompiledValuation[];
  readonly notices: readonly Conditional<Notice>[];
  readonly ways: readonly Conditional<Way>[];
  readonly carrierCharges: readonly CompiledCarrierCharge[];
  readonly refunds: readonly Conditional<Refund>[];
}

const MAX_FAMILIES = 31;

/**
 * Compiles one rule book. Throws `broken-rule-book` for a record that names what does not exist, cannot be read, or
 * would be charged beside another of its family.
 */
export const compileBook = (
  book: RuleBook,
  areas: readonly Area[],
  tariffs: ReadonlyMap<string, TariffTable>,
): CompiledBook => new BookCompiler(book, areas, tariffs).compile();

class BookCompiler {
  readonly #book: RuleBook;
  readonly #reader: RecordReader;
  readonly #tariffs: ReadonlyMap<string, TariffTable>;
  readonly #families: ReadonlyMap<string, number>;

  constructor(book: RuleBook, areas: readonly Area[], tariffs: ReadonlyMap<string, TariffTable>) {
    this.#book = book;
    this.#reader = new RecordReader(book, areas);
    this.#tariffs = tariffs;
    const names = [...new Set(book.rules.map((rule) => rule.family))];
    if (names.length > MAX_FAMILIES) throw this.#reader.broken('rules', `more than ${MAX_FAMILIES} families`);
    this.#families = new Map(names.map((name, index) => [name, 1 << index]));
  }

  compile(): CompiledBook {
    const book = this.#book;
    const rules = book.rules.map((rule) => this.#rule(rule));
    refuseOverlaps(book, this.#reader);
    for (const refund of book.refunds ?? []) this.#familySet(refund.id, refund.of);
    return {
      book,
      zone: new TimeZone(book.timeZone),
      coveredFrom: parseDay(book.coveredFrom) as DayNumber,
      coveredTo: parseDay(book.coveredTo) as DayNumber,
      nearLimit: this.#reader.share('nearLimit', book.nearLimit),
      tariff: this.#tariff(),
      rules: rules.sort((a, b) => a.rule.order - b.rule.order),
      parameters: (book.parameters ?? []).map((parameter) => ({
        parameter,
        window: windowOf(parameter),
        share: this.#reader.share(parameter.id, parameter.percent),
      })),
      entries: (book.entries ?? []).map((entry) => ({
        entry: entry.entry,
        window: windowOf(entry),
        limits: this.#reader.limits(entry.entry, entry),
        matches: entry.channel ? matchValues(entry.channel) : () => true,
      })),
      valuations: (book.valuations ?? []).map((valuation) => ({
        id: valuation.id,
        window: windowOf(valuation),
        when: this.#reader.conditions(valuation.id, valuation.when),
        share: this.#reader.share(valuation.id, valuation.percent),
      })),
      notices: this.#conditional(book.notices ?? []),
      ways: this.#conditional(book.ways),
      carrierCharges: this.#conditional(book.carrierCharges ?? []).map((one) => ({
        ...one,
        amount: this.#reader.amount(one.record.id, one.record.amount),
        share: one.record.percentOfAdvance && this.#reader.share(one.record.id, one.record.percentOfAdvance),
      })) as CompiledCarrierCharge[],
      refunds: this.#conditional(book.refunds ?? []),
    };
  }

  #conditional<Row extends { id: string; when?: Conditions | undefined } & Parameters<typeof windowOf>[0]>(
    rows: readonly Row[],
  ): Conditional<Row>[] {
    return rows.map((record) => ({
      record,
      window: windowOf(record),
      when: this.#reader.conditions(record.id, record.when),
    }));
  }

  #tariff(): CompiledBook['tariff'] {
    const wanted = this.#book.tariff;
    if (!wanted) return undefined;
    const table = this.#tariffs.get(wanted.table);
    if (!table) throw this.#reader.broken('tariff', `there is no tariff table ${wanted.table}`);
    return { table, column: wanted.column };
  }

  #rule(rule: Rule): CompiledRule {
    const reader = this.#reader;
    const inCurrency = (text: string | undefined) =>
      text === undefined ? undefined : reader.amount(rule.id, { amount: text, currency: this.#book.currency });
    return {
      rule,
      window: windowOf(rule),
      when: reader.conditions(rule.id, rule.when),
      family: this.#family(rule.id, rule.family),
      replaces: this.#familySet(rule.id, rule.replaces ?? []),
      base: reader.parts(rule.id, rule.base ?? ['value']),
      charge: this.#charge(rule),
      minimum: rule.minimum && reader.amount(rule.id, rule.minimum),
      maximum: rule.maximum && reader.amount(rule.id, rule.maximum),
      truncateBase: inCurrency(rule.truncateBase),
      truncate: inCurrency(rule.truncate),
    };
  }

  #charge(rule: Rule): CompiledCharge {
    const { charge, id } = rule;
    const reader = this.#reader;
    if ('nothing' in charge) return { kind: 'nothing' };
    if ('percent' in charge) {
      const minus = charge.minus && reader.amount(id, charge.minus);
      const text = charge.minus
        ? `${charge.percent} - ${charge.minus.amount} ${charge.minus.currency}`
        : charge.percent;
      return { kind: 'share', share: reader.share(id, charge.percent), minus, text };
    }
    if ('fraction' in charge) {
      const [numerator, denominator] = charge.fraction;
      const share = ratio(numerator, denominator);
      return { kind: 'share', share, minus: undefined, text: `${numerator}/${denominator}` };
    }
    if ('tariff' in charge) return { kind: 'tariff', column: charge.tariff };
    if ('parameter' in charge) {
      return { kind: 'parameter', parameter: charge.parameter, inside: charge.inside ?? false };
    }
    if ('each' in charge) return { kind: 'amount', amount: reader.amount(id, charge), each: charge.each };
    return {
      kind: 'top-up',
      share: reader.share(id, charge.topUpTo),
      over: this.#familySet(id, charge.over),
      text: `up to ${charge.topUpTo}`,
    };
  }

  #family(id: string, name: string): number {
    const bit = this.#families.get(name);
    if (bit === undefined) throw this.#reader.broken(id, `there is no family ${name}`);
    return bit;
  }

  #familySet(id: string, names: readonly string[]): number {
    return names.reduce((set, name) => set | this.#family(id, name), 0);
  }
}
