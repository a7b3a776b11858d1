import { type CountryCode, isCountryCode } from '@crossparcel/units';
import { checkCharacter, S10_CHECK } from './check-digit.ts';

/** The parts from which an S10 identifier is made. */
export interface S10Parts {
  /** Service indicator: two capital letters, for example `LX`. */
  readonly service: string;
  /** Serial number, 0 to 99999999. */
  readonly serial: number;
  /** Country of the issuing post. */
  readonly country: CountryCode;
}

const FORM = /^([A-Z]{2})(\d{8})(\d)([A-Z]{2})$/;
const MAX_SERIAL = 99_999_999;

// UPU S10-12: AA-AU, FA-FZ, GB-GC, GE-GZ and IA-IZ are not assigned, JA-JZ and KA-KZ are reserved.
const NEVER_VALID = /^(A[A-U]|F[A-Z]|G[BCE-Z]|[IJK][A-Z])$/;

const isService = (text: string): boolean => /^[A-Z]{2}$/.test(text) && !NEVER_VALID.test(text);

const normalise = (text: string): string => text.toUpperCase().replace(/[\s-]/g, '');

/**
 * A 13-character S10 identifier of the Universal Postal Union, with its check digit. Throws a RangeError for a service
 * indicator that S10 does not assign, a serial that is not a whole number of eight digits, and a malformed country.
 */
export const s10 = ({ service, serial, country }: S10Parts): string => {
  if (!isService(service)) throw new RangeError(`S10 has no service indicator ${service}`);
  if (!Number.isInteger(serial) || serial < 0 || serial > MAX_SERIAL) throw new RangeError(`S10 serial ${serial}`);
  if (!isCountryCode(country)) throw new RangeError(`country ${country} is not two capital letters`);
  const digits = String(serial).padStart(8, '0');
  return `${service}${digits}${checkCharacter(S10_CHECK, digits)}${country}`;
};

/** Reads an S10 identifier written in any case, with spaces or hyphens; undefined when `isS10` would be false. */
export const readS10 = (text: string): string | undefined => {
  const number = normalise(text);
  const [, service = '', digits = '', check] = FORM.exec(number) ?? [];
  return isService(service) && checkCharacter(S10_CHECK, digits) === check ? number : undefined;
};

/**
 * Whether a text is an S10 identifier: form, check digit and a service indicator that can occur. Case, spaces and
 * hyphens do not matter. Whether the country has a post is not known here.
 */
export const isS10 = (text: string): boolean => readS10(text) !== undefined;

/**
 * An S10 identifier as posts print it under the barcode: `LX 017 032 965 CN`. Throws a RangeError when it is none.
 */
export const displayS10 = (text: string): string => {
  const number = readS10(text);
  if (number === undefined) throw new RangeError(`${text} is not an S10 identifier`);
  return [number.slice(0, 2), number.slice(2, 5), number.slice(5, 8), number.slice(8, 11), number.slice(11)].join(' ');
};
