import {
  applyRatio,
  type CountryCode,
  type DayNumber,
  type ExchangeRates,
  fail,
  formatDay,
  type Instant,
  type RatesByDay,
  type Result,
  weakestConfidence,
} from '@crossparcel/units';
import type { HsTable } from '../hs/hs-table.ts';
import { Bill } from '../landed-cost/bill.ts';
import { refuseMissingRate } from '../landed-cost/missing-rate.ts';
import type { Assessment, AssessmentFault, CustomsParcel, GoodsLine, Warning } from '../landed-cost/parcel.ts';
import type { GoodsProfile, TariffTerms } from '../landed-cost/program.ts';
import type { TariffHit, TariffTable } from '../tariff/tariff-table.ts';
import type { Area, Notice, Refund, Rule, RuleBook, Way } from './book.ts';
import { type CompiledBook, type CompiledRule, type Conditional, compileBook } from './compile.ts';
import { allHold, type GoodsFacts } from './conditions.ts';
import { matchValues } from './match.ts';
import { rateText } from './rate-text.ts';
import { customsRates, holds, noticeWarning, type ReadyProgram, Situation } from './situation.ts';

/** What the law is compiled from. */
export interface LawSources {
  readonly books: readonly RuleBook[];
  readonly areas: readonly Area[];
  readonly tariffs: ReadonlyMap<string, TariffTable>;
  readonly hs: HsTable;
  readonly rates: RatesByDay;
}

/** A rule as its record has it, with its rate as text. */
export type RuleInForce = Rule & { readonly rate: string };

/**
 * The law of every market on file, on any day: answers what duty, tax and fees a parcel owes, and by which records.
 * Compiled once; what depends only on the setting (market, day, channel, schemes) or only on the goods (code, origin)
 * is remembered, so that a book of orders costs little more than its sums.
 */
export class Law {
  readonly #books = new Map<CountryCode, CompiledBook>();
  readonly #situations = new Map<CountryCode, Map<DayNumber, Situation[]>>();
  readonly #hs: HsTable;
  readonly #rates: RatesByDay;

  /** Throws `broken-rule-book` when a record names what does not exist, or overlaps another. */
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

