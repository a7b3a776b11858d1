import {
  applyRatio,
  type DayNumber,
  type ExchangeRates,
  formatDay,
  parseDay,
  type RatesByDay,
  type Ratio,
} from '@crossparcel/units';
import type { CustomsParcel, Warning } from '../landed-cost/parcel.ts';
import { type Edge, type GoodsProfile, type Program, StepMaker } from '../landed-cost/program.ts';
import type { Notice, RuleBook } from './book.ts';
import type { CompiledBook, CompiledParameter, CompiledRule, Conditional } from './compile.ts';
import { allHold, type Limit, type Setting } from './conditions.ts';

/** A program with what is remembered about goods under it. */
export interface ReadyProgram extends Program {
  /** Share of the price that counts as customs value. */
  readonly valuation: Ratio | undefined;
  /** Whether a notice is to be told in this setting, the goods apart. */
  readonly isNoticed: (notice: Conditional<Notice>) => boolean;
  /** By origin and code. */
  readonly profiles: Map<string, Map<string, GoodsProfile>>;
}

interface EntryBound {
  readonly entry: string;
  readonly limits: readonly { readonly limit: Limit; readonly most: number }[];
}

/** Whether a record that holds from one day to another holds on a day. */
export const holds = (window: { readonly from: DayNumber; readonly to: DayNumber }, day: DayNumber): boolean =>
  window.from <= day && day <= window.to;

/** The day whose exchange rates customs takes for a parcel of some day. */
const rateDay = (of: RuleBook['exchangeRates']['of'], day: DayNumber): DayNumber => {
  if (of === 'day') return day;
  const [year = '', month = ''] = formatDay(day).split('-');
  const first = of === 'month' ? Number(month) : Number(month) - ((Number(month) - 1) % 3);
  return parseDay(`${year}-${String(first).padStart(2, '0')}-01`) ?? day;
};

/** The exchange rates that customs of a market takes on a day. */
export const customsRates = (book: CompiledBook, day: DayNumber, rates: RatesByDay): ExchangeRates =>
  rates.on(rateDay(book.book.exchangeRates.of, day));

/**
 * The law of one setting on one day for parcels of one currency. The value of a parcel decides which kind of entry it
 * is; for each kind there is a program.
 */
export class Situation {
  readonly #book: CompiledBook;
  readonly #parcel: CustomsParcel;
  readonly #rates: ExchangeRates;
  readonly #caveat: string | undefined;
  readonly #entries: readonly EntryBound[];
  readonly #programs = new Map<string, ReadyProgram>();

  /** `parcel` stands for all of its setting. Throws `missing-exchange-rate`. */
  constructor(book: CompiledBook, parcel: CustomsParcel, rates: RatesByDay) {
    this.#book = book;
    this.#parcel = parcel;
    this.#rates = customsRates(book, parcel.day, rates);
    this.#caveat = rates.caveat;
    // A parcel in a currency without a rate is refused even where no amount had to be converted.
    this.#rates.rate(parcel.currency, book.book.currency);
    const maker = this.#maker(new Map());
    this.#entries = book.entries
      .filter((entry) => holds(entry.window, parcel.day) && entry.matches(parcel.channel))
      .map(({ entry, limits }) => ({
        entry,
        limits: limits.map((limit) => ({ limit, most: maker.bound(limit).most })),
      }));
  }

  /** Whether a parcel of the same market and day is of this setting. */
  isOf(parcel: CustomsParcel): boolean {
    const own = this.#parcel;
    return (
      own.channel === parcel.channel &&
      own.importer === parcel.importer &&
      own.collectedBy === parcel.collectedBy &&
      own.postalMethod === parcel.postalMethod &&
      own.subdivision === parcel.subdivision &&
      own.dutyInPrice === parcel.dutyInPrice &&
      own.currency === parcel.currency &&
      own.schemes.length === parcel.schemes.length &&
      own.schemes.every((scheme, index) => scheme === parcel.schemes[index])
    );
  }

  /** The program for a parcel of this setting. */
  program(parcel: CustomsParcel): ReadyProgram {
    const entry = parcel.entry ?? this.#entryOf(parcel);
    let program = this.#programs.get(entry);
    if (!program) {
      program = this.#compile(entry);
      this.#programs.set(entry, program);
    }
    return program;
  }

