import { type CurrencyCode, type Fault, fail, type Money, ok, type Result } from '@crossparcel/units';
import { drawCn22, fitsCn22 } from './cn22.ts';
import { drawCn23 } from './cn23.ts';
import { type CustomsForm, checkDeclaration, type Declaration } from './declaration.ts';
import type { Fonts } from './fonts.ts';
import { printedS10 } from './identifier.ts';
import { Paper } from './paper.ts';

/** Up to where a CN 22 is enough, both limits included: a record of reference data. */
export interface Cn22Limits {
  readonly valueMinor: number;
  readonly currency: CurrencyCode;
  readonly grossGrams: number;
}

/** What the choice of the form depends on. The value is in the currency of the limits. */
export interface DeclaredParcel {
  readonly totalValue: Money;
  readonly grossGrams: number;
}

/** A customs form as PDF, and which of the two it is. */
export interface PrintedCustomsForm {
  readonly form: CustomsForm;
  readonly pdf: Uint8Array;
}

/**
 * The customs form of a parcel: CN 22 up to the limits of value and gross weight, else CN 23. The limit of the Universal
 * Postal Union is in SDR; the caller converts, and a RangeError is thrown when the currencies differ.
 */
export const chooseForm = ({ totalValue, grossGrams }: DeclaredParcel, limits: Cn22Limits): CustomsForm => {
  if (totalValue.currency !== limits.currency) {
    throw new RangeError(`the value is in ${totalValue.currency}, the limit in ${limits.currency}`);
  }
  return totalValue.minor <= limits.valueMinor && grossGrams <= limits.grossGrams ? 'CN 22' : 'CN 23';
};

/**
 * A customs declaration as PDF: CN 22 on 4 by 6 inches or CN 23 on A5 across with the S10 barcode. A CN 22 whose lines do
 * not fit its page is printed as CN 23, which is always allowed; `form` tells. Totals are sums over the lines, to the
 * minor unit and the gram. Fails with `bad-value`, `mixed-currencies`, `net-above-gross`, `cannot-print`, `does-not-fit`.
 */
export const customsFormPdf = async (
  declaration: Declaration,
  fonts: Fonts,
): Promise<Result<PrintedCustomsForm, Fault>> => {
  const fault = checkDeclaration(declaration);
  if (fault) return fail(fault);
  const number = printedS10(declaration.number, 'number');
  if (!number.ok) return number;
  const paper = await Paper.open({ title: `Customs declaration ${number.value.text}`, at: declaration.at }, fonts);
  const form = declaration.form === 'CN 22' && fitsCn22(paper, declaration) ? 'CN 22' : 'CN 23';
  if (form === 'CN 22') drawCn22(paper, declaration);
  else drawCn23(paper, declaration, number.value);
  const saved = await paper.save();
  return saved.ok ? ok({ form, pdf: saved.value }) : saved;
};
