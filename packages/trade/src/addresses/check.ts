import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import {
  type Address,
  type AddressFault,
  type AddressFindings,
  type AddressProposal,
  allTexts,
  textsOf,
} from './address.ts';
import type { AddressFormat, AddressLimits } from './address-format.ts';
import type { PostalCodeRule } from './postal-code.ts';
import type { Subdivisions } from './subdivisions.ts';

/** What an address is judged by. */
export interface CountryRules {
  readonly format: AddressFormat;
  readonly limits: AddressLimits;
  readonly postalCode: PostalCodeRule | undefined;
  readonly subdivisions: Subdivisions | undefined;
}

/** Collects findings; `propose` keeps one proposal for each field, the first. */
class Findings implements AddressFindings {
  readonly faults: AddressFault[] = [];
  readonly proposals: AddressProposal[] = [];

  fault(field: string, code: string, what: string): void {
    this.faults.push({ field, code, what });
  }

  propose(field: string, given: string, proposed: string, why: string): void {
    if (given !== proposed && this.proposals.every((known) => known.field !== field)) {
      this.proposals.push({ field, given, proposed, why });
    }
  }

  /** The value of a field if its proposal were taken. */
  taken(field: string, given: string): string {
    return this.proposals.find((known) => known.field === field)?.proposed ?? given;
  }
}

/** City and code in each other's place, or both in the city's. */
const checkSwapped = (address: Address, { postalCode }: CountryRules, found: Findings): void => {
  const { city = '', postcode = '' } = address;
  if (!postalCode || postalCode.fits(postcode) || postalCode.propose(postcode)) return;
  const isCode = postalCode.fits(city.normalize('NFKC').trim().toUpperCase());
  if (isCode && /\p{L}/u.test(postcode)) {
    found.propose('city', city, postcode, 'city and postal code stand in each other’s place');
    found.propose('postcode', postcode, city, 'city and postal code stand in each other’s place');
    return;
  }
  if (postcode !== '') return;
  const parts = /^(?<first>\S+)\s+(?<rest>.*\S)\s*$/u.exec(city)?.groups;
  if (parts?.first && parts.rest && /\d/.test(parts.first) && postalCode.fits(parts.first)) {
    found.propose('city', city, parts.rest, 'the postal code stands before the city');
    found.propose('postcode', '', parts.first, 'the postal code stands before the city');
  }
};

const checkPostcode = (address: Address, { postalCode, format }: CountryRules, found: Findings): void => {
  const given = address.postcode ?? '';
  if (given.trim() === '') return;
  if (!postalCode) {
    found.fault('postcode', 'no-postcodes', `${format.name} has no postal codes`);
    found.propose('postcode', given, '', `${format.name} has no postal codes`);
    return;
  }
  if (!postalCode.fits(given)) found.fault('postcode', 'bad-postcode', postalCode.fault(given));
  const proposal = postalCode.propose(given);
  if (proposal) found.propose('postcode', given, proposal.proposed, proposal.why);
};

const checkSubdivision = (
  address: Address,
  { subdivisions, postalCode, format }: CountryRules,
  found: Findings,
): void => {
  if (!subdivisions) return;
  const given = address.subdivision ?? '';
  const taken = found.taken('postcode', address.postcode ?? '');
  // A code of another form tells no place.
  const postcode = postalCode?.fits(taken) ? taken : '';
  if (given.trim() === '') {
    const only = postcode === '' ? undefined : subdivisions.ofPostcode(postcode);
    const needed = format.required.includes('subdivision');
    if (only && needed) found.propose('subdivision', '', only.code, `postal code ${postcode} lies there`);
    return;
  }
  const match = subdivisions.find(given);
  const kind = format.subdivisions?.kind ?? 'subdivision';
  if (!match) {
    if (subdivisions.complete) found.fault('subdivision', 'unknown-subdivision', `is no ${kind} of ${format.name}`);
    return;
  }
  const { subdivision, by } = match;
  if (by === 'likeness')
    found.fault('subdivision', 'unknown-subdivision', `is no ${kind} of ${format.name}, but nearly one`);
  // A name in Latin letters is as good as the local one.
  if (by !== 'code' && given !== subdivision.latin) {
    found.propose(
      'subdivision',
      given,
      subdivision.code,
      by === 'name' ? `how ${kind}s are written` : 'the nearest name',
    );
  }
  if (postcode === '' || subdivisions.holds(subdivision, postcode) !== false) return;
  const other = subdivisions.ofPostcode(postcode);
  found.fault(
    'subdivision',
    'postcode-elsewhere',
    `postal code ${postcode} does not lie in ${subdivision.name ?? subdivision.code}`,
  );
  if (other) found.propose('subdivision', given, other.code, `postal code ${postcode} lies there`);
};

/** A line cut at spaces so that each part fits, if that can be. */
const cutLine = (line: string, most: number): string | undefined => {
  const parts = [''];
  for (const word of line.split(/\s+/)) {
    const last = parts.at(-1) ?? '';
    const longer = last === '' ? word : `${last} ${word}`;
    if ([...longer].length <= most) parts[parts.length - 1] = longer;
    else parts.push(word);
  }
  return parts.every((part) => part !== '' && [...part].length <= most) ? parts.join('\n') : undefined;
};

const checkLines = ({ lines }: Address, { limits }: CountryRules, found: Findings): void => {
  const most = limits.lettersPerLine;
  for (const [index, line] of lines.entries()) {
    const length = [...line].length;
    if (length <= most) continue;
    const field = `lines[${index}]`;
    found.fault(field, 'line-too-long', `has ${length} letters, ${length - most} more than a line of a label holds`);
    const cut = cutLine(found.taken(field, line), most);
    if (cut !== undefined) found.propose(field, line, cut, `lines of at most ${most} letters`);
  }
};

/** Full-width letters and digits, spaces too many, signs that cannot be printed. */
const checkSigns = (address: Address, found: Findings): void => {
  for (const [field, given] of allTexts(address)) {
    if (field === 'postcode' || field === 'phone') continue;
    const half = given.replace(/[\uFF01-\uFF5E\u3000]/g, (sign) => sign.normalize('NFKC'));
    const clean = half
      .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    found.propose(
      field,
      given,
      clean,
      half === given ? 'single spaces and signs that print' : 'half-width letters and digits',
    );
  }
};

const checkPhone = (address: Address, { format }: CountryRules, found: Findings): void => {
  const given = address.phone ?? '';
  if (given.trim() === '') return;
  const phone = parsePhoneNumberFromString(given.normalize('NFKC'), {
    defaultCountry: format.country as 'US',
    extract: false,
  });
  if (!phone?.isPossible()) {
    found.fault('phone', 'bad-phone', `is no telephone number of ${format.name}`);
    return;
  }
  if (!phone.isValid())
    found.fault('phone', 'bad-phone', 'has the length of a telephone number, but no such numbers are given out');
  else found.propose('phone', given, phone.number, 'E.164, the form in which carriers take numbers');
};

/**
 * What is wrong with an address under its country's rules, field by field, and what each field was probably meant to be. The
 * address itself is left as it is.
 */
export const checkFields = (address: Address, rules: CountryRules): AddressFindings => {
  const found = new Findings();
  checkSwapped(address, rules, found);
  checkPostcode(address, rules, found);
  checkSubdivision(address, rules, found);
  checkSigns(address, found);
  checkLines(address, rules, found);
  checkPhone(address, rules, found);
  for (const field of rules.format.required) {
    if (textsOf(address, field).length === 0)
      found.fault(field, 'missing', `is missing; ${rules.format.name} needs it`);
  }
  return { faults: found.faults, proposals: found.proposals };
};
