import { checkCharacter, GS1_CHECK } from './check-digit.ts';

/** The parts from which an SSCC is made. */
export interface SsccParts {
  /** Extension digit, 0 to 9, free to choose. */
  readonly extension: number;
  /** GS1 company prefix: 4 to 12 digits. */
  readonly companyPrefix: string;
  /** Serial reference; it fills the digits that the prefix leaves of sixteen. */
  readonly serial: number;
}

const PREFIX = /^\d{4,12}$/;
const BODY_DIGITS = 16;
const LINK = 'https://id.gs1.org/00/';

/**
 * An 18-digit Serial Shipping Container Code of GS1, with its check digit. Throws a RangeError for an extension that is
 * not one digit, a company prefix that is not 4 to 12 digits, and a serial that does not fit beside the prefix.
 */
export const sscc = ({ extension, companyPrefix, serial }: SsccParts): string => {
  if (!Number.isInteger(extension) || extension < 0 || extension > 9)
    throw new RangeError(`SSCC extension ${extension}`);
  if (!PREFIX.test(companyPrefix)) throw new RangeError(`GS1 company prefix ${companyPrefix}`);
  const room = BODY_DIGITS - companyPrefix.length;
  if (!Number.isSafeInteger(serial) || serial < 0 || serial >= 10 ** room) {
    throw new RangeError(`SSCC serial ${serial} does not fit ${room} digits`);
  }
  const digits = `${extension}${companyPrefix}${String(serial).padStart(room, '0')}`;
  return `${digits}${checkCharacter(GS1_CHECK, digits)}`;
};

/** Reads an SSCC written with or without spaces; undefined when `isSscc` would be false. */
export const readSscc = (text: string): string | undefined => {
  const number = text.replace(/\s/g, '');
  return /^\d{18}$/.test(number) && checkCharacter(GS1_CHECK, number.slice(0, -1)) === number.at(-1)
    ? number
    : undefined;
};

/** Whether a text is an SSCC: 18 digits, spaces aside, and the right check digit. */
export const isSscc = (text: string): boolean => readSscc(text) !== undefined;

/** The GS1 Digital Link of an SSCC, by which EPCIS events name the parcel. Throws a RangeError when it is none. */
export const epcOfSscc = (text: string): string => {
  const number = readSscc(text);
  if (number === undefined) throw new RangeError(`${text} is not an SSCC`);
  return LINK + number;
};
