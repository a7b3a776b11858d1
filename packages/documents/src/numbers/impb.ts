import { checkCharacter, GS1_CHECK } from './check-digit.ts';

/** The parts from which the package identification code of a USPS Intelligent Mail package barcode is made. */
export interface ImpbParts {
  /** Channel: 92 or 93 for commercial mailers with mailer ids of 9 or 6 digits, 94 online, 95 at the counter. */
  readonly channel: '92' | '93' | '94' | '95';
  /** Service type code, three digits. */
  readonly serviceType: string;
  /** Mailer id: nine digits that begin with 9, or six that do not. */
  readonly mailerId: string;
  readonly serial: number;
}

/** Digits of a code: 22 by default; 26 and 30 leave more room for the serial number. */
export type ImpbLength = 22 | 26 | 30;

const PIC = /^9[1-5](\d{20}|\d{24}|\d{28})$/;
const MAILER: Readonly<Record<ImpbParts['channel'], RegExp>> = {
  '92': /^9\d{8}$/,
  '93': /^[0-8]\d{5}$/,
  '94': /^(9\d{8}|[0-8]\d{5})$/,
  '95': /^(9\d{8}|[0-8]\d{5})$/,
};

/**
 * A package identification code with its check digit (USPS Parcel Labeling Guide, appendix). Throws a RangeError for a
 * service type that is not three digits, a mailer id that the channel does not take, a serial that does not fit, and a
 * code of 30 digits outside channel 94.
 */
export const impb = ({ channel, serviceType, mailerId, serial }: ImpbParts, length: ImpbLength = 22): string => {
  if (!/^\d{3}$/.test(serviceType)) throw new RangeError(`USPS service type ${serviceType}`);
  if (!MAILER[channel].test(mailerId)) throw new RangeError(`USPS mailer id ${mailerId} in channel ${channel}`);
  if (length === 30 && channel !== '94') throw new RangeError(`a code of 30 digits in channel ${channel}`);
  const head = `${channel}${serviceType}${mailerId}`;
  const room = length - head.length - 1;
  if (!Number.isSafeInteger(serial) || serial < 0 || serial >= 10 ** room) {
    throw new RangeError(`USPS serial ${serial} does not fit ${room} digits`);
  }
  const digits = `${head}${String(serial).padStart(room, '0')}`;
  return `${digits}${checkCharacter(GS1_CHECK, digits)}`;
};

/** Reads a package identification code written with or without spaces; undefined when form or check digit are wrong. */
export const readImpb = (text: string): string | undefined => {
  const number = text.replace(/\s/g, '');
  return PIC.test(number) && checkCharacter(GS1_CHECK, number.slice(0, -1)) === number.at(-1) ? number : undefined;
};

/** A package identification code as labels print it, in groups of four digits. Throws a RangeError when it is none. */
export const displayImpb = (text: string): string => {
  const number = readImpb(text);
  if (number === undefined) throw new RangeError(`${text} is no package identification code`);
  return number.replace(/(\d{4})(?=\d)/g, '$1 ');
};
