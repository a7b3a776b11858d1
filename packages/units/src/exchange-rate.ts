import type { DayNumber } from './calendar-day.ts';
import { type CurrencyCode, minorDigits } from './currency.ts';
import { CrossparcelError } from './errors.ts';
import { invertRatio, multiplyRatios, type Ratio } from './ratio.ts';
import { multiplyDivide, type Rounding } from './rounding.ts';

/** Exchange rates of one day: each currency's worth in units of a common one. */
export class ExchangeRates {
  readonly #worth: ReadonlyMap<CurrencyCode, Ratio>;
  readonly #crossed = new Map<string, Ratio>();

  constructor(worth: ReadonlyMap<CurrencyCode, Ratio>) {
    this.#worth = worth;
  }

  /** Whether amounts of the currency can be converted. */
  knows(currency: CurrencyCode): boolean {
    return this.#worth.has(currency);
  }

  /** Units of `to` for one unit of `from`, in major units. Throws `missing-exchange-rate`. */
  rate(from: CurrencyCode, to: CurrencyCode): Ratio {
    const key = from + to;
    let rate = this.#crossed.get(key);
    if (!rate) {
      rate = multiplyRatios(this.#worthOf(from), invertRatio(this.#worthOf(to)));
      this.#crossed.set(key, rate);
    }
    return rate;
  }

  /** Minor units of one currency as minor units of another, rounded once. Same currency: unchanged. */
  convertMinor(minor: number, from: CurrencyCode, to: CurrencyCode, rounding: Rounding = 'half-up'): number {
    if (from === to) return minor;
    const { numerator, denominator } = this.rate(from, to);
    const shift = 10 ** Math.abs(minorDigits(to) - minorDigits(from));
    return minorDigits(to) >= minorDigits(from)
      ? multiplyDivide(minor, numerator * shift, denominator, rounding)
      : multiplyDivide(minor, numerator, denominator * shift, rounding);
  }

  #worthOf(currency: CurrencyCode): Ratio {
    const worth = this.#worth.get(currency);
    if (worth) return worth;
    throw new CrossparcelError({
      code: 'missing-exchange-rate',
      what: `there is no exchange rate for ${currency}`,
      mend: 'add it to the rates file, or give amounts in a currency that has one',
      data: { currency, known: [...this.#worth.keys()] },
    });
  }
}

/** Where the rates of a day come from. */
export interface RatesByDay {
  /** The rates of a day. A currency without a quote is unknown on that day. */
  on(day: DayNumber): ExchangeRates;
  /** What a reader of amounts converted at these rates has to know. */
  readonly caveat: string | undefined;
}

/** The same rates on every day. */
export const sameEveryDay = (rates: ExchangeRates, caveat?: string): RatesByDay => ({ on: () => rates, caveat });

/** What one unit of a currency is worth in a common currency, from a day on until the next quote of that currency. */
export interface RateQuote {
  readonly currency: CurrencyCode;
  readonly from: DayNumber;
  readonly worth: Ratio;
}

/** Rates that change: on each day, of each currency the latest quote that has begun. */
export class DatedRates implements RatesByDay {
  readonly #quotes: readonly RateQuote[];
  readonly #onDay = new Map<DayNumber, ExchangeRates>();
  readonly caveat = undefined;

  constructor(quotes: readonly RateQuote[]) {
    this.#quotes = [...quotes].sort((a, b) => a.from - b.from);
  }

  on(day: DayNumber): ExchangeRates {
    let rates = this.#onDay.get(day);
    if (!rates) {
      const begun = this.#quotes.filter(({ from }) => from <= day);
      rates = new ExchangeRates(new Map(begun.map(({ currency, worth }) => [currency, worth])));
      this.#onDay.set(day, rates);
    }
    return rates;
  }
}
