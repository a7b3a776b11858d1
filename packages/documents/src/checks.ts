import { type Fault, isCountryCode } from '@crossparcel/units';
import { badValue } from './faults.ts';
import { MAX_ADDRESS_LINES, type Party } from './party.ts';

/** What is wrong with a value, or nothing. */
export type Check = Fault | undefined;

/** The first fault of several checks. */
export const firstOf = (...checks: readonly Check[]): Check => checks.find((check) => check !== undefined);

/** A whole number from `least` up. */
export const checkCount = (field: string, value: number, least: number): Check =>
  Number.isSafeInteger(value) && value >= least
    ? undefined
    : badValue(field, value, `a whole number of at least ${least}`);

/** A text that is not empty. */
export const checkText = (field: string, value: string): Check =>
  value.trim() === '' ? badValue(field, value, 'a text') : undefined;

/** A country code in the form of ISO 3166-1 alpha-2. */
export const checkCountry = (field: string, value: string): Check =>
  isCountryCode(value) ? undefined : badValue(field, value, 'a country code of two capital letters');

/** A party with a name, one to five address lines and a country. */
export const checkParty = (field: string, party: Party): Check =>
  firstOf(
    checkText(`${field}.name`, party.name),
    party.lines.length >= 1 && party.lines.length <= MAX_ADDRESS_LINES
      ? undefined
      : badValue(`${field}.lines`, party.lines, `1 to ${MAX_ADDRESS_LINES} address lines`),
    checkCountry(`${field}.country`, party.country),
  );
