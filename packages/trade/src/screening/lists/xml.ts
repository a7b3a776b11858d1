import { SaxesParser } from 'saxes';
import { ListFault } from '../list.ts';

/** An element that has been read whole, with the elements in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
  readonly line: number;
}

/** Text of a child, without spaces around it; empty when there is none. */
export const textOf = (element: XmlElement, child: string): string =>
  element.children.find(({ name }) => name === child)?.text.trim() ?? '';

/** The elements at the end of a path of names. */
export const within = (element: XmlElement, ...path: readonly string[]): XmlElement[] =>
  path.reduce<XmlElement[]>(
    (found, step) => found.flatMap(({ children }) => children.filter(({ name }) => name === step)),
    [element],
  );

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads XML piece by piece and hands over every element of some names once it is whole, so that a list of any size needs the
 * memory of one entry. Names are taken without their prefix.
 */
export class ElementReader {
  readonly #parser = new SaxesParser();
  readonly #open: XmlElement[] = [];
  readonly #wanted: ReadonlySet<string>;
  #rootSeen = false;

  /** `onRoot` sees the attributes of the outermost element. */
  constructor(
    wanted: readonly string[],
    take: (element: XmlElement) => void,
    onRoot: (attributes: Readonly<Record<string, string>>) => void = () => undefined,
  ) {
    this.#wanted = new Set(wanted);
    this.#parser.on('error', ({ message }) => {
      throw new ListFault(this.#parser.line, { what: `is not sound XML (${message})`, mend: 'fetch the file again' });
    });
    this.#parser.on('opentag', ({ name, attributes }) => this.#opened(local(name), attributes, onRoot));
    this.#parser.on('text', (text) => {
      const inner = this.#open.at(-1);
      if (inner) inner.text += text;
    });
    this.#parser.on('closetag', () => this.#closed(take));
  }

  feed(text: string): void {
    this.#parser.write(text);
  }

  /** Throws `ListFault` when the text ended inside an element. */
  finish(): void {
    this.#parser.close();
  }

  #opened(
    name: string,
    attributes: Readonly<Record<string, string>>,
    onRoot: (attributes: Readonly<Record<string, string>>) => void,
  ): void {
    if (!this.#rootSeen) {
      this.#rootSeen = true;
      onRoot(attributes);
      return;
    }
    const parent = this.#open.at(-1);
    if (!parent && !this.#wanted.has(name)) return;
    const element = { name, attributes, children: [], text: '', line: this.#parser.line };
    parent?.children.push(element);
    this.#open.push(element);
  }

  #closed(take: (element: XmlElement) => void): void {
    // An element outside of what is wanted was never opened, so that nothing is there to close.
    const element = this.#open.pop();
    if (element && this.#open.length === 0) take(element);
  }
}
