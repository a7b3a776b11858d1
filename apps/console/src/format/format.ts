/** Writes numbers, money, masses and times in one language and one time zone. */
export interface Format {
  readonly zone: string;
  /** The zone as people name it, for example `GMT+8`. */
  readonly zoneName: string;
  number(value: number): string;
  /** The same in few characters, for axes. */
  compact(value: number): string;
  percent(share: number): string;
  /** Decimal text in major units, as the server writes it, with its currency. */
  money(amount: string, currency: string): string;
  /** The same with its sign always shown, for differences. */
  difference(amount: number, currency: string): string;
  mass(grams: number): string;
  dateTime(instant: string): string;
  time(instant: string): string;
  /** A calendar day: of an instant in the zone, or a plain `2026-11-22`. */
  day(day: string): string;
  shortDay(day: string): string;
  relative(instant: string, now: number): string;
  list(words: readonly string[]): string;
  /** Name of a country by its code. */
  country(code: string): string;
}

const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

const isPlainDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Money by Intl; a code that Intl does not take is written after the number. */
const moneyFormat = (locale: string, currency: string, options: Intl.NumberFormatOptions) => {
  try {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'code', ...options });
    return (amount: number | Intl.StringNumericLiteral) => format.format(amount);
  } catch {
    const format = new Intl.NumberFormat(locale, options);
    return (amount: number | Intl.StringNumericLiteral) => `${format.format(amount)} ${currency}`;
  }
};

const decimalText = (amount: string): Intl.StringNumericLiteral | undefined =>
  /^-?\d+(\.\d+)?$/.test(amount) ? (amount as Intl.StringNumericLiteral) : undefined;

const zoneNameOf = (locale: string, timeZone: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'shortOffset' })
    .formatToParts(Date.now())
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;

export const createFormat = (
  locale: string,
  zone: string = Intl.DateTimeFormat().resolvedOptions().timeZone,
): Format => {
  const dates = (options: Intl.DateTimeFormatOptions, timeZone = zone) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const dateTime = dates({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const time = dates({ hour: '2-digit', minute: '2-digit' });
  const dayOptions: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'short', day: 'numeric' };
  const shortOptions: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const dayBy = (options: Intl.DateTimeFormatOptions) => {
    const [here, plain] = [dates(options), dates(options, 'UTC')];
    return (day: string) => (isPlainDay(day) ? plain : here).format(new Date(day));
  };
  const unit = (name: string, digits: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits });
  const [grams, kilograms] = [unit('gram', 0), unit('kilogram', 2)];
  return {
    zone,
    zoneName: zoneNameOf(locale, zone),
    compact: (value) => new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value),
    number: (value) => new Intl.NumberFormat(locale).format(value),
    percent: (share) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share),
    money: (amount, currency) => {
      const decimal = decimalText(amount);
      return decimal === undefined ? `${amount} ${currency}` : moneyFormat(locale, currency, {})(decimal);
    },
    difference: (amount, currency) => moneyFormat(locale, currency, { signDisplay: 'exceptZero' })(amount),
    mass: (value) => (value < 1000 ? grams.format(value) : kilograms.format(value / 1000)),
    dateTime: (instant) => dateTime.format(new Date(instant)),
    time: (instant) => time.format(new Date(instant)),
    day: dayBy(dayOptions),
    shortDay: dayBy(shortOptions),
    relative: (instant, now) => {
      const seconds = (Date.parse(instant) - now) / 1000;
      const [name, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? (['minute', 60] as const);
      return relative.format(Math.round(seconds / size), name);
    },
    country: (code) => countries.of(code) ?? code,
    list: (words) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(words),
  };
};

/** The clock at a place by its offset from UTC: `14:05 +08:00`. Undefined for an offset that is none. */
export const clockAt = (instant: string, offset: string): string | undefined => {
  const match = /^([+-])(\d{2}):(\d{2})$/.exec(offset);
  if (!match) return undefined;
  const minutes = (Number(match[2]) * 60 + Number(match[3])) * (match[1] === '-' ? -1 : 1);
  const local = new Date(Date.parse(instant) + minutes * 60_000);
  return `${local.toISOString().slice(11, 16)} ${offset}`;
};
