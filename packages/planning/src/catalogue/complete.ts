import { parseHsCode } from '@crossparcel/trade';
import {
  type CurrencyCode,
  type Dimensions,
  type ExchangeRates,
  type Item,
  type ItemFact,
  type Money,
  parseMinor,
  volumeMm3,
} from '@crossparcel/units';
import type { CatalogueRow, EstimatesRecord } from './record.ts';

/** Thinnest side that an estimate gives, in millimetres. */
const THINNEST_MM = 5;
const MM3_PER_LITRE = 1_000_000;

/** What is known of a SKU from outside its catalogue row. */
export interface Sold {
  /** A price at which it was sold. */
  readonly price?: Money | undefined;
  /** The shop's words for it. */
  readonly description?: string | undefined;
}

/**
 * Completes a catalogue row by stated rules and names what was estimated:
 *
 * - value: the price at which it was sold, else the one that the estimates name;
 * - mass from the volume, and size from the mass, at the density of a typical parcel, and in its proportions; both
 *   missing: its mass and size. Typical is the middle parcel of the HS chapter, or of goods of that price where the
 *   chapter has no figures;
 * - no HS code stays empty: the tariff then answers with its middle line, and says so;
 * - origin: the one that the estimates name.
 */
export const completeItem = (
  row: CatalogueRow,
  sold: Sold,
  estimates: EstimatesRecord,
  rates: ExchangeRates,
  currency: CurrencyCode,
): Item => {
  const estimated: ItemFact[] = [];
  const hs = parseHsCode(row.hs ?? '') ?? '';
  const value = worthOf(row, sold, estimates, rates, currency, estimated);
  const valueUsd = rates.convertMinor(value.minor, currency, 'USD') / 100;
  const { size, massGrams } = measure(row, typicalOf(estimates, hs, valueUsd), estimated);
  if (hs === '') estimated.push('hs');
  if (!row.origin) estimated.push('origin');
  return {
    sku: row.sku,
    description: row.description || sold.description || '',
    size,
    massGrams,
    hs,
    origin: row.origin || estimates.origin,
    value,
    handling: (row.handling ?? '').split(/[\s;|]+/).filter((name) => name !== '' && name !== 'none'),
    estimated,
  };
};

type Typical = Omit<EstimatesRecord['byValue'][number], 'belowUsd'>;

const typicalOf = (estimates: EstimatesRecord, hs: string, valueUsd: number): Typical => {
  const chapter = estimates.byChapter.find((one) => one.chapter === hs.slice(0, 2));
  if (chapter) return chapter;
  const band = estimates.byValue.find(({ belowUsd }) => belowUsd === null || valueUsd < belowUsd);
  return band ?? (estimates.byValue.at(-1) as Typical);
};

const measure = (
  row: CatalogueRow,
  typical: Typical,
  estimated: ItemFact[],
): { size: Dimensions; massGrams: number } => {
  const given = { lengthMm: Number(row.lengthMm), widthMm: Number(row.widthMm), heightMm: Number(row.heightMm) };
  const hasSize = given.lengthMm > 0 && given.widthMm > 0 && given.heightMm > 0;
  const mass = Number(row.massGrams);
  if (!hasSize) estimated.push('size');
  if (!(mass > 0)) estimated.push('mass');
  if (hasSize && mass > 0) return { size: given, massGrams: mass };
  if (hasSize) {
    const grams = Math.ceil((volumeMm3(given) * typical.gramsPerLitre) / MM3_PER_LITRE);
    return { size: given, massGrams: Math.max(1, grams) };
  }
  if (!(mass > 0)) {
    const { lengthMm, widthMm, heightMm, massGrams } = typical;
    return { size: { lengthMm, widthMm, heightMm }, massGrams };
  }
  const scale = Math.cbrt((mass / typical.gramsPerLitre) * (MM3_PER_LITRE / volumeMm3(typical)));
  const side = (length: number) => Math.max(THINNEST_MM, Math.ceil(length * scale));
  const size = {
    lengthMm: side(typical.lengthMm),
    widthMm: side(typical.widthMm),
    heightMm: side(typical.heightMm),
  };
  return { size, massGrams: mass };
};

const worthOf = (
  row: CatalogueRow,
  sold: Sold,
  estimates: EstimatesRecord,
  rates: ExchangeRates,
  currency: CurrencyCode,
  estimated: ItemFact[],
): Money => {
  const own = row.currency || currency;
  const minor = row.value ? parseMinor(row.value, own) : undefined;
  if (minor !== undefined && minor > 0) return { minor: rates.convertMinor(minor, own, currency), currency };
  estimated.push('value');
  if (sold.price && sold.price.minor > 0) {
    return { minor: rates.convertMinor(sold.price.minor, sold.price.currency, currency), currency };
  }
  return { minor: rates.convertMinor(parseMinor(estimates.valueUsd, 'USD') ?? 0, 'USD', currency), currency };
};
