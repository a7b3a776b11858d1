import { checkCharacter, GS1_CHECK } from './check-digit.ts';

/** The parts from which a GTIN is made. */
export interface GtinParts {
  readonly length: 8 | 12 | 13 | 14;
  /** Indicator of a GTIN-14: 1 to 8 for a packaging level, 9 for goods of variable measure. */
  readonly indicator?: number;
  /** GS1 company prefix (GS1-8 prefix for a GTIN-8, U.P.C. prefix for a GTIN-12). */
  readonly companyPrefix: string;
  /** Item reference; it fills the digits that the prefix leaves. */
  readonly item: number;
}

/**
 * A Global Trade Item Number with its check digit (GS1 General Specifications, 3.3.2 and 7.9). Throws a RangeError for a
 * prefix or an item that do not fit the length, and for an indicator that is missing or out of place.
 */
export const gtin = ({ length, indicator, companyPrefix, item }: GtinParts): string => {
  if ((length === 14) !== (indicator !== undefined)) throw new RangeError('an indicator belongs to a GTIN-14 alone');
  if (indicator !== undefined && (!Number.isInteger(indicator) || indicator < 1 || indicator > 9)) {
    throw new RangeError(`GTIN indicator ${indicator}`);
  }
  const lead = indicator === undefined ? '' : String(indicator);
  const room = length - 1 - lead.length - companyPrefix.length;
  if (!/^\d+$/.test(companyPrefix) || room < 1) throw new RangeError(`GS1 prefix ${companyPrefix} in a GTIN-${length}`);
  if (!Number.isSafeInteger(item) || item < 0 || item >= 10 ** room) {
    throw new RangeError(`GTIN item ${item} does not fit ${room} digits`);
  }
  const digits = `${lead}${companyPrefix}${String(item).padStart(room, '0')}`;
  return `${digits}${checkCharacter(GS1_CHECK, digits)}`;
};
