import {
  applyRatio,
  type CountryCode,
  type DayNumber,
  type ExchangeRates,
  fail,
  formatDay,
  type Instant,
  type Result,
} from '@crossparcel/units';
import type { HsTable } from '../hs/hs-table.ts';
import { Bill, type GoodsProfile, type Program } from '../landed-cost/bill.ts';
import type { Assessment, AssessmentFault, CustomsParcel, GoodsLine, Warning } from '../landed-cost/parcel.ts';
import type { TariffHit, TariffTable } from '../tariff/tariff-table.ts';
import type { Area, Rule, RuleBook } from './book.ts';
import { type CompiledBook, type CompiledParameter, type CompiledRule, compileBook, type Setting } from './compile.ts';
import { matchValues } from './match.ts';
import { rateText } from './rate-text.ts';

/** What the law is compiled from. */
export interface LawSources {
  readonly books: readonly RuleBook[];
  readonly areas: readonly Area[];
  readonly tariffs: ReadonlyMap<string, TariffTable>;
  readonly hs: HsTable;
  readonly rates: ExchangeRates;
}

/** A rule as its record has it, with its rate as text. */
export type RuleInForce = Rule & { readonly rate: string };

interface CachedProgram extends Program {
  readonly valuation: { readonly numerator: number; readonly denominator: number } | undefined;
  readonly profiles: Map<string, GoodsProfile>;
}

const holds = (window: { from: DayNumber; to: DayNumber }, day: DayNumber): boolean =>
  window.from <= day && day <= window.to;

/**
 * The law of every market on file, on any day: answers what duty, tax and fees a parcel owes, and by which records.
 * Compiled once; what depends only on the setting (market, day, channel, schemes) or only on the goods (code, origin)
 * is remembered, so that a book of orders costs little more than its sums.
 */
export class Law {
  readonly #books = new Map<CountryCode, CompiledBook>();
  readonly #programs = new Map<string, CachedProgram>();
  readonly #hs: HsTable;
  readonly #rates: ExchangeRates;

  /** Throws `broken-rule-book` when a record names what does not exist. */
  constructor(sources: LawSources) {
    this.#hs = sources.hs;
    this.#rates = sources.rates;
    for (const book of sources.books) {
      const compiled = compileBook(book, sources.areas, sources.tariffs);
      for (const market of book.markets) this.#books.set(market, compiled);
    }
  }

  /** The markets on file, in alphabetical order. */
  get markets(): CountryCode[] {
    return [...this.#books.keys()].sort();
  }

  /** The first day from which the law of a market is on file; undefined for a market without a book. */
  coveredFrom(market: CountryCode): DayNumber | undefined {
    return this.#books.get(market)?.coveredFrom;
  }

  /** The rules of a market on a day, in the order of computation; undefined for a market without a book. */
  rulesOn(market: CountryCode, day: DayNumber): RuleInForce[] | undefined {
    const book = this.#books.get(market);
    const isOfMarket = ({ rule }: CompiledRule) => !rule.when?.market || matchValues(rule.when.market)(market);
    return book?.rules
      .filter((rule) => holds(rule.window, day) && isOfMarket(rule))
      .map(({ rule }) => ({ ...rule, rate: rateText(rule.charge) }));
  }

  /** The schemes that a marketplace uses in a market, for example IOSS; none for a market without a book. */
  marketplaceSchemes(market: CountryCode): readonly string[] {
    return this.#books.get(market)?.book.marketplaceSchemes ?? [];
  }

  /** The market's own calendar day of an instant; undefined for a market without a book. */
  dayIn(market: CountryCode, instant: Instant): DayNumber | undefined {
    return this.#books.get(market)?.zone.local(instant).day;
  }

  /** What a parcel owes. Faults name the field of the parcel that cannot be answered for. */
  assess(parcel: CustomsParcel): Result<Assessment, AssessmentFault> {
    const book = this.#books.get(parcel.market);
    if (!book) return fail(this.#unknownMarket(parcel.market));
    if (parcel.day < book.coveredFrom) return fail(this.#tooEarly(parcel, book));
    const program = this.#program(book, parcel);
    const { valuation } = program;
    const values = parcel.lines.map((line) => (valuation ? applyRatio(line.valueMinor, valuation) : line.valueMinor));
    const profiles = parcel.lines.map((line) => this.#profile(book, program, line));
    return new Bill(program, parcel, profiles, values, this.#rates).assess();
  }

  #program(book: CompiledBook, parcel: CustomsParcel): CachedProgram {
    const entry = parcel.entry ?? this.#entry(book, parcel);
    const key = [
      parcel.market,
      parcel.day,
      parcel.channel,
      entry,
      parcel.importer,
      parcel.collectedBy,
      parcel.postalMethod,
      parcel.subdivision,
      parcel.dutyInPrice,
      ...parcel.schemes,
    ].join('|');
    let program = this.#programs.get(key);
    if (!program) {
      program = compileProgram(book, parcel, entry);
      this.#programs.set(key, program);
    }
    return program;
  }

  #entry(book: CompiledBook, parcel: CustomsParcel): string {
    let total = 0;
    for (const line of parcel.lines) total += line.valueMinor;
    for (const entry of book.entries) {
      if (!holds(entry.window, parcel.day) || !entry.matches(parcel.channel)) continue;
      const fits = entry.limits.every(
        ({ amount }) => this.#rates.convertMinor(total, parcel.currency, amount.currency) <= amount.minor,
      );
      if (fits) return entry.entry;
    }
    return '';
  }

  #profile(book: CompiledBook, program: CachedProgram, line: GoodsLine): GoodsProfile {
    if (line.attributes) return this.#lookAt(book, program, line);
    const key = `${line.origin}${line.hs}`;
    let profile = program.profiles.get(key);
    if (!profile) {
      profile = this.#lookAt(book, program, line);
      program.profiles.set(key, profile);
    }
    return profile;
  }

  #lookAt(book: CompiledBook, program: CachedProgram, line: GoodsLine): GoodsProfile {
    const known = this.#hs.hasSubheading(line.hs);
    const code = known ? line.hs : this.#hs.knownPart(line.hs);
    const hit = book.tariff?.table.find(code, book.tariff.column);
    const facts = { origin: line.origin, hs: code, row: hit?.row, attributes: line.attributes };
    const touched = program.rules.map((rule) => rule.touches(facts));
    const usesTariff = program.rules.some((rule, index) => touched[index] && rule.charge.kind === 'tariff');
    return {
      touched,
      hit,
      warnings: [...this.#codeWarnings(line.hs, known), ...(usesTariff ? rateWarnings(hit) : [])],
    };
  }

  #codeWarnings(hs: string, known: boolean): Warning[] {
    if (known) return [];
    const part = this.#hs.knownPart(hs);
    const instead = part === '' ? 'the whole tariff stands in' : `its part ${part} stands in`;
    const text = hs === '' ? `no HS code is given; ${instead}` : `HS code ${hs} is not in the nomenclature; ${instead}`;
    return [{ code: hs === '' ? 'hs-missing' : 'hs-unknown', text }];
  }

  #unknownMarket(market: CountryCode): AssessmentFault {
    return {
      code: 'unknown-market',
      what: `there is no rule book for market ${market}`,
      mend: `give one of ${this.markets.join(', ')}`,
      field: 'market',
    };
  }

