/** An order line of a product in its first days; day 0 is the day of its first sale. */
export interface LaunchLine {
  readonly day: number;
  readonly quantity: number;
  /** Price of a unit in any one currency. */
  readonly price?: number | undefined;
  readonly country?: string | undefined;
  readonly invoice?: string | undefined;
  readonly customer?: string | undefined;
}

/** What a launch looked like after so many days. */
export interface Launch {
  readonly observedDays: number;
  readonly lines: readonly LaunchLine[];
}

const middle = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

const distinct = (values: readonly (string | number | undefined)[]): number =>
  new Set(values.filter((value) => value !== undefined && value !== '')).size;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Lines above so many times the middle one count as so many: a bulk order says little about what others will buy. */
const BULK = 4;

/** What forecasts of launches go by, the constant 1 first. Amounts count by their logarithms. */
export const launchFeatures = ({ observedDays, lines }: Launch): Float64Array => {
  const quantities = lines.map(({ quantity }) => quantity);
  const units = sum(quantities);
  const usual = middle(quantities);
  const capped = sum(quantities.map((quantity) => Math.min(quantity, BULK * usual)));
  const invoices = distinct(lines.map(({ invoice }, index) => invoice ?? `line ${index}`));
  const prices = lines.flatMap(({ price }) => (price === undefined ? [] : [price]));
  const days = lines.map(({ day }) => day);
  const late = sum(lines.map(({ day, quantity }) => (day >= observedDays / 2 ? quantity : 0)));
  const lateInvoices = lines.filter(({ day }) => day >= observedDays / 2).length;
  const guests = lines.filter(({ customer }) => customer === undefined || customer === '').length;
  return Float64Array.from([
    1,
    Math.log1p(units),
    Math.log1p(capped),
    Math.log1p(invoices),
    Math.log(Math.max(0.01, middle(prices))),
    Math.log1p(distinct(lines.map(({ country }) => country))),
    Math.log1p(distinct(days)),
    Math.log1p(Math.max(0, ...quantities)),
    Math.log1p(usual),
    Math.log1p(distinct(lines.map(({ customer }) => customer))),
    late / Math.max(1, units),
    lateInvoices / Math.max(1, lines.length),
    guests / Math.max(1, lines.length),
    Math.log(observedDays),
    Math.log1p(observedDays - 1 - Math.max(0, ...days)),
    Math.log1p(lateInvoices),
  ]);
};
