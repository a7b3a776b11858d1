import type { AddressField } from './address-format.ts';

/** An address as it was given. `lines` are street lines; every other field is one text. */
export interface Address {
  readonly country: string;
  readonly name?: string | undefined;
  readonly organisation?: string | undefined;
  readonly lines: readonly string[];
  readonly district?: string | undefined;
  readonly city?: string | undefined;
  readonly subdivision?: string | undefined;
  readonly postcode?: string | undefined;
  readonly sortingCode?: string | undefined;
  readonly phone?: string | undefined;
}

/** Something wrong with a field. */
export interface AddressFault {
  readonly field: string;
  /** Stable, kebab-case. */
  readonly code: string;
  readonly what: string;
}

/** What a field was probably meant to be. Nothing is ever changed without being proposed first. */
export interface AddressProposal {
  readonly field: string;
  readonly given: string;
  readonly proposed: string;
  readonly why: string;
}

/** What was found about an address. */
export interface AddressFindings {
  readonly faults: readonly AddressFault[];
  readonly proposals: readonly AddressProposal[];
}

/** The texts of a field, without empty ones. */
export const textsOf = (address: Address, field: AddressField): readonly string[] =>
  (field === 'lines' ? address.lines : [address[field] ?? '']).filter((text) => text.trim() !== '');

/** Every text of an address by the path of its field. */
export const allTexts = (address: Address): (readonly [string, string])[] => {
  const { lines, country: _, ...single } = address;
  const fields = Object.entries(single).flatMap(([field, text]): (readonly [string, string])[] =>
    typeof text === 'string' ? [[field, text]] : [],
  );
  return [...fields, ...lines.map((text, index) => [`lines[${index}]`, text] as const)];
};
