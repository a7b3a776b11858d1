import { readFileSync } from 'node:fs';
import {
  type CurrencyCode,
  DatedRates,
  type DayNumber,
  faultOfIssues,
  isCurrency,
  parseDay,
  parseRatio,
  type RateQuote,
  ratio,
} from '@crossparcel/units';
import * as z from 'zod';
import { parseCsv } from './csv.ts';
import { InputError } from './input-error.ts';

const currency = z
  .string()
  .refine(isCurrency, 'is not a currency code of ISO 4217; write three capital letters such as USD');

const quoteSchema = z.object({
  date: z.string().refine((text) => parseDay(text) !== undefined, 'is not a date; write YYYY-MM-DD'),
  from: currency,
  to: currency,
  rate: z.string().refine((text) => {
    const rate = parseRatio(text);
    return rate !== undefined && rate.numerator > 0;
  }, 'is not a rate; write a decimal above 0, at most twelve decimals'),
});

const unreadable = (file: string, cause: unknown): InputError =>
  new InputError(
    { code: 'unreadable-file', what: 'cannot be read', mend: 'check the path' },
    { file, line: 1 },
    { cause },
  );

/**
 * Reads exchange rates from a CSV file with the columns `date,from,to,rate`: one unit of `from` is `rate` units of `to`
 * from that date on, until the next row of that currency. All rows have the same `to`. Throws `InputError` that names
 * file, line and field.
 */
export const readRates = (file: string): DatedRates => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
  const quotes: RateQuote[] = [];
  let common: CurrencyCode | undefined;
  for (const [index, row] of parseCsv(text, file).entries()) {
    const position = { file, line: index + 2 };
    const parsed = quoteSchema.safeParse(row);
    if (!parsed.success) throw new InputError(faultOfIssues(parsed.error.issues), position);
    const { date, from, to, rate } = parsed.data;
    common ??= to;
    if (to !== common) {
      const what = `the rate is in ${to} where those before are in ${common}`;
      throw new InputError({ code: 'mixed-rates', what, mend: `give all rates in ${common}`, field: 'to' }, position);
    }
    const worth = parseRatio(rate);
    if (worth) quotes.push({ currency: from, from: parseDay(date) as DayNumber, worth });
  }
  if (common !== undefined) quotes.push({ currency: common, from: Number.NEGATIVE_INFINITY, worth: ratio(1) });
  return new DatedRates(quotes);
};