  #tooEarly(parcel: CustomsParcel, book: CompiledBook): AssessmentFault {
    return {
      code: 'law-not-on-file',
      what: `the law of ${parcel.market} on ${formatDay(parcel.day)} is not on file`,
      mend: `give a day from ${formatDay(book.coveredFrom)} on`,
      field: 'at',
      data: { coveredFrom: formatDay(book.coveredFrom) },
    };
  }
}

const compileProgram = (book: CompiledBook, parcel: CustomsParcel, entry: string): CachedProgram => {
  const setting: Setting = { ...parcel, subdivision: parcel.subdivision, collectedBy: parcel.collectedBy, entry };
  const matching = book.rules.filter((rule) => holds(rule.window, parcel.day) && rule.inSetting(setting));
  const isScheduled = (rule: CompiledRule) => rule.rule.confidence === 'scheduled';
  const valuation = book.valuations.find((one) => holds(one.window, parcel.day) && one.inSetting(setting));
  const rules = matching.filter((rule) => !isScheduled(rule));
  const warnings: Warning[] = [
    ...(book.book.notes ?? []).map((text) => ({ code: 'left-out', text })),
    ...matching.filter(isScheduled).map(({ rule }) => ({
      code: 'scheduled-rule',
      text: `${rule.name} (${rule.id}) was to start on ${rule.validFrom}; it was not seen in force and is not charged`,
    })),
  ];
  if (valuation) {
    warnings.push({ code: 'valuation', text: `a share of the price counts as customs value (${valuation.id})` });
  }
  return {
    rules,
    parameters: parametersFor(book, parcel),
    table: book.tariff?.table,
    bookCurrency: book.book.currency,
    warnings,
    needsShares: rules.some(({ rule, base }) => rule.per === 'line' && base.some((part) => part !== 'value')),
    valuation: valuation?.share,
    profiles: new Map(),
  };
};

/** For each parameter the record in force; one that names the market or state wins over a general one. */
const parametersFor = (book: CompiledBook, parcel: CustomsParcel): Map<string, CompiledParameter> => {
  const chosen = new Map<string, CompiledParameter>();
  const special = ({ parameter }: CompiledParameter) => Number(Boolean(parameter.subdivision ?? parameter.market));
  for (const candidate of book.parameters) {
    const { market, subdivision, parameter } = candidate.parameter;
    if (!holds(candidate.window, parcel.day)) continue;
    if (market && !market.includes(parcel.market)) continue;
    if (subdivision && !subdivision.includes(parcel.subdivision ?? '')) continue;
    const rival = chosen.get(parameter);
    if (!rival || special(candidate) > special(rival)) chosen.set(parameter, candidate);
  }
  return chosen;
};

const rateWarnings = (hit: TariffHit | undefined): Warning[] => {
  if (!hit?.range) return [];
  const [low, high] = hit.range;
  const among = hit.code === '' ? 'the whole tariff' : hit.code;
  const used = hit.basis === 'highest' ? 'the highest' : 'the middle one, illustrative,';
  const text = `the lines of ${among} run from ${low.text} to ${high.text}; ${used} is used (${hit.row.code})`;
  return [{ code: hit.basis === 'highest' ? 'rate-range' : 'rate-estimated', text }];
};
