import { datedFields, type Fault, fail, type HandlingRule, ok, type Result } from '@crossparcel/units';
import * as z from 'zod';
import { badValue } from '../faults.ts';

/** How a number is printed: one for each standard, and one for further data elements. */
export const SYMBOL_IDS = ['s10', 'sscc', 'impb', 'carrier', 'elements'] as const;

const positive = z.number().positive();

/** Schema of a record on how a barcode is printed. Modules are in millimetres, best first. */
const symbolSchema = z.strictObject({
  id: z.enum(SYMBOL_IDS),
  symbology: z.enum(['code-128', 'gs1-128']),
  modulesMm: z.array(positive).min(1),
  /** Light margin on each side, in modules. */
  quietModules: positive,
  barHeightMm: positive,
  /** Height where a customs form or a second barcode shares the label. */
  compactBarHeightMm: positive,
  minHeightMm: positive,
  /** Words above the bars. */
  banner: z.string().optional(),
  ...datedFields,
});
export type SymbolRecord = z.infer<typeof symbolSchema>;

const matrixSchema = z.strictObject({
  id: z.literal('data-matrix'),
  modulesMm: z.array(positive).min(1),
  quietModules: positive,
  ...datedFields,
});

const markSchema = z.strictObject({
  /** The mark as handling classes name it. */
  mark: z.string().min(1),
  /** Its words by language (ISO 639-1), English at least. */
  words: z
    .record(z.string().regex(/^[a-z]{2}$/), z.string().min(1))
    .refine(({ en }) => en !== undefined, 'has no English'),
  picture: z.enum(['up', 'glass']).optional(),
  ...datedFields,
});
type MarkRecord = z.infer<typeof markSchema>;

const languagesSchema = z.strictObject({
  id: z.string(),
  /** The language (ISO 639-1) in which people who handle parcels in a country read. */
  languageOf: z.record(z.string().regex(/^[A-Z]{2}$/), z.string().regex(/^[a-z]{2}$/)),
  ...datedFields,
});

const batteryMarkSchema = z.strictObject({
  id: z.string(),
  /** The mark as handling classes name it. */
  mark: z.string(),
  widthMm: positive,
  heightMm: positive,
  /** Height on packages that are too small for the whole. */
  smallHeightMm: positive,
  /** Width of the hatched edge. */
  edgeMm: positive,
  /** Least height of the letters of a UN number. */
  numberMm: positive,
  ...datedFields,
});
export type BatteryMarkRecord = z.infer<typeof batteryMarkSchema>;

const associationSchema = z.strictObject({
  /** Application identifiers that begin so. */
  ai: z.string().regex(/^\d{2,4}$/),
  /** One of these has to be on the label too. */
  needs: z.array(z.string()).min(1),
  ...datedFields,
});

/** Schema of `labels/labels.json`: what labels are made of. */
export const labelRecordsSchema = z.strictObject({
  symbols: z.array(symbolSchema),
  matrix: matrixSchema,
  associations: z.array(associationSchema),
  marks: z.array(markSchema),
  languages: languagesSchema,
  batteryMark: batteryMarkSchema,
});
export type LabelRecords = z.infer<typeof labelRecordsSchema>;

/** A mark as it is printed: English in capitals, the same in other languages below, perhaps a picture. */
export interface PrintedMark {
  readonly text: string;
  readonly translations: readonly string[];
  readonly picture?: 'up' | 'glass' | undefined;
  readonly field: string;
}

/** What labels are made of, ready to be asked: symbols, marks in their languages, handling classes. */
export class LabelBook {
  readonly matrix: LabelRecords['matrix'];
  readonly batteryMark: BatteryMarkRecord;
  readonly #symbols: ReadonlyMap<string, SymbolRecord>;
  readonly #marks: ReadonlyMap<string, MarkRecord>;
  readonly #languageOf: Readonly<Record<string, string>>;
  readonly #handling: ReadonlyMap<string, HandlingRule>;
  readonly #associations: LabelRecords['associations'];

  /** Throws a RangeError when a symbol is missing. */
  constructor(records: LabelRecords, handling: readonly HandlingRule[]) {
    this.matrix = records.matrix;
    this.batteryMark = records.batteryMark;
    this.#associations = records.associations;
    this.#symbols = new Map(records.symbols.map((symbol) => [symbol.id, symbol]));
    this.#marks = new Map(records.marks.map((mark) => [mark.mark, mark]));
    this.#languageOf = records.languages.languageOf;
    this.#handling = new Map(handling.map((rule) => [rule.id, rule]));
    const missing = SYMBOL_IDS.find((id) => !this.#symbols.has(id));
    if (missing !== undefined) throw new RangeError(`no record says how ${missing} is printed`);
  }

  /** How a number of a standard is printed. */
  symbol(id: (typeof SYMBOL_IDS)[number]): SymbolRecord {
    const found = this.#symbols.get(id);
    if (!found) throw new RangeError(`no record says how ${id} is printed`);
    return found;
  }

  /** What the application identifiers of a label lack: one of them, and those of which it needs one. */
  lacking(ais: readonly string[]): { readonly ai: string; readonly needs: readonly string[] } | undefined {
    for (const ai of ais) {
      const rule = this.#associations.find(
        (one) => ai.startsWith(one.ai) && !one.needs.some((need) => ais.includes(need)),
      );
      if (rule) return { ai, needs: rule.needs };
    }
    return undefined;
  }

  /**
   * The marks that handling classes ask for, each once, in English and the languages of some countries. A class that is
   * not on file is printed as its name. The battery mark is not among them: see `unNumbersOf`.
   */
  marksOf(handling: readonly string[], countries: readonly string[]): PrintedMark[] {
    const languages = [...new Set(countries.flatMap((country) => this.#languageOf[country] ?? []))];
    const printed = new Map<string, PrintedMark>();
    for (const [index, id] of handling.entries()) {
      const marks = this.#handling.get(id)?.marks ?? [id];
      for (const mark of marks) {
        if (mark === this.batteryMark.mark || printed.has(mark)) continue;
        const record = this.#marks.get(mark);
        const translations = languages.flatMap((language) =>
          language === 'en' ? [] : (record?.words[language] ?? []),
        );
        const text = (record?.words.en ?? mark).toUpperCase();
        printed.set(mark, { text, translations, picture: record?.picture, field: `handling[${index}]` });
      }
    }
    return [...printed.values()];
  }

  /**
   * UN numbers that the battery mark of a parcel has to show, in order; empty when it needs none. Fails with `bad-value`
   * for a class that asks for the mark without saying what kind of battery it is.
   */
  unNumbersOf(handling: readonly string[]): Result<readonly string[], Fault> {
    const numbers = new Set<string>();
    for (const [index, id] of handling.entries()) {
      const rule = this.#handling.get(id);
      if (!rule?.marks.includes(this.batteryMark.mark)) continue;
      const number = rule.dangerous?.unNumber;
      if (number === undefined) {
        const right = `a class with a UN number, or ${rule.needs[0] ?? 'none'}`;
        return fail(badValue(`handling[${index}]`, id, right));
      }
      numbers.add(number);
    }
    return ok([...numbers].sort());
  }
}
