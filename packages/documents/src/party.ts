import type { CountryCode } from '@crossparcel/units';
import type { Words } from './page.ts';

/** A sender or a recipient as it stands on papers. */
export interface Party {
  readonly name: string;
  /** Address lines in the order of the country, with postal code and town, without the country. */
  readonly lines: readonly string[];
  readonly country: CountryCode;
  /** The country as words in the language of the post; the code is printed when it is missing. */
  readonly countryName?: string;
}

/** How many address lines are taken. */
export const MAX_ADDRESS_LINES = 5;

/** The country in capitals, as the Universal Postal Union asks for the last line of an address. */
const countryLine = ({ country, countryName }: Party): string => (countryName ?? country).toUpperCase();

/** A party as paragraphs: name, address, country. `field` is its path in the input; `scale` enlarges name and country. */
export const partyWords = (party: Party, field: string, scale = 1): Words[] => [
  { text: party.name, field: `${field}.name`, weight: 'bold', scale },
  ...party.lines.map((text, index): Words => ({ text, field: `${field}.lines[${index}]` })),
  { text: countryLine(party), field: `${field}.countryName`, weight: 'bold', scale },
];
