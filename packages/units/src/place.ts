/** A two-letter country code in the form of ISO 3166-1 alpha-2. Codes outside the standard (`ZZ`) are kept and shown. */
export type CountryCode = string;

/** Where an order goes, as far as a shop tells before the label is printed. */
export interface Destination {
  readonly country: CountryCode;
  /** State or province: the part of ISO 3166-2 after the country, for example `MG`. */
  readonly subdivision?: string;
  /** The leading characters of the postal code that are known; three digits of a ZIP, or fewer when masked. */
  readonly postalPrefix?: string;
}

/** Whether the text has the form of a country code: two capital letters. */
export const isCountryCode = (text: string): boolean => /^[A-Z]{2}$/.test(text);
