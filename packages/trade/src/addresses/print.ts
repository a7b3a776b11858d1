import type { Address } from './address.ts';
import { textsOf } from './address.ts';
import type { AddressField, AddressFormat } from './address-format.ts';
import { latinOf } from './latin.ts';
import type { Subdivisions } from './subdivisions.ts';

const PLACED: Readonly<Record<string, AddressField>> = {
  N: 'name',
  O: 'organisation',
  A: 'lines',
  D: 'district',
  C: 'city',
  S: 'subdivision',
  Z: 'postcode',
  X: 'sortingCode',
};

const LATIN_ONLY = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u;
const HAN = /\p{Script=Han}/u;

/** Whether a text has Latin letters only. */
const isLatin = (text: string): boolean => LATIN_ONLY.test(text);

/** A printed address, and what a reader of it should know. */
export interface PrintedAddress {
  readonly lines: readonly string[];
  /** Fields whose Latin letters are a guess, and why. */
  readonly doubts: readonly { readonly field: string; readonly what: string }[];
}

/** Commas, hyphens and spaces need something before them; words such as SINGAPORE before a code do not. */
const isSeparator = (text: string): boolean => /^[\s,-]*$/.test(text);

/** Fills one line of a format; what stands between fields goes when the one after it is empty. Undefined when all of them are. */
const filled = (template: string, fields: ReadonlyMap<AddressField, string>): string | undefined => {
  const pieces = template.split(/%([NOADCSZX])/);
  let line: string | undefined;
  for (let at = 1; at < pieces.length; at += 2) {
    const text = fields.get(PLACED[pieces[at] as string] as AddressField) ?? '';
    const before = pieces[at - 1] ?? '';
    if (text !== '') line = (line ?? '') + (line === undefined && isSeparator(before) ? '' : before) + text;
  }
  return line;
};

const laidOut = (format: string, fields: ReadonlyMap<AddressField, string>): string[] =>
  format.split('%n').flatMap((template) => {
    const line = filled(template, fields);
    return line === undefined ? [] : line.split('\n');
  });

/** The fields of an address in the form in which they are printed. A district without a place of its own follows the street. */
const printed = (
  address: Address,
  format: AddressFormat,
  template: string,
  text: (field: AddressField, given: string) => string,
): ReadonlyMap<AddressField, string> => {
  const fields = new Map<AddressField, string>();
  for (const field of Object.values(PLACED)) {
    const given = textsOf(address, field).map((one) => text(field, one));
    const capital = format.uppercase.includes(field);
    if (given.length > 0) fields.set(field, (capital ? given.map((one) => one.toUpperCase()) : given).join('\n'));
  }
  const district = fields.get('district');
  if (district !== undefined && !template.includes('%D')) {
    fields.set('lines', [fields.get('lines'), district].filter(Boolean).join('\n'));
  }
  return fields;
};

/**
 * An address as lines in the order of its country, without the country itself. An address all in Latin letters takes the
 * country's order for such addresses.
 */
export const printAddress = (address: Address, format: AddressFormat): string[] => {
  const texts = [...address.lines, address.city ?? '', address.district ?? ''];
  const template = texts.every(isLatin) ? (format.latinFormat ?? format.format) : format.format;
  return laidOut(
    template,
    printed(address, format, template, (_, given) => given),
  );
};

/**
 * An address as lines of plain Latin letters without accents, for carriers that print nothing else; it stands beside the
 * original. States and provinces take
 * their own Latin names. Chinese characters of a Japanese address keep their place, as their reading is not Mandarin.
 */
export const printLatin = (
  address: Address,
  format: AddressFormat,
  subdivisions: Subdivisions | undefined,
): PrintedAddress => {
  const doubts = new Map<string, string>();
  const latin = (field: AddressField, given: string): string => {
    if (field === 'subdivision') {
      const found = subdivisions?.find(given)?.subdivision;
      if (found && !isLatin(given)) return found.latin ?? found.name ?? given;
    }
    if (HAN.test(given) && format.languages.includes('ja')) {
      doubts.set(
        field,
        'has characters whose Japanese reading is not told by their writing; ask for it in kana or Latin letters',
      );
      return given.normalize('NFKC');
    }
    const { text, reading } = latinOf(given, field === 'name');
    const doubt = DOUBTS[reading];
    if (doubt !== undefined) doubts.set(field, doubt);
    return text;
  };
  const template = format.latinFormat ?? format.format.replace('〒', '');
  const lines = laidOut(template, printed(address, format, template, latin));
  return { lines, doubts: Array.from(doubts, ([field, what]) => ({ field, what })) };
};

const DOUBTS: Readonly<Record<string, string | undefined>> = {
  consonants: 'is in a script without most vowels',
  approximate: 'is in a script that is only approximated letter by letter',
  pinyin: undefined,
  letters: undefined,
};
