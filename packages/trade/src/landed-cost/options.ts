import {
  applyRatio,
  type Confidence,
  type Fault,
  fail,
  formatMinor,
  multiplyDivide,
  ok,
  type Result,
  weakestConfidence,
} from '@crossparcel/units';
import type { Way } from '../law/book.ts';
import type { CompiledBook, CompiledCarrierCharge, Conditional } from '../law/compile.ts';
import { allHold, failing, type GoodsFacts, type Limit, type Setting } from '../law/conditions.ts';
import type { Law } from '../law/law.ts';
import { holds } from '../law/situation.ts';
import { refuseMissingRate } from './missing-rate.ts';
import type { Assessment, Charge, CustomsParcel, Warning } from './parcel.ts';

/** Goods that come in before they are sold: how many orders like this one share a consignment, and at what value. */
export interface StockImport {
  readonly orders: number;
  /** Value of each line of one order when it is imported for stock, in minor units. */
  readonly transferMinor: readonly number[];
  /** Freight of the whole consignment to the border. */
  readonly freightMinor: number;
}

/** What is due by one way, and who pays it. Amounts are minor units of the parcel's currency, for one order. */
export interface OpenWay {
  readonly way: Way;
  readonly terms: Way['terms'][number];
  readonly charges: readonly Charge[];
  readonly dutyMinor: number;
  readonly taxMinor: number;
  readonly feeMinor: number;
  /** What the buyer pays at checkout or at the door, beside the price; the rest is the seller's. */
  readonly buyerMinor: number;
  /** What carriers would ask for advancing it; each is one carrier's own. */
  readonly carrierCharges: readonly { readonly charge: CompiledCarrierCharge; readonly amountMinor: number }[];
  readonly confidence: Confidence;
  readonly warnings: readonly Warning[];
}

/** A way that these goods cannot go, and why. */
export interface ClosedWay {
  readonly way: Way;
  readonly fault: Fault;
}

/** All ways of a market for some goods. */
export interface Ways {
  /** Cheapest first. */
  readonly open: readonly OpenWay[];
  readonly closed: readonly ClosedWay[];
}

/** Who pays what a rule names: the buyer at checkout whatever the terms, or whoever imports. */
const BUYERS = new Set(['buyer', 'platform']);

/**
 * Every way in which goods may lawfully reach a buyer in a market on a day: what each costs, under which terms, who pays,
 * and the ways that are closed with the reason. The parcel's own channel, entry and schemes are not looked at. `stock`
 * opens the ways through stock inside the market; its duty and fees are those of the consignment, divided by its orders.
 * Faults name the field of the parcel.
 */
export const waysFor = (law: Law, parcel: CustomsParcel, stock: StockImport | undefined): Result<Ways, Fault> => {
  const refused = law.refuses(parcel.market, parcel.day);
  if (refused) return fail(refused);
  const book = law.book(parcel.market) as CompiledBook;
  return refuseMissingRate(() => weigh(law, book, parcel, stock));
};

const weigh = (
  law: Law,
  book: CompiledBook,
  parcel: CustomsParcel,
  stock: StockImport | undefined,
): Result<Ways, Fault> => {
  const open: OpenWay[] = [];
  const closed: ClosedWay[] = [];
  for (const conditional of book.ways) {
    const fault = closedBy(law, book, conditional, parcel, stock);
    if (fault) {
      closed.push({ way: conditional.record, fault });
      continue;
    }
    const assessed = assessWay(law, conditional.record, parcel, stock);
    if (assessed.ok)
      open.push(...withTerms(law, book, parcelBy(conditional.record, parcel), conditional.record, assessed.value));
    else if (PARCEL_FAULTS.has(assessed.error.code)) return assessed;
    else closed.push({ way: conditional.record, fault: assessed.error });
  }
  return ok({ open: open.sort(byCost), closed });
};

/** Faults that every way would have. */
const PARCEL_FAULTS = new Set(['missing-exchange-rate', 'missing-measure', 'no-tariff-line']);

