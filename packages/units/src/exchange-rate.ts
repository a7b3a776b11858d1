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
