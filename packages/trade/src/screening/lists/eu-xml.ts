import { EntryDraft, kindOf, type ListEntry, type ListParser, type ListPart } from '../list.ts';
import { ElementReader, within, type XmlElement } from './xml.ts';

const wholeName = ({ attributes }: XmlElement): string => {
  const { wholeName: whole, firstName, middleName, lastName } = attributes;
  return whole?.trim() ? whole : [firstName, middleName, lastName].filter(Boolean).join(' ');
};

const entryOf = (element: XmlElement): ListEntry => {
  const entry = new EntryDraft(element.attributes.logicalId ?? element.attributes.euReferenceNumber ?? '');
  for (const { attributes } of within(element, 'subjectType')) entry.kind = kindOf(attributes.code ?? '');
  for (const alias of within(element, 'nameAlias')) entry.name(wholeName(alias), alias.attributes.strong === 'false');
  for (const { attributes } of within(element, 'regulation')) entry.programs.add(attributes.programme ?? '');
  for (const { attributes } of within(element, 'birthdate'))
    entry.birthDates.add(attributes.birthdate || attributes.year || '');
  for (const { attributes } of [...within(element, 'citizenship'), ...within(element, 'address')]) {
    entry.countries.add(attributes.countryIso2Code ?? '');
  }
  return entry.finish(element.line);
};

/** The European Union's consolidated financial sanctions list as XML 1.1: a `sanctionEntity` for each party. */
export class EuXml implements ListParser {
  readonly #entries: ListEntry[] = [];
  #issued: string | undefined;
  readonly #reader = new ElementReader(
    ['sanctionEntity'],
    (element) => this.#entries.push(entryOf(element)),
    ({ generationDate }) => {
      this.#issued = generationDate?.slice(0, 10);
    },
  );

  feed(text: string): void {
    this.#reader.feed(text);
  }

  finish(): ListPart {
    this.#reader.finish();
    return { list: 'eu', format: 'EU XML 1.1', ...(this.#issued && { issued: this.#issued }), entries: this.#entries };
  }
}