  /** The compiled book of a market; undefined for a market without one. */
  book(market: CountryCode): CompiledBook | undefined {
    return this.#books.get(market);
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

  /** What is to be known of a market on a day beside its rules; undefined for a market without a book. */
  noticesOn(market: CountryCode, day: DayNumber): Notice[] | undefined {
    return recordsOn(this.#books.get(market)?.notices, day);
  }

  /** The ways in which goods may reach a market on a day; undefined for a market without a book. */
  waysOn(market: CountryCode, day: DayNumber): Way[] | undefined {
    return recordsOn(this.#books.get(market)?.ways, day);
  }

  /** How duty and tax of a market come back for goods imported on a day; undefined for a market without a book. */
  refundsOn(market: CountryCode, day: DayNumber): Refund[] | undefined {
    return recordsOn(this.#books.get(market)?.refunds, day);
  }

  /** The schemes that a marketplace uses in a market, for example IOSS; none for a market without a book. */
  marketplaceSchemes(market: CountryCode): readonly string[] {
    return this.#books.get(market)?.book.marketplaceSchemes ?? [];
  }

  /** The market's own calendar day of an instant; undefined for a market without a book. */
  dayIn(market: CountryCode, instant: Instant): DayNumber | undefined {
    return this.#books.get(market)?.zone.local(instant).day;
  }

  /** Why nothing can be said of a market on a day; undefined when its law of that day is on file. */
  refuses(market: CountryCode, day: DayNumber): AssessmentFault | undefined {
    const book = this.#books.get(market);
    if (!book) return this.#unknownMarket(market);
    return day < book.coveredFrom || day > book.coveredTo ? notOnFile(market, day, book) : undefined;
  }

  /** What a parcel owes. Faults name the field of the parcel that cannot be answered for. */
  assess(parcel: CustomsParcel): Result<Assessment, AssessmentFault> {
    const refused = this.refuses(parcel.market, parcel.day);
    if (refused) return fail(refused);
    const book = this.#books.get(parcel.market) as CompiledBook;
    return refuseMissingRate(() => {
      const program = this.#situation(book, parcel).program(parcel);
      const { valuation } = program;
      const values: number[] = [];
      const profiles: GoodsProfile[] = [];
      for (const line of parcel.lines) {
        values.push(valuation ? applyRatio(line.valueMinor, valuation) : line.valueMinor);
        profiles.push(this.#profile(book, program, line));
      }
      return new Bill(program, parcel, profiles, values).assess();
    });
  }

  /** The exchange rates that customs of a market takes on a day. */
  ratesFor(book: CompiledBook, day: DayNumber): ExchangeRates {
    return customsRates(book, day, this.#rates);
  }

  /** The exchange rates of a day, where no market's customs takes others. */
  ratesOn(day: DayNumber): ExchangeRates {
    return this.#rates.on(day);
  }

  /** How customs sees some goods of a market: the code that counts, and the tariff line behind it. */
  goodsFacts(book: CompiledBook, line: GoodsLine): GoodsFacts & { readonly hit: TariffHit | undefined } {
    const code = this.#hs.hasSubheading(line.hs) ? line.hs : this.#hs.knownPart(line.hs);
    const hit = book.tariff?.table.find(code, book.tariff.column);
    return { origin: line.origin, hs: code, row: hit?.row, attributes: line.attributes, hit };
  }

  #situation(book: CompiledBook, parcel: CustomsParcel): Situation {
    let ofMarket = this.#situations.get(parcel.market);
    if (!ofMarket) {
      ofMarket = new Map();
      this.#situations.set(parcel.market, ofMarket);
    }
    let ofDay = ofMarket.get(parcel.day);
    if (!ofDay) {
      ofDay = [];
      ofMarket.set(parcel.day, ofDay);
    }
    let situation = ofDay.find((one) => one.isOf(parcel));
    if (!situation) {
      situation = new Situation(book, parcel, this.#rates);
      ofDay.push(situation);
    }
    return situation;
  }

  #profile(book: CompiledBook, program: ReadyProgram, line: GoodsLine): GoodsProfile {
    if (line.attributes) return this.#lookAt(book, program, line);
    let ofOrigin = program.profiles.get(line.origin);
    if (!ofOrigin) {
      ofOrigin = new Map();
      program.profiles.set(line.origin, ofOrigin);
    }
    let profile = ofOrigin.get(line.hs);
    if (!profile) {
      profile = this.#lookAt(book, program, line);
      ofOrigin.set(line.hs, profile);
    }
    return profile;
  }

  #lookAt(book: CompiledBook, program: ReadyProgram, line: GoodsLine): GoodsProfile {
    const facts = this.goodsFacts(book, line);
    const touched = program.steps.map(({ source }) => allHold(source.when.goods, facts));
    const usesTariff = program.steps.some(({ source }, index) => touched[index] && source.charge.kind === 'tariff');
    const notices = book.notices.filter(
      (notice) => notice.when.goods.length > 0 && program.isNoticed(notice) && allHold(notice.when.goods, facts),
    );
    return {
      touched,
      tariff: program.steps.map(({ source }, index) =>
        touched[index] && source.charge.kind === 'tariff'
          ? tariffTerms(source, source.charge.column, facts.hit, book)
          : undefined,
      ),
      warnings: [
        ...this.#codeWarnings(line.hs),
        ...(usesTariff ? rateWarnings(facts.hit) : []),
        ...notices.map(noticeWarning),
      ],
    };
  }

  #codeWarnings(hs: string): Warning[] {
    if (this.#hs.hasSubheading(hs)) return [];
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
}

/** What a tariff charge of a rule comes down to for some goods. */
const tariffTerms = (
  { rule }: CompiledRule,
  column: string,
  hit: TariffHit | undefined,
  book: CompiledBook,
): TariffTerms | undefined => {
  const rate = hit && book.tariff?.table.rateIn(hit.row, column);
  if (!hit || !rate) return undefined;
  const confidence = weakestConfidence([rule.confidence, hit.confidence]);
  return { rate, code: hit.row.code, confidence, rows: [rule.id, `tariff:${hit.row.code}`] };
};

const recordsOn = <Row>(records: readonly Conditional<Row>[] | undefined, day: DayNumber): Row[] | undefined =>
  records?.filter(({ window }) => holds(window, day)).map(({ record }) => record);

const notOnFile = (market: CountryCode, day: DayNumber, book: CompiledBook): AssessmentFault => {
  const [from, to] = [formatDay(book.coveredFrom), formatDay(book.coveredTo)];
  return {
    code: 'law-not-on-file',
    what: `the law of ${market} on ${formatDay(day)} is not on file`,
    mend: `give a day from ${from} to ${to}`,
    field: 'at',
    data: { coveredFrom: from, coveredTo: to },
  };
};

const rateWarnings = (hit: TariffHit | undefined): Warning[] => {
  if (!hit?.range) return [];
  const [low, high] = hit.range;
  const among = hit.code === '' ? 'the whole tariff' : hit.code;
  const used = {
    highest: `the highest is used (${hit.row.code}); give the national line to be exact`,
    representative: `the one that most such goods fall under is used (${hit.row.code}); give the national line to be exact`,
    median: `the middle one, illustrative, is used (${hit.row.code})`,
    line: `${hit.row.code} is used`,
  }[hit.basis];
  const text = `the lines of ${among} run from ${low.text} to ${high.text}; ${used}`;
  return [{ code: hit.basis === 'median' ? 'rate-estimated' : 'rate-range', text, choices: hit.choices ?? [] }];
};
