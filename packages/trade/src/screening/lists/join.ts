import { type ListEntry, ListFault, type ListPart, type MoreOfEntry, type ScreeningList } from '../list.ts';

interface Joining {
  readonly entries: Map<string, ListEntry>;
  readonly versions: string[];
}

const withMore = (entry: ListEntry, { names, countries }: MoreOfEntry): ListEntry => ({
  ...entry,
  names: [
    ...entry.names,
    ...names.filter(({ name }) => name !== '' && entry.names.every((known) => known.name !== name)),
  ],
  countries: [...new Set([...entry.countries, ...countries])],
});

/** Puts the files of lists together: entries first, then what belongs to them. */
export class ListJoiner {
  readonly #lists = new Map<string, Joining>();

  /** Takes a file's entries; `digest` is the SHA-256 of its bytes in hexadecimal. Throws `ListFault` when an entry is there twice. */
  addEntries(part: ListPart, digest: string): void {
    const list: Joining = this.#lists.get(part.list) ?? { entries: new Map(), versions: [] };
    this.#lists.set(part.list, list);
    list.versions.push(`${part.issued ? `${part.issued} ` : ''}sha256:${digest.slice(0, 16)}`);
    for (const entry of part.entries) {
      if (list.entries.has(entry.id)) {
        const what = `entry ${entry.id} of list ${part.list} stands here and in a file before`;
        throw new ListFault(1, { what, mend: 'give each list once, in one format' });
      }
      list.entries.set(entry.id, entry);
    }
  }

  /** Takes what a file says of entries of another. Throws `ListFault` for an entry that none has. */
  addMore(part: ListPart): void {
    const entries = this.#lists.get(part.list)?.entries;
    for (const more of part.more ?? []) {
      const entry = entries?.get(more.entry);
      if (!entry) {
        const what = `belongs to entry ${more.entry}, which no file has`;
        throw new ListFault(more.line, { what, mend: 'give SDN.CSV of the same day too' });
      }
      entries?.set(more.entry, withMore(entry, more));
    }
  }

  /** The lists, whole. */
  finish(): ScreeningList[] {
    return Array.from(this.#lists, ([id, { entries, versions }]) => ({
      id,
      version: versions.join(' + '),
      entries: [...entries.values()],
    }));
  }
}
