import {
  applyRatio,
  type CurrencyCode,
  compareRatios,
  convertNanos,
  type ExchangeRates,
  formatPercent,
  isCurrency,
  minorOfNanos,
  type Nanos,
  nanosOfDecimal,
  parseRatio,
  type Ratio,
  ratio,
  scaleNanos,
} from '@crossparcel/units';

/** A duty of so much money per unit of measure. */
interface Specific {
  readonly price: Nanos;
  readonly currency: CurrencyCode;
  readonly per: string;
}

/** A share of the value and amounts per unit, added up. */
interface Terms {
  readonly adValorem: Ratio;
  readonly specifics: readonly Specific[];
}

/** A rate of duty as tariffs print it: terms, and limits from below and above. */
export interface DutyRate extends Terms {
  readonly text: string;
  readonly minimum?: Terms;
  readonly maximum?: Terms;
}

/** What a rate is applied to. */
export interface Measured {
  readonly valueMinor: number;
  readonly currency: CurrencyCode;
  readonly quantity: number;
  readonly massGrams?: number | undefined;
}

const ZERO = ratio(0);
const SPECIFIC = /^(\d+(?:\.\d+)?) ([A-Z]{3})\/(.+)$/;

const parseSpecific = (text: string): Specific | undefined => {
  const match = SPECIFIC.exec(text);
  if (!match?.[1] || !match[2] || !match[3] || !isCurrency(match[2])) return undefined;
  return { price: nanosOfDecimal(Number(match[1])), currency: match[2], per: match[3] };
};

const parseTerms = (text: string): Terms | undefined => {
  let adValorem = ZERO;
  const specifics: Specific[] = [];
  for (const term of text.split(' + ')) {
    const share = term.endsWith('%') ? parseRatio(term) : undefined;
    const specific = parseSpecific(term);
    if (share) adValorem = share;
    else if (specific) specifics.push(specific);
    else return undefined;
  }
  return { adValorem, specifics };
};

/**
 * Reads a printed rate: `Free`, `16.5%`, `0.003 USD/pc + 3.6%`, `4.5% MIN 0.3 EUR/pc MAX 0.8 EUR/pc`. Undefined when the
 * text is anything else (rates on the parts of a watch, references to other lines, entry prices).
 */
export const parseDutyRate = (text: string): DutyRate | undefined => {
  if (text === 'Free') return { text, adValorem: ZERO, specifics: [] };
  const [, body = '', low, high] = /^(.*?)(?: MIN (.*?))?(?: MAX (.*?))?$/.exec(text) ?? [];
  const terms = parseTerms(body);
  const minimum = low === undefined ? undefined : parseTerms(low);
  const maximum = high === undefined ? undefined : parseTerms(high);
  if (!terms || (low !== undefined && !minimum) || (high !== undefined && !maximum)) return undefined;
  return { text, ...terms, ...(minimum && { minimum }), ...(maximum && { maximum }) };
};

/** A plain share of the value as a duty rate. */
export const percentRate = (share: Ratio): DutyRate => ({
  text: formatPercent(share),
  adValorem: share,
  specifics: [],
});

const PIECES: Readonly<Record<string, number>> = { pc: 1, pr: 1, doz: 12, gross: 144, 1000: 1000 };
const GRAMS: Readonly<Record<string, number>> = { kg: 1000, '100 kg': 100_000, '1000kg': 1_000_000, t: 1_000_000 };

const specificMinor = (specific: Specific, goods: Measured, rates: ExchangeRates): number | undefined => {
  const pieces = PIECES[specific.per];
  const grams = GRAMS[specific.per];
  let nanos: Nanos;
  if (pieces !== undefined) nanos = scaleNanos(specific.price, goods.quantity, pieces);
  else if (grams !== undefined && goods.massGrams !== undefined) {
    nanos = scaleNanos(specific.price, goods.massGrams, grams);
  } else return undefined;
  return minorOfNanos(convertNanos(nanos, rates.rate(specific.currency, goods.currency)), goods.currency);
};

const termsMinor = (terms: Terms, goods: Measured, rates: ExchangeRates): number | undefined => {
  let sum = applyRatio(goods.valueMinor, terms.adValorem);
  for (const specific of terms.specifics) {
    const part = specificMinor(specific, goods, rates);
    if (part === undefined) return undefined;
    sum += part;
  }
  return sum;
};

/**
 * The duty in minor units of the goods' currency, each term rounded half up. Undefined when the rate needs a measure
 * that is not given (mass, litres, square metres).
 */
export const dutyMinor = (rate: DutyRate, goods: Measured, rates: ExchangeRates): number | undefined => {
  let duty = termsMinor(rate, goods, rates);
  if (rate.minimum) {
    const floor = termsMinor(rate.minimum, goods, rates);
    duty = duty === undefined || floor === undefined ? undefined : Math.max(duty, floor);
  }
  if (rate.maximum) {
    const ceiling = termsMinor(rate.maximum, goods, rates);
    duty = duty === undefined || ceiling === undefined ? undefined : Math.min(duty, ceiling);
  }
  return duty;
};

/** Order by the share of value, then by printed text: good enough to name the ends of a range of lines. */
export const compareDutyRates = (a: DutyRate, b: DutyRate): number =>
  compareRatios(a.adValorem, b.adValorem) || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);
