import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import { type Barcode, code128, gs1Sscc } from './barcode.ts';
import { badValue } from './faults.ts';
import { displayS10, readS10 } from './numbers/s10.ts';
import { readSscc } from './numbers/sscc.ts';

/** The number of a parcel and the standard that it follows. */
export interface ParcelNumber {
  readonly scheme: 's10' | 'sscc';
  readonly number: string;
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

/** The bars and the text of a parcel's number; an SSCC stands behind its application identifier 00. */
export const printedNumber = ({ scheme, number }: ParcelNumber, field: string): Result<PrintedNumber, Fault> =>
  scheme === 's10' ? printedS10(number, field) : printedSscc(number, field);
