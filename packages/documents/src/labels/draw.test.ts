import { documentFonts, Reference } from '@crossparcel/files';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import records from '../../../../reference/labels/labels.json' with { type: 'json' };
import { POINTS_PER_MM } from '../box.ts';
import { joined } from '../bytes.ts';
import type { Drawing } from '../drawing.ts';
import { pixelsOutside, sizesOf, textOf, zplPictures } from '../test/reading.ts';
import { goods, label } from '../test/samples.ts';
import { LabelBook, labelRecordsSchema } from './book.ts';
import { drawLabel, labelPdf } from './draw.ts';
import { LabelJob } from './job.ts';
import type { Label } from './label.ts';

const book = new Reference().labelBook();
const fonts = documentFonts();

const pdfOf = (input: Label): Uint8Array => {
  const result = labelPdf(input, fonts, book);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const pagesOf = (input: Label): readonly Drawing[] => {
  const result = drawLabel(input, fonts, book);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const letters = (text: string | undefined): string => (text ?? '').replace(/\s/g, '');
const customs = { category: 'sale-of-goods', goods, postingDay: 20_779 } as const;
const heavy = { ...label, grossGrams: 1500 };

describe('a label for any place', () => {
  it('prints Chinese, Japanese and Korean, and another program reads it', async () => {
    const recipient = {
      name: '李雷 堃喆',
      lines: [
        '広島県広島市中区基町６番７８号',
        'サンマンション２０１',
        '서울특별시 중구 세종대로 110',
        '台北市信義區市府路1號',
      ],
      country: 'TW',
    };
    const pdf = pdfOf({ ...label, recipient });
    const [text] = await textOf(pdf);
    for (const line of [recipient.name, ...recipient.lines]) expect(letters(text)).toContain(letters(line));
    expect(pdf.length).toBeLessThan(80_000);
    expect(await pixelsOutside(pdf, 10)).toBe(0);
  });

  it('prints any text of Han characters, or refuses it by character', async () => {
    const text = fc
      .array(fc.integer({ min: 0x4e00, max: 0x9fff }), { minLength: 1, maxLength: 30 })
      .map((points) => String.fromCodePoint(...points));
    await fc.assert(
      fc.asyncProperty(text, async (name) => {
        const result = labelPdf({ ...label, recipient: { ...label.recipient, name } }, fonts, book);
        if (!result.ok) {
          expect(result.error).toMatchObject({ code: 'cannot-print', field: 'recipient.name' });
          return;
        }
        const [read] = await textOf(result.value);
        expect(letters(read).normalize('NFKC')).toContain(name.normalize('NFKC'));
      }),
      { numRuns: 15 },
    );
  });

  it.each([['สมชาย'], ['محمد'], ['משה'], ['राम']])('refuses %s, which it cannot shape', (name) => {
    const result = labelPdf({ ...label, recipient: { ...label.recipient, name } }, fonts, book);
    expect(result).toMatchObject({ ok: false, error: { code: 'cannot-print', field: 'recipient.name' } });
  });
});

describe('handling marks', () => {
  it('stand in English and the languages of both ends, each once', async () => {
    const [text] = await textOf(pdfOf({ ...label, marks: [], handling: ['fragile', 'fragile-very', 'liquid'] }));
    for (const words of ['FRAGILE', 'zerbrechlich', '易碎', 'THIS WAY UP', 'oben', '此端向上'])
      expect(text).toContain(words);
    expect(text?.split('FRAGILE')).toHaveLength(2);
  });

  it('show a class that is not on file as its name', async () => {
    const [text] = await textOf(pdfOf({ ...label, marks: [], handling: ['keep-away-from-cats'] }));
    expect(text).toContain('KEEP-AWAY-FROM-CATS');
  });

  it('are refused beyond what a label has room for', () => {
    const handling = Array.from({ length: 9 }, (_, index) => `class-${index}`);
    const result = labelPdf({ ...label, marks: [], handling }, fonts, book);
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-value', field: 'handling' } });
  });
});

describe('the battery mark', () => {
  const extent = ({ items }: Drawing, ink: string) => {
    const points = items.flatMap((item) => (item.kind === 'polygon' && item.ink === ink ? item.points : []));
    const span = (axis: 0 | 1) => {
      const values = points.map((point) => point[axis]);
      return (Math.max(...values) - Math.min(...values)) / POINTS_PER_MM;
    };
    return [span(0), span(1)];
  };

  it.each([
    [false, 100],
    [true, 70],
  ])('follows on a page of its own, as large as it has to be (small package: %s)', async (smallPackage, heightMm) => {
    const input = { ...label, handling: ['battery-pi966-ii', 'battery-pi969-ii'], smallPackage };
    const pages = pagesOf(input);
    expect(pages).toHaveLength(2);
    const [width, height] = extent(pages[1] as Drawing, 'red');
    expect(width).toBeCloseTo(100, 3);
    expect(height).toBeCloseTo(heightMm, 3);
    const [, text] = await textOf(pdfOf(input));
    expect(text).toContain('UN 3091');
    expect(text).toContain('UN 3481');
  });

  it('has numbers whose capitals are at least 12 mm high, on the printed dots', async () => {
    const [, mark] = pagesOf({ ...label, handling: ['battery-pi966-ii'] });
    const item = mark?.items.find((one) => one.kind === 'text');
    if (item?.kind !== 'text') throw new Error('no number');
    const [letter] = item.face.set('H');
    const top = letter?.font.outlineOf('H').flatMap(({ args }) => args.filter((_, index) => index % 2 === 1)) ?? [];
    const heightPoints = (Math.max(...top) / (letter?.font.unitsPerEm ?? 1)) * item.size;
    expect(heightPoints / POINTS_PER_MM).toBeGreaterThanOrEqual(12);
  });

  it('is not printed where it is not asked for', () => {
    expect(pagesOf({ ...label, handling: ['battery-pi967-ii', 'fragile'] })).toHaveLength(1);
  });

  it('is refused for a battery of which nobody says how it travels', () => {
    const untold = new Reference().handlingRules().map(({ dangerous: _, ...rule }) => rule);
    const unsure = new LabelBook(labelRecordsSchema.parse(records), untold);
    const result = labelPdf({ ...label, handling: ['fragile', 'battery'] }, fonts, unsure);
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-value', field: 'handling[1]' } });
  });
});

describe('a CN 22 on a label', () => {
  it('holds what the form asks for, beside the label', async () => {
    const pdf = pdfOf({ ...heavy, customs });
    expect(await sizesOf(pdf)).toEqual([[288, 432]]);
    expect(await pixelsOutside(pdf, 10)).toBe(0);
    const [text] = await textOf(pdf);
    for (const words of ['CN 22', 'DÉCLARATION EN DOUANE', '45.29 USD', '1.500 kg', '691200', '2026-11-22', 'Berlin']) {
      expect(text).toContain(words);
    }
    for (const { description } of goods) expect(text).toContain(description);
  });

  it('goes on a page of its own when its goods need more room', async () => {
    const many = Array.from({ length: 7 }, (_, index) => ({
      ...goods[0],
      netGrams: 10,
      description: `Mug no. ${index}`,
    }));
    const input = { ...heavy, customs: { ...customs, goods: many as unknown as typeof goods } };
    const texts = await textOf(pdfOf(input));
    expect(texts).toHaveLength(2);
    expect(texts[0]).not.toContain('CN 22');
    for (const { description } of many) expect(texts[1]).toContain(description);
  });

  it('is refused when even that is too small, and without an S10', () => {
    const many = Array.from({ length: 60 }, () => ({ ...goods[0], netGrams: 1 }));
    const tooMany = { ...heavy, customs: { ...customs, goods: many as unknown as typeof goods } };
    expect(labelPdf(tooMany, fonts, book)).toMatchObject({ ok: false, error: { field: 'customs.goods' } });
    const sscc = { ...heavy, customs, identifier: { scheme: 'sscc', number: '340123451234567895' } } as const;
    expect(labelPdf(sscc, fonts, book)).toMatchObject({ ok: false, error: { field: 'identifier.scheme' } });
    const noHs = {
      ...heavy,
      customs: { ...customs, goods: [{ ...goods[0], hs: undefined }] as unknown as typeof goods },
    };
    expect(labelPdf(noHs, fonts, book)).toMatchObject({ ok: false, error: { field: 'customs.goods[0].hs' } });
  });
});

describe('symbols that may not be', () => {
  it.each([
    ['elements', { elements: [{ ai: '01', value: '09521234000007' }] }],
    ['elements', { elements: [{ ai: '02', value: '09521234000006' }] }],
    ['elements', { elements: [{ ai: '999', value: '1' }] }],
    ['elements', { elements: [{ ai: '403', value: 'A1' }] }],
    ['matrix.elements', { matrix: { elements: [{ ai: '21', value: 'A1' }] } }],
    ['matrix.elements', { matrix: { elements: [{ ai: '17', value: '271399' }] } }],
    ['matrix.text', { matrix: { text: 'naïve' } }],
    ['identifier.number', { identifier: { scheme: 'impb', number: '9261291234567800000017', zip: '92805' } }],
    ['identifier.zip', { identifier: { scheme: 'impb', number: '9261291234567800000016', zip: '9280' } }],
    ['identifier.zip', { identifier: { scheme: 'impb', number: '9261291234567800000016' } }],
    ['identifier.number', { identifier: { scheme: 'carrier', number: 'AB 12' } }],
  ] as const)('are refused: %s', (field, change) => {
    const result = labelPdf({ ...label, ...change } as Label, fonts, book);
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-value', field } });
  });
});

describe('the three forms of a job', () => {
  const labels = [label, { ...label, recipient: { ...label.recipient, name: '李雷' } }];
  const printed = (form: 'pdf' | 'zpl' | 'png'): Uint8Array[] => {
    const job = new LabelJob({ form, dotsPerMm: 8 }, fonts, book);
    const begin = job.begin();
    const pages = labels.flatMap((one) => {
      const added = job.add(one);
      if (!added.ok) throw new Error(added.error.what);
      return added.value;
    });
    return [begin, ...pages, job.end()];
  };

  it('give the same bytes for the same labels', () => {
    for (const form of ['pdf', 'zpl', 'png'] as const) expect(printed(form)).toEqual(printed(form));
  });

  it('print nothing of a label that fails', () => {
    const job = new LabelJob({ form: 'zpl', dotsPerMm: 8 }, fonts, book);
    expect(job.add({ ...label, grossGrams: 0 }).ok).toBe(false);
    expect(job.end()).toHaveLength(0);
  });

  it('keep ZPL within the places of the label', async () => {
    const text = new TextDecoder().decode(joined(printed('zpl')));
    expect(text.match(/\^XA/g)).toHaveLength(2);
    expect(await zplPictures(text)).toHaveLength(2);
    for (const [, x = '', y = ''] of text.matchAll(/\^FO(-?\d+),(-?\d+)/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(y)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThan(812);
      expect(Number(y)).toBeLessThan(1219);
    }
  }, 60_000);
});
