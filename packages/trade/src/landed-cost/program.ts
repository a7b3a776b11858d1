import {
  applyRatio,
  type Confidence,
  type CurrencyCode,
  type ExchangeRates,
  formatMinor,
  formatPercent,
  type Ratio,
  weakestConfidence,
} from '@crossparcel/units';
import type { CompiledBook, CompiledParameter, CompiledRule } from '../law/compile.ts';
import type { Amount, Limit } from '../law/conditions.ts';
import type { DutyRate } from '../tariff/duty-rate.ts';
import type { Warning } from './parcel.ts';

/** The tariff rate of some goods, and the records behind it. */
export interface TariffTerms {
  readonly rate: DutyRate;
  readonly code: string;
  readonly confidence: Confidence;
  readonly rows: readonly string[];
}

/** How the steps of a program see some goods. */
export interface GoodsProfile {
  /** For each step of the program, whether it touches the goods. */
  readonly touched: readonly boolean[];
  /** For each step that charges by the tariff, what that comes to; undefined where the tariff has no rate. */
  readonly tariff: readonly (TariffTerms | undefined)[];
  readonly warnings: readonly Warning[];
}

/** A limit in the currency of the parcel: the largest sum that customs, converting it, still finds within. */
export interface Bound {
  readonly of: readonly string[];
  readonly most: number;
  readonly kind: Limit['kind'];
}

/** A limit near which a value is told. */
export interface Edge extends Bound {
  readonly limit: Limit;
  /** Distance in minor units within which a sum is near. */
  readonly near: number;
  /** Steps that look at the limit, and what they are. */
  readonly steps: readonly number[];
  readonly names: string;
}

/** A rule made ready for parcels of one currency: amounts converted, texts written. */
export interface Step {
  readonly source: CompiledRule;
  readonly name: string;
  readonly bounds: readonly Bound[];
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  /** The amount that is charged for each unit, or taken off a share. */
  readonly amount: number;
  readonly share: Ratio | undefined;
  readonly rate: string;
  readonly confidence: Confidence;
  readonly rows: readonly string[];
}

/** The rules that can apply in one setting on one day, in order, to parcels of one currency. */
export interface Program {
  readonly market: string;
  readonly steps: readonly Step[];
  readonly edges: readonly Edge[];
  readonly rates: ExchangeRates;
  /** Currency of the book, in which amounts are cut down to steps. */
  readonly bookCurrency: CurrencyCode;
  readonly warnings: readonly Warning[];
  readonly needsShares: boolean;
}

/** The largest amount of one currency that is not above a limit when it is converted. */
const largestWithin = ({ minor, currency }: Amount, from: CurrencyCode, rates: ExchangeRates): number => {
  if (from === currency) return minor;
  const fits = (amount: number) => rates.convertMinor(amount, from, currency) <= minor;
  let low = 0;
  let high = 2 * rates.convertMinor(minor, currency, from) + 100;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
};

/** Makes the rules of a setting ready for parcels of one currency. */
export class StepMaker {
  readonly #book: CompiledBook;
  readonly #market: string;
  readonly #currency: CurrencyCode;
  readonly #rates: ExchangeRates;
  readonly #parameters: ReadonlyMap<string, CompiledParameter>;
  #converted = false;

  constructor(
    book: CompiledBook,
    market: string,
    currency: CurrencyCode,
    rates: ExchangeRates,
    parameters: ReadonlyMap<string, CompiledParameter>,
  ) {
    this.#book = book;
    this.#market = market;
    this.#currency = currency;
    this.#rates = rates;
    this.#parameters = parameters;
  }

  /** Whether an amount of a record stood in another currency than the parcels do. */
  get converted(): boolean {
    return this.#converted;
  }

  step(source: CompiledRule): Step {
    const { charge, rule } = source;
    const parameter = charge.kind === 'parameter' ? this.#parameters.get(charge.parameter) : undefined;
    const amount = charge.kind === 'amount' ? charge.amount : charge.kind === 'share' ? charge.minus : undefined;
    return {
      source,
      name: rule.name.replace('{market}', this.#market),
      bounds: source.when.limits.map((limit) => this.bound(limit)),
      minimum: source.minimum && this.#convert(source.minimum),
      maximum: source.maximum && this.#convert(source.maximum),
      amount: amount ? this.#convert(amount) : 0,
      share: charge.kind === 'share' || charge.kind === 'top-up' ? charge.share : parameter?.share,
      rate: this.#rateText(source, parameter),
      confidence: parameter ? weakestConfidence([rule.confidence, parameter.parameter.confidence]) : rule.confidence,
      rows: parameter ? [rule.id, parameter.parameter.id] : [rule.id],
    };
  }

  bound(limit: Limit): Bound {
    this.#converted ||= limit.amount.currency !== this.#currency;
    return { of: limit.of, most: largestWithin(limit.amount, this.#currency, this.#rates), kind: limit.kind };
  }

  /** The limits of all steps, each once. */
  edges(steps: readonly Step[]): Edge[] {
    const found = steps.flatMap((step, index) =>
      step.source.when.limits.map((limit, at) => ({ limit, bound: step.bounds[at] as Bound, index, name: step.name })),
    );
    const byLimit = Map.groupBy(found, ({ limit: { of, amount } }) => `${amount.minor}${amount.currency}${String(of)}`);
    return Array.from(byLimit.values(), (same) => {
      const { limit, bound } = same[0] as (typeof found)[number];
      return {
        ...bound,
        limit,
        near: applyRatio(bound.most, this.#book.nearLimit),
        steps: same.map(({ index }) => index),
        names: [...new Set(same.map(({ name }) => name))].join(', '),
      };
    });
  }

  #rateText({ charge }: CompiledRule, parameter: CompiledParameter | undefined): string {
    switch (charge.kind) {
      case 'nothing':
        return '0%';
      case 'share':
      case 'top-up':
        return charge.text;
      case 'amount':
        return `${formatMinor(charge.amount.minor, charge.amount.currency)} ${charge.amount.currency}`;
      case 'parameter':
        return parameter ? `${formatPercent(parameter.share)}${charge.inside ? ' inside' : ''}` : '';
      case 'tariff':
        return '';
    }
  }

  #convert({ minor, currency }: Amount): number {
    this.#converted ||= currency !== this.#currency;
    return this.#rates.convertMinor(minor, currency, this.#currency);
  }
}