  #entryOf(parcel: CustomsParcel): string {
    let total = 0;
    for (const line of parcel.lines) total += line.valueMinor;
    for (const { entry, limits } of this.#entries) {
      if (limits.every(({ most }) => total <= most)) return entry;
    }
    return '';
  }

  #maker(parameters: ReadonlyMap<string, CompiledParameter>): StepMaker {
    return new StepMaker(this.#book, this.#parcel.market, this.#parcel.currency, this.#rates, parameters);
  }

  #compile(entry: string): ReadyProgram {
    const { book } = this.#book;
    const { day } = this.#parcel;
    const { subdivision, collectedBy } = this.#parcel;
    const setting: Setting = { ...this.#parcel, subdivision, collectedBy, entry };
    const matching = this.#book.rules.filter((rule) => holds(rule.window, day) && allHold(rule.when.setting, setting));
    const rules = matching.filter((rule) => !isScheduled(rule));
    const maker = this.#maker(this.#parameters());
    const steps = rules.map((rule) => maker.step(rule));
    const isNoticed = ({ record, window, when }: Conditional<Notice>) =>
      record.told === true && holds(window, day) && allHold(when.setting, setting);
    const valuation = this.#book.valuations.find((one) => holds(one.window, day) && allHold(one.when.setting, setting));
    return {
      market: this.#parcel.market,
      steps,
      edges: [...maker.edges(steps), ...this.#entryEdges(steps.length)],
      rates: this.#rates,
      bookCurrency: book.currency,
      warnings: [
        ...this.#book.notices.filter((one) => one.when.goods.length === 0 && isNoticed(one)).map(noticeWarning),
        ...matching.filter(isScheduled).map(scheduledWarning),
        ...(valuation ? [valuationWarning(valuation.id)] : []),
        ...(maker.converted && this.#caveat !== undefined ? [{ code: 'exchange-rate', text: this.#caveat }] : []),
      ],
      needsShares: rules.some(({ rule, base }) => rule.per === 'line' && base.some((part) => part !== 'value')),
      valuation: valuation?.share,
      isNoticed,
      profiles: new Map(),
    };
  }

  /** Limits between kinds of entry: all goods are near them, whatever rules touch them. */
  #entryEdges(steps: number): Edge[] {
    return this.#entries.flatMap(({ entry, limits }) =>
      limits.map(({ limit, most }) => ({
        of: limit.of,
        most,
        kind: limit.kind,
        limit,
        near: applyRatio(most, this.#book.nearLimit),
        steps: Array.from({ length: steps }, (_, index) => index),
        names: `${entry} entry`,
      })),
    );
  }

  /** For each parameter the record in force; one that names the market or state wins over a general one. */
  #parameters(): Map<string, CompiledParameter> {
    const chosen = new Map<string, CompiledParameter>();
    const special = ({ parameter }: CompiledParameter) => Number(Boolean(parameter.subdivision ?? parameter.market));
    for (const candidate of this.#book.parameters) {
      const { market, subdivision, parameter } = candidate.parameter;
      if (!holds(candidate.window, this.#parcel.day)) continue;
      if (market && !market.includes(this.#parcel.market)) continue;
      if (subdivision && !subdivision.includes(this.#parcel.subdivision ?? '')) continue;
      const rival = chosen.get(parameter);
      if (!rival || special(candidate) > special(rival)) chosen.set(parameter, candidate);
    }
    return chosen;
  }
}

/** A notice as a reader of a bill is told it. */
export const noticeWarning = ({ record }: Conditional<Notice>): Warning => ({
  code: 'notice',
  text: `${record.text} (${record.id})`,
});

const isScheduled = ({ rule }: CompiledRule): boolean => rule.confidence === 'scheduled';

const scheduledWarning = ({ rule }: CompiledRule): Warning => ({
  code: 'scheduled-rule',
  text: `${rule.name} (${rule.id}) was to start on ${rule.validFrom}; it was not seen in force and is not charged`,
});

const valuationWarning = (id: string): Warning => ({
  code: 'valuation',
  text: `a share of the price counts as customs value (${id})`,
});
