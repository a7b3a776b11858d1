// OpenType 1.9: table directory, `loca`, `glyf`, `hmtx`, and the flags of composite glyphs.
const ARG_WORDS = 0x0001;
const HAS_SCALE = 0x0008;
const MORE_COMPONENTS = 0x0020;
const HAS_XY_SCALE = 0x0040;
const HAS_2X2 = 0x0080;
const HAS_INSTRUCTIONS = 0x0100;
const HHEA_METRICS_COUNT = 34;
const HEAD_LOCA_FORMAT = 50;
const HEAD_CHECKSUM_ADJUSTMENT = 8;
const MAXP_GLYPHS = 4;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const padded = (length: number): number => (length + 3) & ~3;

/** The outlines of a TrueType file, from which parts can be taken. */
export class TrueTypeOutlines {
  readonly #tables = new Map<string, Uint8Array>();
  readonly #isLong: boolean;
  readonly #metrics: number;

  /** Throws a RangeError when a table is missing, for example because the outlines are not TrueType's. */
  constructor(bytes: Uint8Array) {
    const view = viewOf(bytes);
    for (let index = 0; index < view.getUint16(4); index += 1) {
      const at = 12 + index * 16;
      const tag = String.fromCharCode(...bytes.subarray(at, at + 4));
      const offset = view.getUint32(at + 8);
      this.#tables.set(tag, bytes.subarray(offset, offset + view.getUint32(at + 12)));
    }
    this.#isLong = viewOf(this.#table('head')).getInt16(HEAD_LOCA_FORMAT) === 1;
    this.#metrics = viewOf(this.#table('hhea')).getUint16(HHEA_METRICS_COUNT);
  }