const byCost = (a: OpenWay, b: OpenWay): number =>
  total(a) - total(b) || (a.way.id < b.way.id ? -1 : Number(a.way.id > b.way.id));

const total = ({ dutyMinor, taxMinor, feeMinor }: Pick<Assessment, 'dutyMinor' | 'taxMinor' | 'feeMinor'>): number =>
  dutyMinor + taxMinor + feeMinor;

const closed = (what: string, mend: string, field?: string): Fault => ({
  code: 'way-closed',
  what,
  mend,
  ...(field !== undefined && { field }),
});

const parcelBy = (way: Way, parcel: CustomsParcel): CustomsParcel => ({
  ...parcel,
  channel: way.channel,
  entry: way.entry,
  schemes: way.schemes ?? [],
  postalMethod: way.postalMethod ?? 'ad-valorem',
  collectedBy: way.collectedBy ?? parcel.collectedBy,
});

const settingOf = (parcel: CustomsParcel): Setting => ({
  ...parcel,
  subdivision: parcel.subdivision,
  collectedBy: parcel.collectedBy,
  entry: parcel.entry ?? '',
});

/** Why a way is closed to a parcel; undefined when it is open. */
const closedBy = (
  law: Law,
  book: CompiledBook,
  { record, window, when }: Conditional<Way>,
  parcel: CustomsParcel,
  stock: StockImport | undefined,
): Fault | undefined => {
  if (parcel.day < window.from) return closed(`it opens on ${record.validFrom}`, 'choose another way', 'at');
  if (!holds(window, parcel.day)) return closed(`it ended on ${record.validTo}`, 'choose another way', 'at');
  const setting = settingOf(parcelBy(record, parcel));
  const wrong = failing(when.setting, setting);
  if (wrong) return closed(`it is not open to this ${wrong.field}`, 'choose another way', wrong.field);
  for (const [index, line] of parcel.lines.entries()) {
    const facts: GoodsFacts = law.goodsFacts(book, line);
    const unfit = failing(when.goods, facts);
    if (unfit) return closed(`these goods are excluded by ${unfit.field}`, 'choose another way', `lines[${index}]`);
  }
  const rates = law.ratesFor(book, parcel.day);
  for (const limit of when.limits) {
    const value = rates.convertMinor(sumOf(limit.of, parcel), parcel.currency, limit.amount.currency);
    if (!within(limit, value)) return closed(limitText(limit, value), 'choose another way', 'lines');
  }
  if (record.stock && !stock) {
    return closed(
      'nothing is told about a consignment into stock',
      'give stock.orders, stock.freight and transferValue of each line',
      'stock',
    );
  }
  return undefined;
};

const within = ({ kind, amount }: Limit, value: number): boolean =>
  kind === 'at-most' ? value <= amount.minor : value > amount.minor;

const limitText = ({ kind, amount }: Limit, value: number): string => {
  const text = (minor: number) => `${amount.currency} ${formatMinor(minor, amount.currency)}`;
  return `the value of ${text(value)} is ${kind === 'at-most' ? 'above' : 'not above'} ${text(amount.minor)}`;
};

const sumOf = (parts: readonly string[], parcel: CustomsParcel): number => {
  const known: Readonly<Record<string, number>> = {
    value: parcel.lines.reduce((sum, line) => sum + line.valueMinor, 0),
    freight: parcel.freightMinor,
    insurance: parcel.insuranceMinor,
    'same-order': parcel.sameOrderMinor ?? 0,
    'same-day': parcel.sameDayMinor ?? 0,
  };
  return parts.reduce((sum, part) => sum + (known[part] ?? 0), 0);
};

const assessWay = (
  law: Law,
  way: Way,
  parcel: CustomsParcel,
  stock: StockImport | undefined,
): Result<Assessment, Fault> => {
  if (!way.stock || !stock) return law.assess(parcelBy(way, parcel));
  const bulk = law.assess(consignment(way, parcel, stock));
  if (!bulk.ok) return bulk;
  const sale = law.assess({ ...parcelBy(way, parcel), channel: 'domestic', entry: undefined });
  return sale.ok ? ok(joined(shareOf(bulk.value, stock.orders), sale.value)) : sale;
};

