import { CrossparcelError, type Fault } from '@crossparcel/units';

/** What a list entry is; a kind that is not known is kept as the list writes it. */
export type EntryKind = 'person' | 'entity' | 'vessel' | 'aircraft' | (string & {});

/** A name of an entry. Weak aliases are those which the list itself calls weak or of low quality. */
export interface ListedName {
  readonly name: string;
  readonly weak: boolean;
}

/** One party on a list. */
export interface ListEntry {
  /** The list's own number of the entry: OFAC's ent_num or uid, the EU's logical id. */
  readonly id: string;
  readonly kind: EntryKind;
  /** The main name first. */
  readonly names: readonly ListedName[];
  /** Countries of addresses and nationalities, as the list writes them. */
  readonly countries: readonly string[];
  /** Birth dates as the list writes them, `1948` or `10 Dec 1948`. */
  readonly birthDates: readonly string[];
  readonly programs: readonly string[];
}

/** A denied-party list, whole. */
export interface ScreeningList {
  /** `ofac` or `eu`. */
  readonly id: string;
  /** The day of issue where the file tells it, and the start of the SHA-256 of its bytes. */
  readonly version: string;
  readonly entries: readonly ListEntry[];
}

/** What one file of a list holds: entries of its own, or more of entries that another file names. */
export interface ListPart {
  readonly list: string;
  readonly format: string;
  /** Day of issue, where the file tells it. */
  readonly issued?: string;
  readonly entries: readonly ListEntry[];
  /** Names and countries of entries of another file of the same list, with their lines. */
  readonly more?: readonly MoreOfEntry[];
}

/** A row that belongs to an entry of another file. */
export interface MoreOfEntry {
  readonly entry: string;
  readonly line: number;
  readonly names: readonly ListedName[];
  readonly countries: readonly string[];
}

/** A list file that cannot be what it claims; `line` counts from 1. */
export class ListFault extends CrossparcelError {
  readonly line: number;

  constructor(line: number, fault: Omit<Fault, 'code'>) {
    super({ code: 'bad-list', ...fault });
    this.name = 'ListFault';
    this.line = line;
  }
}

/** An entry while its file is being read. */
export class EntryDraft {
  readonly id: string;
  kind: EntryKind = 'entity';
  readonly names: ListedName[] = [];
  readonly countries = new Set<string>();
  readonly birthDates = new Set<string>();
  readonly programs = new Set<string>();

  constructor(id: string) {
    this.id = id;
  }

  /** Adds a name unless it is empty or known. */
  name(text: string, weak = false): void {
    const name = text.replace(/\s+/g, ' ').trim();
    if (name !== '' && this.names.every((known) => known.name !== name)) this.names.push({ name, weak });
  }

  /** The entry. Throws `ListFault` when it has no name. */
  finish(line: number): ListEntry {
    if (this.names.length === 0) {
      throw new ListFault(line, { what: `entry ${this.id} has no name`, mend: 'fetch the list again' });
    }
    const { id, kind, names } = this;
    const filled = (texts: Iterable<string>) => [...texts].map((text) => text.trim()).filter((text) => text !== '');
    return {
      id,
      kind,
      names,
      countries: filled(this.countries),
      birthDates: filled(this.birthDates),
      programs: filled(this.programs),
    };
  }
}

/** Reads a list from pieces of text. */
export interface ListParser {
  feed(text: string): void;
  /** Throws `ListFault` when the text ended too early. */
  finish(): ListPart;
}

const KINDS: Readonly<Record<string, EntryKind>> = {
  individual: 'person',
  person: 'person',
  p: 'person',
  entity: 'entity',
  enterprise: 'entity',
  e: 'entity',
  vessel: 'vessel',
  aircraft: 'aircraft',
};

/** The kind behind a list's own word for it. */
export const kindOf = (word: string): EntryKind => KINDS[word.trim().toLowerCase()] ?? (word.trim() || 'entity');