  /**
   * A TrueType file with some glyphs, numbered in the order given (the first should be glyph 0), without hinting. The
   * parts of composite glyphs are put after them.
   */
  subset(glyphs: readonly number[]): Uint8Array {
    const order = [...glyphs];
    const places = new Map(order.map((glyph, index) => [glyph, index]));
    const placeOf = (glyph: number): number => {
      const known = places.get(glyph);
      if (known !== undefined) return known;
      order.push(glyph);
      places.set(glyph, order.length - 1);
      return order.length - 1;
    };
    const outlines: Uint8Array[] = [];
    for (let index = 0; index < order.length; index += 1) {
      outlines.push(plainOutline(this.#outline(order[index] ?? 0), placeOf));
    }
    return fileOf([
      ['glyf', joined(outlines)],
      ['head', patched(this.#table('head'), HEAD_LOCA_FORMAT, 1)],
      ['hhea', patched(this.#table('hhea'), HHEA_METRICS_COUNT, order.length)],
      ['hmtx', this.#widths(order)],
      ['loca', locations(outlines)],
      ['maxp', patched(this.#table('maxp'), MAXP_GLYPHS, order.length)],
    ]);
  }

  #table(tag: string): Uint8Array {
    const table = this.#tables.get(tag);
    if (!table) throw new RangeError(`the font has no table ${tag}`);
    return table;
  }

  #outline(glyph: number): Uint8Array {
    const view = viewOf(this.#table('loca'));
    const at = (index: number) => (this.#isLong ? view.getUint32(index * 4) : view.getUint16(index * 2) * 2);
    return this.#table('glyf').subarray(at(glyph), at(glyph + 1));
  }

  #widths(order: readonly number[]): Uint8Array {
    const from = viewOf(this.#table('hmtx'));
    const bytes = new Uint8Array(order.length * 4);
    const to = viewOf(bytes);
    for (const [index, glyph] of order.entries()) {
      // Glyphs beyond the last full entry share its width and have a side bearing only.
      const isFull = glyph < this.#metrics;
      to.setUint16(index * 4, from.getUint16(Math.min(glyph, this.#metrics - 1) * 4));
      to.setInt16(
        index * 4 + 2,
        from.getInt16(isFull ? glyph * 4 + 2 : this.#metrics * 4 + (glyph - this.#metrics) * 2),
      );
    }
    return bytes;
  }
}

const patched = (table: Uint8Array, offset: number, value: number): Uint8Array => {
  const copy = table.slice();
  viewOf(copy).setUint16(offset, value);
  return copy;
};

/** An outline without instructions, its components numbered anew. */
const plainOutline = (outline: Uint8Array, placeOf: (glyph: number) => number): Uint8Array => {
  if (outline.length === 0) return outline;
  const contours = viewOf(outline).getInt16(0);
  return contours < 0 ? plainComposite(outline, placeOf) : plainSimple(outline, contours);
};

const plainSimple = (outline: Uint8Array, contours: number): Uint8Array => {
  const at = 10 + contours * 2;
  const instructions = viewOf(outline).getUint16(at);
  if (instructions === 0) return outline;
  const bytes = new Uint8Array(outline.length - instructions);
  bytes.set(outline.subarray(0, at));
  bytes.set(outline.subarray(at + 2 + instructions), at + 2);
  return bytes;
};

const argumentsLength = (flags: number): number => {
  const scale = flags & HAS_2X2 ? 8 : flags & HAS_XY_SCALE ? 4 : flags & HAS_SCALE ? 2 : 0;
  return (flags & ARG_WORDS ? 4 : 2) + scale;
};

const plainComposite = (outline: Uint8Array, placeOf: (glyph: number) => number): Uint8Array => {
  const bytes = outline.slice();
  const view = viewOf(bytes);
  let at = 10;
  for (let more = true; more; ) {
    const flags = view.getUint16(at);
    view.setUint16(at, flags & ~HAS_INSTRUCTIONS);
    view.setUint16(at + 2, placeOf(view.getUint16(at + 2)));
    at += 4 + argumentsLength(flags);
    more = (flags & MORE_COMPONENTS) !== 0;
  }
  return bytes.subarray(0, at);
};

const joined = (outlines: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(outlines.reduce((sum, { length }) => sum + padded(length), 0));
  let at = 0;
  for (const outline of outlines) {
    bytes.set(outline, at);
    at += padded(outline.length);
  }
  return bytes;
};

const locations = (outlines: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array((outlines.length + 1) * 4);
  const view = viewOf(bytes);
  let at = 0;
  for (const [index, { length }] of outlines.entries()) {
    at += padded(length);
    view.setUint32((index + 1) * 4, at);
  }
  return bytes;
};

/** The sum of a table's 32-bit words; its length is a multiple of four here, or the rest counts as zero. */
const checksum = (table: Uint8Array): number => {
  const view = viewOf(table);
  const whole = table.length & ~3;
  let sum = 0;
  for (let at = 0; at < whole; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  let rest = 0;
  for (let at = whole; at < table.length; at += 1) rest |= (table[at] ?? 0) << (8 * (3 - (at - whole)));
  return (sum + (rest >>> 0)) >>> 0;
};

const fileOf = (tables: readonly (readonly [string, Uint8Array])[]): Uint8Array => {
  const head = 12 + tables.length * 16;
  const bytes = new Uint8Array(tables.reduce((sum, [, { length }]) => sum + padded(length), head));
  const view = viewOf(bytes);
  const power = 2 ** Math.floor(Math.log2(tables.length));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tables.length);
  view.setUint16(6, power * 16);
  view.setUint16(8, Math.log2(power));
  view.setUint16(10, (tables.length - power) * 16);
  let at = head;
  let headAt = 0;
  for (const [index, [tag, table]] of tables.entries()) {
    const entry = 12 + index * 16;
    bytes.set(
      Array.from(tag, (letter) => letter.charCodeAt(0)),
      entry,
    );
    bytes.set(table, at);
    if (tag === 'head') {
      headAt = at;
      view.setUint32(at + HEAD_CHECKSUM_ADJUSTMENT, 0);
    }
    view.setUint32(entry + 4, checksum(bytes.subarray(at, at + table.length)));
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, table.length);
    at += padded(table.length);
  }
  view.setUint32(headAt + HEAD_CHECKSUM_ADJUSTMENT, (0xb1b0afba - checksum(bytes)) >>> 0);
  return bytes;
};
