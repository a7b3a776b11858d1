import type { Generator } from '@crossparcel/numerics';
import type { CatalogueRow } from '@crossparcel/planning';
import { SAMPLE_ASSUMPTIONS, type SampleCategory } from './assumptions.ts';
import { between, shuffled, streamOf } from './draw.ts';
import { ACCESSORIES } from './products/accessories.ts';
import { APPAREL } from './products/apparel.ts';
import { BEAUTY } from './products/beauty.ts';
import { ELECTRONICS } from './products/electronics.ts';
import { HOME } from './products/home.ts';
import { type Template, VARIANTS } from './products/template.ts';

/** A product of the sample shop. */
export interface SampleProduct {
  /** What a catalogue file would say; some facts are missing on purpose. */
  readonly row: CatalogueRow;
  readonly category: SampleCategory;
  /** List price in USD, decimal text. */
  readonly price: string;
  /** Share of parcels with such goods that buyers send back. */
  readonly returnRate: number;
}

const sizes: readonly string[] = VARIANTS.size;
const TEMPLATES: Readonly<Record<SampleCategory, readonly Template[]>> = {
  beauty: BEAUTY,
  accessories: ACCESSORIES,
  electronics: ELECTRONICS,
  apparel: APPAREL,
  home: HOME,
};

/** The catalogue for a seed: about 300 SKUs in five categories, sizes in mm, masses in g, values in USD. */
export const sampleCatalogue = (seed: number): SampleProduct[] => {
  const generator = streamOf(seed, 'catalogue');
  const products = (Object.keys(TEMPLATES) as SampleCategory[]).flatMap((category) => ofCategory(category, generator));
  return withGaps(products, generator);
};

/** Variants are dealt out in turn, so that no template gets two more than another. */
const ofCategory = (category: SampleCategory, generator: Generator): SampleProduct[] => {
  const wanted = SAMPLE_ASSUMPTIONS.skus.value[category];
  const isViral = ({ code }: Template) => code === SAMPLE_ASSUMPTIONS.viral.value.sku;
  const viral = TEMPLATES[category].filter(isViral).map((template) => productOf(template, '', category, generator));
  const families = TEMPLATES[category]
    .filter((template) => !isViral(template))
    .map((template) => ({ template, variants: variantsOf(template, generator) }));
  const products = viral;
  for (let turn = 0; products.length < wanted && families.some(({ variants }) => variants.length > turn); turn++) {
    for (const { template, variants } of families) {
      const variant = variants[turn];
      if (variant !== undefined && products.length < wanted) {
        products.push(productOf(template, variant, category, generator));
      }
    }
  }
  return products;
};

const variantsOf = ({ by }: Template, generator: Generator): readonly string[] =>
  by === 'size' ? VARIANTS.size : shuffled(generator, VARIANTS[by]);

const productOf = (
  template: Template,
  variant: string,
  category: SampleCategory,
  generator: Generator,
): SampleProduct => {
  const [lengthMm, widthMm, heightMm] = template.mm;
  const [from, to] = template.price;
  const price = from + Math.round(between(generator, { from: 0, to: to - from }));
  const larger = template.by === 'size' ? Math.max(0, sizes.indexOf(variant)) : 0;
  const value = price * between(generator, SAMPLE_ASSUMPTIONS.valueShare.value);
  return {
    row: {
      sku: [template.code, ...(variant === '' ? [] : [variant.toUpperCase().replaceAll(' ', '-')])].join('-'),
      description: variant === '' ? template.words : `${template.words}, ${variant}`,
      lengthMm: String(lengthMm),
      widthMm: String(widthMm),
      heightMm: String(heightMm),
      massGrams: String(Math.round(template.grams * (1 + SAMPLE_ASSUMPTIONS.massPerSize.value * larger))),
      hs: template.hs,
      origin: template.origin,
      value: value.toFixed(2),
      currency: 'USD',
      handling: template.handling ?? '',
    },
    category,
    price: price.toFixed(2),
    returnRate: SAMPLE_ASSUMPTIONS.returnRates.value[category],
  };
};

const withGaps = (products: readonly SampleProduct[], generator: Generator): SampleProduct[] => {
  const { withoutHs, withoutSize } = SAMPLE_ASSUMPTIONS.incompleteSkus.value;
  const { sku } = SAMPLE_ASSUMPTIONS.viral.value;
  const ids = shuffled(
    generator,
    products.map(({ row }) => row.sku).filter((one) => one !== sku),
  );
  const noHs = new Set(ids.slice(0, withoutHs));
  const noSize = new Set(ids.slice(withoutHs, withoutHs + withoutSize));
  return products.map((product) => {
    if (noHs.has(product.row.sku)) return { ...product, row: { ...product.row, hs: '' } };
    if (!noSize.has(product.row.sku)) return product;
    return { ...product, row: { ...product.row, lengthMm: '', widthMm: '', heightMm: '' } };
  });
};
