import { type CountryCode, type DayNumber, type Fault, type Instant, isCurrency, type Money } from '@crossparcel/units';
import { type Check, checkCount, checkCountry, checkParty, checkText, firstOf } from './checks.ts';
import { badValue, mixedCurrencies, netAboveGross } from './faults.ts';
import { readS10 } from './numbers/s10.ts';
import type { Party } from './party.ts';

/** The two customs forms of the Universal Postal Union that travel on parcels. */
export type CustomsForm = 'CN 22' | 'CN 23';

/** Why the goods travel, in the categories of the forms. */
export type CustomsCategory = 'sale-of-goods' | 'gift' | 'documents' | 'sample' | 'returned-goods' | 'other';

/** Goods of one kind in a parcel. */
export interface GoodsLine {
  readonly description: string;
  readonly quantity: number;
  /** Net weight of the whole line in grams. */
  readonly netGrams: number;
  /** Value of the whole line. */
  readonly value: Money;
  /** Number in the Harmonised System, six digits or more. A sale of goods must have one. */
  readonly hs?: string;
  /** Country of origin of the goods. A sale of goods must have one. */
  readonly origin?: CountryCode;
}

/** The sender of a declaration. */
export interface CustomsSender extends Party {
  /** EORI, IOSS or another reference that customs knows the sender by. */
  readonly customsReference?: string;
}

/** The addressee of a declaration. */
export interface CustomsAddressee extends Party {
  /** Telephone or e-mail. */
  readonly contact?: string;
  /** Tax code, VAT number or importer code. */
  readonly importerReference?: string;
}

/** What a customs form declares. */
export interface Declaration {
  /** The form that was chosen, see `chooseForm`. */
  readonly form: CustomsForm;
  /** S10 identifier of the parcel. */
  readonly number: string;
  readonly sender: CustomsSender;
  readonly addressee: CustomsAddressee;
  readonly category: CustomsCategory;
  /** What `other` means; must be there for `other`. */
  readonly explanation?: string;
  readonly goods: readonly GoodsLine[];
  /** Weight of the parcel with packing, in grams. */
  readonly grossGrams: number;
  readonly postage?: Money;
  /** For example goods under quarantine, sanitary or phytosanitary inspection. */
  readonly comments?: string;
  readonly postingDay: DayNumber;
  readonly officeOfOrigin?: string;
  readonly licence?: string;
  readonly certificate?: string;
  readonly invoice?: string;
  /** Time of printing, in the properties of the PDF only. */
  readonly at: Instant;
}

/** Sums over the lines of a declaration, exact. */
export interface DeclarationTotals {
  readonly quantity: number;
  readonly netGrams: number;
  readonly value: Money;
}

/** Sums quantity, net grams and value over the lines. The currency is that of the first line. */
export const totalsOf = (goods: readonly GoodsLine[]): DeclarationTotals => {
  const currency = goods[0]?.value.currency;
  if (currency === undefined) throw new RangeError('a declaration without goods has no total');
  const sum = (of: (line: GoodsLine) => number) => goods.reduce((total, line) => total + of(line), 0);
  return {
    quantity: sum((line) => line.quantity),
    netGrams: sum((line) => line.netGrams),
    value: { minor: sum((line) => line.value.minor), currency },
  };
};

const checkMoney = (field: string, { minor, currency }: Money): Check =>
  firstOf(
    checkCount(`${field}.minor`, minor, 0),
    isCurrency(currency) ? undefined : badValue(`${field}.currency`, currency, 'a currency code of ISO 4217'),
  );

/** The Universal Postal Union asks for HS number and origin of commercial goods. */
const checkCommercial = (field: string, { hs, origin }: GoodsLine): Check =>
  firstOf(
    hs === undefined ? badValue(`${field}.hs`, hs, 'an HS number, which a sale of goods needs') : undefined,
    origin === undefined ? badValue(`${field}.origin`, origin, 'the country of origin of the goods') : undefined,
  );

const checkLine = (field: string, line: GoodsLine, category: CustomsCategory): Check =>
  firstOf(
    checkText(`${field}.description`, line.description),
    checkCount(`${field}.quantity`, line.quantity, 1),
    checkCount(`${field}.netGrams`, line.netGrams, 0),
    checkMoney(`${field}.value`, line.value),
    line.hs === undefined || /^\d{6,13}$/.test(line.hs)
      ? undefined
      : badValue(`${field}.hs`, line.hs, '6 to 13 digits'),
    line.origin === undefined ? undefined : checkCountry(`${field}.origin`, line.origin),
    category === 'sale-of-goods' ? checkCommercial(field, line) : undefined,
  );

const checkGoods = ({ goods, category }: Declaration): Check => {
  const [first] = goods;
  if (!first) return badValue('goods', goods, 'at least one line of goods');
  for (const [index, line] of goods.entries()) {
    const fault = checkLine(`goods[${index}]`, line, category);
    if (fault) return fault;
    const { currency } = first.value;
    if (line.value.currency !== currency) return mixedCurrencies(`goods[${index}].value.currency`, currency);
  }
  return undefined;
};

const checkSums = ({ goods, grossGrams }: Declaration): Check => {
  const { netGrams, value } = totalsOf(goods);
  return firstOf(
    checkCount('goods', value.minor, 0),
    netGrams > grossGrams ? netAboveGross(netGrams, grossGrams) : undefined,
  );
};

/** What is wrong with a declaration: the first thing found, or nothing. */
export const checkDeclaration = (declaration: Declaration): Fault | undefined =>
  firstOf(
    readS10(declaration.number) === undefined
      ? badValue('number', declaration.number, 'an S10 identifier with its check digit')
      : undefined,
    checkParty('sender', declaration.sender),
    checkParty('addressee', declaration.addressee),
    checkCount('grossGrams', declaration.grossGrams, 1),
    declaration.category === 'other' ? checkText('explanation', declaration.explanation ?? '') : undefined,
    declaration.postage ? checkMoney('postage', declaration.postage) : undefined,
    checkGoods(declaration),
  ) ?? checkSums(declaration);
