/** Words by which variants of a product differ. */
export const VARIANTS = {
  shade: ['rose', 'brick', 'nude', 'berry', 'coral', 'plum', 'peach', 'cocoa'],
  colour: ['black', 'white', 'sage', 'sand', 'navy', 'lilac', 'rust', 'grey'],
  metal: ['gold tone', 'silver tone', 'rose gold tone', 'gunmetal'],
  scent: ['fig', 'vanilla', 'white tea', 'cedar', 'citrus', 'lavender'],
  size: ['S', 'M', 'L', 'XL'],
} as const;
type VariantKind = keyof typeof VARIANTS;

/** A product before its variants: sides packed, longest first, in mm; mass packed in g; price in USD from, to. */
export interface Template {
  readonly code: string;
  readonly words: string;
  readonly hs: string;
  readonly origin: 'CN' | 'KR' | 'VN' | 'IN';
  readonly mm: readonly [number, number, number];
  readonly grams: number;
  readonly price: readonly [number, number];
  readonly by: VariantKind;
  /** Handling classes as the network knows them: `battery`, `liquid`, `fragile`. */
  readonly handling?: string;
}

type Row = readonly [
  code: string,
  words: string,
  hs: string,
  origin: Template['origin'],
  mm: Template['mm'],
  grams: number,
  price: Template['price'],
  by: VariantKind,
  handling?: string,
];

/** Templates from a table of them. */
export const templates = (rows: readonly Row[]): readonly Template[] =>
  rows.map(([code, words, hs, origin, mm, grams, price, by, handling]) => ({
    code,
    words,
    hs,
    origin,
    mm,
    grams,
    price,
    by,
    ...(handling === undefined ? {} : { handling }),
  }));
