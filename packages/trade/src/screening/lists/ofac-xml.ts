import { EntryDraft, kindOf, type ListEntry, type ListParser, type ListPart } from '../list.ts';
import { ElementReader, textOf, within, type XmlElement } from './xml.ts';

/** A name in two parts, in reading order. */
const wholeName = (element: XmlElement): string => `${textOf(element, 'firstName')} ${textOf(element, 'lastName')}`;

/** `08/28/2026` as `2026-08-28`. */
const isoDay = (text: string): string | undefined => {
  const match = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
  return match ? `${match[3]}-${match[1]}-${match[2]}` : undefined;
};

const entryOf = (element: XmlElement): ListEntry => {
  const entry = new EntryDraft(textOf(element, 'uid'));
  entry.kind = kindOf(textOf(element, 'sdnType'));
  entry.name(wholeName(element));
  for (const alias of within(element, 'akaList', 'aka'))
    entry.name(wholeName(alias), textOf(alias, 'category') === 'weak');
  for (const program of within(element, 'programList', 'program')) entry.programs.add(program.text);
  for (const birth of within(element, 'dateOfBirthList', 'dateOfBirthItem'))
    entry.birthDates.add(textOf(birth, 'dateOfBirth'));
  const places = [
    ...within(element, 'addressList', 'address'),
    ...within(element, 'nationalityList', 'nationality'),
    ...within(element, 'citizenshipList', 'citizenship'),
  ];
  for (const place of places) entry.countries.add(textOf(place, 'country'));
  for (const flag of within(element, 'vesselInfo', 'vesselFlag')) entry.countries.add(flag.text);
  return entry.finish(element.line);
};

/** OFAC's standard XML (`SDN.XML`, `CONSOLIDATED.XML`): an `sdnEntry` for each party; `publshInformation` is spelled so by OFAC. */
export class OfacXml implements ListParser {
  readonly #entries: ListEntry[] = [];
  #issued: string | undefined;
  readonly #reader = new ElementReader(['sdnEntry', 'publshInformation'], (element) => {
    if (element.name === 'sdnEntry') this.#entries.push(entryOf(element));
    else this.#issued = isoDay(textOf(element, 'Publish_Date'));
  });

  feed(text: string): void {
    this.#reader.feed(text);
  }

  finish(): ListPart {
    this.#reader.finish();
    const issued = this.#issued;
    return { list: 'ofac', format: 'OFAC XML', ...(issued && { issued }), entries: this.#entries };
  }
}
