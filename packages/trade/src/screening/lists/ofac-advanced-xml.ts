import { EntryDraft, kindOf, type ListEntry, type ListParser, type ListPart } from '../list.ts';
import { ElementReader, textOf, within, type XmlElement } from './xml.ts';

const padded = (text: string): string => text.padStart(2, '0');

/** Year, month and day of an element as a date, as far as they are told. */
const dayOf = (element: XmlElement): string =>
  [textOf(element, 'Year'), textOf(element, 'Month'), textOf(element, 'Day')]
    .filter((part) => part !== '')
    .map(padded)
    .join('-');

const SECTIONS = [
  'DateOfIssue',
  'PartySubType',
  'PartyType',
  'FeatureType',
  'Country',
  'Location',
  'DistinctParty',
  'SanctionsEntry',
];

/**
 * OFAC's advanced XML (`SDN_ADVANCED.XML`): parties, places and programmes stand in sections of their own and point at one
 * another by number. What the numbers mean is read from the file's own reference values.
 */
export class OfacAdvancedXml implements ListParser {
  readonly #drafts = new Map<string, { readonly draft: EntryDraft; readonly line: number }>();
  readonly #values = new Map<string, string>();
  readonly #typeOfSubtype = new Map<string, string>();
  readonly #countryOfLocation = new Map<string, string>();
  #issued: string | undefined;
  readonly #reader = new ElementReader(SECTIONS, (element) => this.#section(element));

  feed(text: string): void {
    this.#reader.feed(text);
  }

  finish(): ListPart {
    this.#reader.finish();
    const entries: ListEntry[] = [];
    for (const { draft, line } of this.#drafts.values()) entries.push(draft.finish(line));
    return { list: 'ofac', format: 'OFAC advanced XML', ...(this.#issued && { issued: this.#issued }), entries };
  }

  #section(element: XmlElement): void {
    const { name, attributes } = element;
    const number = attributes.ID ?? '';
    switch (name) {
      case 'DateOfIssue':
        this.#issued = dayOf(element);
        break;
      case 'Location':
        for (const { attributes: country } of within(element, 'LocationCountry')) {
          this.#countryOfLocation.set(number, this.#value('Country', country.CountryID));
        }
        break;
      case 'DistinctParty':
        this.#party(element);
        break;
      case 'SanctionsEntry':
        this.#programmes(element);
        break;
      default:
        this.#values.set(`${name} ${number}`, element.text.trim());
        if (name === 'PartySubType') this.#typeOfSubtype.set(number, attributes.PartyTypeID ?? '');
    }
  }

  #value(kind: string, number: string | undefined): string {
    return this.#values.get(`${kind} ${number}`) ?? '';
  }

  #party(element: XmlElement): void {
    for (const profile of within(element, 'Profile')) {
      const draft = new EntryDraft(element.attributes.FixedRef ?? profile.attributes.ID ?? '');
      draft.kind = this.#kind(profile.attributes.PartySubTypeID ?? '');
      const aliases = within(profile, 'Identity', 'Alias');
      const main = (alias: XmlElement) => (alias.attributes.Primary === 'true' ? 0 : 1);
      for (const alias of aliases.sort((a, b) => main(a) - main(b))) this.#names(draft, alias);
      for (const feature of within(profile, 'Feature')) this.#feature(draft, feature);
      this.#drafts.set(profile.attributes.ID ?? draft.id, { draft, line: element.line });
    }
  }

  /** Persons and entities have subtypes called "Unknown", so that their type tells what they are. */
  #kind(subtype: string): string {
    const own = this.#value('PartySubType', subtype);
    return kindOf(/^(unknown)?$/i.test(own) ? this.#value('PartyType', this.#typeOfSubtype.get(subtype)) : own);
  }

  #names(draft: EntryDraft, alias: XmlElement): void {
    for (const documented of within(alias, 'DocumentedName')) {
      const parts = within(documented, 'DocumentedNamePart', 'NamePartValue').map(({ text }) => text.trim());
      draft.name(parts.join(' '), alias.attributes.LowQuality === 'true');
    }
  }

  #feature(draft: EntryDraft, feature: XmlElement): void {
    const isBirth = /birth ?date/i.test(this.#value('FeatureType', feature.attributes.FeatureTypeID));
    if (isBirth) {
      for (const from of within(feature, 'FeatureVersion', 'DatePeriod', 'Start', 'From'))
        draft.birthDates.add(dayOf(from));
    }
    for (const { attributes } of within(feature, 'FeatureVersion', 'VersionLocation')) {
      draft.countries.add(this.#countryOfLocation.get(attributes.LocationID ?? '') ?? '');
    }
  }

  #programmes(element: XmlElement): void {
    const entry = this.#drafts.get(element.attributes.ProfileID ?? '');
    for (const comment of within(element, 'SanctionsMeasure', 'Comment')) entry?.draft.programs.add(comment.text);
  }
}
