import type { Address, AddressFindings } from './address.ts';
import type { AddressFormat, AddressLimits } from './address-format.ts';
import { type CountryRules, checkFields } from './check.ts';
import { latinOf } from './latin.ts';
import { PostalCodeRule } from './postal-code.ts';
import { type PrintedAddress, printAddress, printLatin } from './print.ts';
import { Subdivisions } from './subdivisions.ts';

const folded = (text: string): string =>
  latinOf(text.normalize('NFKC'))
    .text.toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** What is known of an address: faults, proposals, and how it is printed. */
export interface AddressReport extends AddressFindings {
  /** As its country writes it, and in plain Latin letters; undefined where the country is not on file. */
  readonly printed?: { readonly local: readonly string[]; readonly latin: PrintedAddress };
}

/** Addresses of the countries on file. */
export class AddressBook {
  readonly #rules = new Map<string, CountryRules>();
  readonly #countries = new Map<string, string>();

  constructor(formats: readonly AddressFormat[], limits: AddressLimits) {
    for (const format of formats) {
      const { country, name, names, postalCode, subdivisions } = format;
      this.#rules.set(country, {
        format,
        limits,
        postalCode: postalCode && new PostalCodeRule(postalCode),
        subdivisions: subdivisions && new Subdivisions(subdivisions),
      });
      for (const text of [country, name, ...names]) this.#countries.set(folded(text), country);
    }
  }

  /** Judges an address and lays it out. A country given by a name is found, and its code proposed. */
  report(address: Address): AddressReport {
    const exact = this.#rules.get(address.country);
    if (exact) return this.#under(address, exact, { faults: [], proposals: [] });
    const code = this.#countries.get(folded(address.country));
    const rules = code === undefined ? undefined : this.#rules.get(code);
    const known = [...this.#rules.keys()].join(', ');
    if (!rules || code === undefined) {
      const what = `no addresses of this country are on file; known are ${known}`;
      return { faults: [{ field: 'country', code: 'unknown-country', what }], proposals: [] };
    }
    return this.#under(address, rules, {
      faults: [{ field: 'country', code: 'bad-country', what: 'is not a country code of ISO 3166-1' }],
      proposals: [
        { field: 'country', given: address.country, proposed: code, why: `the code of ${rules.format.name}` },
      ],
    });
  }

  #under(address: Address, rules: CountryRules, ofCountry: AddressFindings): AddressReport {
    const found = checkFields(address, rules);
    return {
      faults: [...ofCountry.faults, ...found.faults],
      proposals: [...ofCountry.proposals, ...found.proposals],
      printed: {
        local: printAddress(address, rules.format),
        latin: printLatin(address, rules.format, rules.subdivisions),
      },
    };
  }
}
