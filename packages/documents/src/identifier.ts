import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import { code128, gs1Barcode, gs1Sscc } from './barcode.ts';
import { badValue } from './faults.ts';
import { displayImpb, readImpb } from './numbers/impb.ts';
import { displayS10, readS10 } from './numbers/s10.ts';
import { readSscc } from './numbers/sscc.ts';
import type { Barcode } from './symbol.ts';

/** The number of a parcel and the standard that it follows. */
export interface ParcelNumber {
  /** `carrier` is any other number that a carrier gave: letters and digits, as Code 128. */
  readonly scheme: 's10' | 'sscc' | 'impb' | 'carrier';
  readonly number: string;
  /** ZIP code of five or nine digits, which goes before the number of an Intelligent Mail package barcode. */
  readonly zip?: string;
}

/** A parcel's number as bars and as text. */
export interface PrintedNumber {
  readonly barcode: Barcode;
  readonly text: string;
}

/** An S10 identifier as Code 128 with its text in groups. Fails when it is none. */
export const printedS10 = (text: string, field: string): Result<PrintedNumber, Fault> => {
  const number = readS10(text);
  if (number === undefined) return fail(badValue(field, text, 'an S10 identifier with its check digit'));
  return ok({ barcode: code128(number), text: displayS10(number) });
};

const printedSscc = (text: string, field: string): Result<PrintedNumber, Fault> => {
  const number = readSscc(text);
  if (number === undefined) return fail(badValue(field, text, 'an SSCC of 18 digits with its check digit'));
  return ok({ barcode: gs1Sscc(number), text: `(00) ${number}` });
};

/** A ZIP code of nine digits goes with a code of 22 only (USPS Parcel Labeling Guide, appendix). */
const LONG_ZIP_CODE = 22;

const printedImpb = ({ number: text, zip }: ParcelNumber, field: string): Result<PrintedNumber, Fault> => {
  const number = readImpb(text);
  const right = 'a package identification code of 22, 26 or 30 digits with its check digit';
  if (number === undefined) return fail(badValue(`${field}.number`, text, right));
  const pattern = number.length === LONG_ZIP_CODE ? /^\d{5}(\d{4})?$/ : /^\d{5}$/;
  if (zip === undefined || !pattern.test(zip)) {
    const digits = number.length === LONG_ZIP_CODE ? 'five or nine digits' : 'five digits';
    return fail(badValue(`${field}.zip`, zip, `the ZIP code of the recipient, ${digits}`));
  }
  const elements = [
    { ai: '420', value: zip },
    { ai: number.slice(0, 2), value: number.slice(2) },
  ];
  const barcode = gs1Barcode(elements, `${field}.number`);
  return barcode.ok ? ok({ barcode: barcode.value, text: displayImpb(number) }) : barcode;
};

const printedCarrier = (text: string, field: string): Result<PrintedNumber, Fault> =>
  /^[A-Z0-9]{4,34}$/.test(text)
    ? ok({ barcode: code128(text), text })
    : fail(badValue(field, text, '4 to 34 capital letters and digits'));

/** The bars and the text of a parcel's number; an SSCC stands behind its application identifier 00. `field` names the identifier. */
export const printedNumber = (identifier: ParcelNumber, field: string): Result<PrintedNumber, Fault> => {
  switch (identifier.scheme) {
    case 's10':
      return printedS10(identifier.number, `${field}.number`);
    case 'sscc':
      return printedSscc(identifier.number, `${field}.number`);
    case 'impb':
      return printedImpb(identifier, field);
    case 'carrier':
      return printedCarrier(identifier.number, `${field}.number`);
  }
};