/** The consignment into stock: as many orders as share it, at transfer value, imported by a business. */
const consignment = (way: Way, parcel: CustomsParcel, stock: StockImport): CustomsParcel => ({
  ...parcelBy(way, parcel),
  importer: 'business',
  freightMinor: stock.freightMinor,
  insuranceMinor: 0,
  sameOrderMinor: 0,
  sameDayMinor: 0,
  lines: parcel.lines.map((line, index) => ({
    ...line,
    quantity: line.quantity * stock.orders,
    valueMinor: (stock.transferMinor[index] ?? 0) * stock.orders,
    massGrams: line.massGrams === undefined ? undefined : line.massGrams * stock.orders,
  })),
});

/**
 * One order's part of a consignment: its duty and fees. Tax on the import is an input tax that the business takes off the
 * tax on its sales, so that only the tax on the sale is left.
 */
const shareOf = (bulk: Assessment, orders: number): Assessment => {
  const charges = bulk.charges
    .filter(({ rule }) => rule.kind !== 'tax')
    .map((charge) => ({
      ...charge,
      baseMinor: multiplyDivide(charge.baseMinor, 1, orders, 'half-up'),
      amountMinor: multiplyDivide(charge.amountMinor, 1, orders, 'half-up'),
    }));
  return { ...bulk, charges, ...sums(charges) };
};

const joined = (one: Assessment, other: Assessment): Assessment => {
  const charges = [...one.charges, ...other.charges];
  const warnings = new Map([...one.warnings, ...other.warnings].map((warning) => [warning.text, warning]));
  return { charges, warnings: [...warnings.values()], ...sums(charges) };
};

const sums = (charges: readonly Charge[]): Pick<Assessment, 'dutyMinor' | 'taxMinor' | 'feeMinor'> => {
  const of = (kind: string) =>
    charges.filter(({ rule }) => rule.kind === kind).reduce((sum, charge) => sum + charge.amountMinor, 0);
  return { dutyMinor: of('duty'), taxMinor: of('tax'), feeMinor: of('fee') };
};

/** The way under each of its terms of sale. */
const withTerms = (law: Law, book: CompiledBook, parcel: CustomsParcel, way: Way, assessed: Assessment): OpenWay[] => {
  const { charges, dutyMinor, taxMinor, feeMinor, warnings } = assessed;
  const atCheckout = charges
    .filter(({ rule }) => BUYERS.has(rule.payer))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const advanced = way.stock ? 0 : total(assessed) - atCheckout;
  return way.terms.map((terms) => ({
    way,
    terms,
    charges,
    dutyMinor,
    taxMinor,
    feeMinor,
    buyerMinor: terms === 'DAP' ? total(assessed) : atCheckout,
    carrierCharges: advanced === 0 ? [] : carrierCharges(law, book, parcel, advanced),
    confidence: weakestConfidence([way.confidence, ...charges.map(({ confidence }) => confidence)]),
    warnings,
  }));
};

/** What carriers would ask for advancing duty and tax on a parcel. */
const carrierCharges = (
  law: Law,
  book: CompiledBook,
  parcel: CustomsParcel,
  advancedMinor: number,
): OpenWay['carrierCharges'] => {
  const rates = law.ratesFor(book, parcel.day);
  const setting = settingOf(parcel);
  return book.carrierCharges
    .filter(({ window, when }) => holds(window, parcel.day) && allHold(when.setting, setting))
    .map((charge) => {
      const least = rates.convertMinor(charge.amount.minor, charge.amount.currency, parcel.currency);
      const share = charge.share ? applyRatio(advancedMinor, charge.share) : 0;
      return { charge, amountMinor: Math.max(least, share) };
    });
};
