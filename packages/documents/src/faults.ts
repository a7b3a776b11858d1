import type { Fault } from '@crossparcel/units';

/** A text holds characters that the font lacks or that cannot be set one after the other. */
export const cannotPrint = (field: string, characters: readonly string[]): Fault => ({
  code: 'cannot-print',
  what: `the font cannot print ${characters.map((character) => `"${character}" (${codePoint(character)})`).join(', ')}`,
  mend: 'write it in Latin letters, as the Universal Postal Union asks for addresses',
  field,
  data: { characters },
});

/** A text is too long for its place even in the smallest size. */
export const doesNotFit = (field: string): Fault => ({
  code: 'does-not-fit',
  what: 'the text is too long for its place on the page',
  mend: 'shorten it, or give a narrower font',
  field,
});

/** A value has the wrong form. `right` says what would be right. */
export const badValue = (field: string, value: unknown, right: string): Fault => ({
  code: 'bad-value',
  what: `${JSON.stringify(value) ?? 'nothing'} cannot stand here`,
  mend: `give ${right}`,
  field,
});

/** The lines of a declaration have different currencies, so they have no total. */
export const mixedCurrencies = (field: string, first: string): Fault => ({
  code: 'mixed-currencies',
  what: 'the lines have different currencies',
  mend: `give every value in ${first}`,
  field,
});

/** The goods weigh more than the parcel that holds them. */
export const netAboveGross = (netGrams: number, grossGrams: number): Fault => ({
  code: 'net-above-gross',
  what: `the goods weigh ${netGrams} g net, the parcel ${grossGrams} g gross`,
  mend: 'give the gross weight with goods and packing',
  field: 'grossGrams',
});

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
