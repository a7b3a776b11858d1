import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { chooseForm, customsFormPdf } from './customs-form.ts';
import type { Declaration } from './declaration.ts';
import type { Fonts } from './fonts.ts';
import { barcodesOf, pixelsOutside, sizesOf, textOf } from './test/reading.ts';
import { declaration, goods } from './test/samples.ts';

const bytes = (url: string) => new Uint8Array(readFileSync(fileURLToPath(url)));
const fonts: Fonts = {
  regular: bytes(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf')),
  bold: bytes(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf')),
};
const decoder = bytes(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')).buffer;

const printed = async (input: Declaration) => {
  const result = await customsFormPdf(input, fonts);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

describe('the choice of the form', () => {
  const limits = { valueMinor: 30_000, currency: 'EUR', grossGrams: 2000 };
  it.each([
    [30_000, 2000, 'CN 22'],
    [30_001, 2000, 'CN 23'],
    [30_000, 2001, 'CN 23'],
  ])('for %i cents and %i grams is %s %s', (minor, grossGrams, form) => {
    expect(chooseForm({ totalValue: { minor, currency: 'EUR' }, grossGrams }, limits)).toBe(form);
  });

  it('needs the value in the currency of the limits', () => {
    expect(() => chooseForm({ totalValue: { minor: 1, currency: 'USD' }, grossGrams: 1 }, limits)).toThrow(RangeError);
  });
});

describe('a CN 23', () => {
  it('says every value to the cent and every mass to the gram', async () => {
    const [text] = await textOf((await printed(declaration)).pdf);
    for (const words of [
      ...['Ceramic mug 2 0.640 25.10 USD 691200 CN', 'Ring light with tripod 1 0.385 19.99 USD 940542 CN'],
      ...['Cotton T-shirt 3 0.009 0.20 USD 61091000 VN', '6 / 1.034 kg', '1.240 kg', '45.29 USD', '8.45 USD'],
      ...['IM2760000742', '+49 30 901820', '2026-11-22', 'INV-2026-118', 'LX 017 032 965 CN', 'CN 23'],
      ...['Value (5)', 'Total value (6) / Valeur totale', 'GERMANY', 'Dr. Élodie Müller-Lefèvre'],
    ]) {
      expect(text).toContain(words);
    }
  });

  it('has an S10 that a scanner reads', async () => {
    const { pdf } = await printed(declaration);
    expect(await barcodesOf(pdf, 300, decoder)).toEqual([{ text: 'LX017032965CN', contentType: 'Text' }]);
  });

  it('goes on over further pages, with all lines and one total', async () => {
    const many = Array.from({ length: 70 }, (_, index) => ({
      description: `Article ${index} of a large parcel`,
      quantity: 1,
      netGrams: 101 + index,
      value: { minor: 1001 + index, currency: 'USD' },
      hs: '691200',
      origin: 'CN',
    }));
    const { pdf } = await printed({ ...declaration, goods: many, grossGrams: 20_000 });
    const pages = await textOf(pdf);
    expect(pages.length).toBe(4);
    for (const [index, line] of many.entries()) {
      const value = (line.value.minor / 100).toFixed(2);
      expect(pages.join(' ')).toContain(`${line.description} 1 0.${101 + index} ${value} USD`);
    }
    expect(pages[0]).toContain('724.85 USD');
    for (const page of pages) expect(page).toContain('LX 017 032 965 CN');
    expect(await pixelsOutside(pdf, 14)).toBe(0);
  });

  it('prints a currency without minor units and one with three digits', async () => {
    const of = async (minor: number, currency: string) =>
      (
        await textOf(
          (
            await printed({ ...declaration, goods: goods.map((line) => ({ ...line, value: { minor, currency } })) })
          ).pdf,
        )
      )[0];
    expect(await of(1290, 'JPY')).toContain('3870 JPY');
    expect(await of(1290, 'KWD')).toContain('3.870 KWD');
  });
});

describe('a CN 22', () => {
  const small: Declaration = { ...declaration, form: 'CN 22' };

  it('is one page of a label with the lines and the totals', async () => {
    const { form, pdf } = await printed(small);
    expect(form).toBe('CN 22');
    expect(await sizesOf(pdf)).toEqual([[288, 432]]);
    expect(await pixelsOutside(pdf, 10)).toBe(0);
    const [text] = await textOf(pdf);
    for (const words of ['2 × Ceramic mug 0.640 25.10 USD 691200 CN', '1.240 kg', '45.29 USD', 'IM2760000742']) {
      expect(text).toContain(words);
    }
  });

  it('with more lines than it holds becomes a CN 23', async () => {
    const many = Array.from({ length: 5 }, () => goods).flat();
    const { form } = await printed({ ...small, goods: many, grossGrams: 9000 });
    expect(form).toBe('CN 23');
  });
});

describe('a declaration', () => {
  it.each(['CN 22', 'CN 23'] as const)('gives the same bytes of a %s for the same input', async (form) => {
    const input = { ...declaration, form };
    expect((await printed(input)).pdf).toEqual((await printed(structuredClone(input))).pdf);
  });

  const [mug] = goods;
  if (!mug) throw new Error('no goods');
  it.each([
    ['bad-value', 'number', { number: 'LX017032964CN' }],
    ['bad-value', 'goods', { goods: [] }],
    ['bad-value', 'goods[0].hs', { goods: [{ ...mug, hs: '6912' }] }],
    ['bad-value', 'goods[0].netGrams', { goods: [{ ...mug, netGrams: 0.1 }] }],
    ['bad-value', 'goods[0].value.currency', { goods: [{ ...mug, value: { minor: 1, currency: 'XXZ' } }] }],
    ['bad-value', 'explanation', { category: 'other' }],
    ['mixed-currencies', 'goods[1].value.currency', { goods: [mug, { ...mug, value: { minor: 1, currency: 'EUR' } }] }],
    ['net-above-gross', 'grossGrams', { grossGrams: 1033 }],
    ['cannot-print', 'goods[0].description', { goods: [{ ...mug, description: '杯子' }] }],
    ['does-not-fit', 'comments', { comments: 'quarantine '.repeat(300) }],
  ] as const)('with %s in %s is refused', async (code, field, change) => {
    expect(await customsFormPdf({ ...declaration, ...change }, fonts)).toMatchObject({
      ok: false,
      error: { code, field },
    });
  });

  it('of a sale without HS number is refused, of a gift not', async () => {
    const { hs: _, origin: __, ...bare } = mug;
    const sale = await customsFormPdf({ ...declaration, goods: [bare] }, fonts);
    expect(sale).toMatchObject({ ok: false, error: { field: 'goods[0].hs' } });
    expect((await customsFormPdf({ ...declaration, category: 'gift', goods: [bare] }, fonts)).ok).toBe(true);
  });
});
