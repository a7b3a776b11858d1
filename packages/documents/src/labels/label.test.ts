import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Reference } from '@crossparcel/files';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../box.ts';
import type { Fonts } from '../fonts.ts';
import { barcodesOf, pixelsOutside, sizesOf, textOf } from '../test/reading.ts';
import { label } from '../test/samples.ts';
import { labelBoxes, recipientRoom } from './boxes.ts';
import { labelPdf } from './draw.ts';
import type { Label } from './label.ts';

const bytes = (url: string) => new Uint8Array(readFileSync(fileURLToPath(url)));
const fonts: Fonts = {
  regular: bytes(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf')),
  bold: bytes(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf')),
};
const book = new Reference().labelBook();
const decoder = bytes(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')).buffer;

const printed = async (input: Label): Promise<Uint8Array> => {
  const result = await labelPdf(input, fonts, book);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const withSscc: Label = { ...label, identifier: { scheme: 'sscc', number: '340123451234567895' } };

describe('a label', () => {
  it('is one small page of 4 by 6 inches', async () => {
    const pdf = await printed(label);
    expect(await sizesOf(pdf)).toEqual([[288, 432]]);
    expect(pdf.length).toBeLessThan(60_000);
    expect(await pixelsOutside(pdf, 10)).toBe(0);
    // The measure itself: the frame stands at ten points.
    expect(await pixelsOutside(pdf, 14)).toBeGreaterThan(0);
  });

  it.each([203, 300])('has an S10 that a scanner reads at %i dpi', async (dpi) => {
    expect(await barcodesOf(await printed(label), dpi, decoder)).toEqual([
      { text: 'LX017032965CN', contentType: 'Text' },
    ]);
  });

  it.each([203, 300])('has an SSCC that a scanner reads as GS1 at %i dpi', async (dpi) => {
    expect(await barcodesOf(await printed(withSscc), dpi, decoder)).toEqual([
      { text: '(00)340123451234567895', contentType: 'GS1' },
    ]);
  });

  it('prints every word', async () => {
    const [text] = await textOf(await printed(label));
    for (const word of [
      ...['Tracked Letter Post', 'XMN-2 > FRA > DE', 'DE-10', '0.240 kg', 'BATTERY', 'FRAGILE', 'LX 017 032 965 CN'],
      ...[...label.sender.lines, label.sender.name, 'CHINA', ...label.recipient.lines, label.recipient.name, 'GERMANY'],
    ]) {
      expect(text).toContain(word);
    }
    expect(text?.replaceAll(' ', '')).toContain(label.orderReference);
  });

  it('is the same, byte for byte, for the same input', async () => {
    expect(await printed(label)).toEqual(await printed(structuredClone(label)));
    expect(await printed({ ...label, at: (label.at ?? 0) + 1000 })).not.toEqual(await printed(label));
  });

  it('keeps text of any length on the page, or refuses it', async () => {
    const line = fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme-ascii' });
    const party = fc.record({
      name: line.map((text) => `N${text}`),
      lines: fc.array(line, { minLength: 1, maxLength: 5 }),
      country: fc.constant('DE'),
    });
    await fc.assert(
      fc.asyncProperty(party, party, fc.array(line, { maxLength: 8 }), async (sender, recipient, marks) => {
        const result = await labelPdf({ ...withSscc, sender, recipient, marks }, fonts, book);
        if (result.ok) expect(await pixelsOutside(result.value, 10)).toBe(0);
        else expect(result.error.code).toBe('does-not-fit');
      }),
      { numRuns: 40 },
    );
  });

  it('takes five lines of 200 letters of ordinary words for sender and recipient', async () => {
    const line = fc
      .array(fc.stringMatching(/^[a-z]{2,10}$/), { minLength: 70, maxLength: 70 })
      .map((words) => words.join(' ').slice(0, 200));
    const lines = fc.array(line, { minLength: 5, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(lines, lines, async (from, to) => {
        const sender = { ...label.sender, lines: from };
        const recipient = { ...label.recipient, lines: to };
        const pdf = await printed({ ...label, sender, recipient });
        expect(await pixelsOutside(pdf, 10)).toBe(0);
        const letters = (await textOf(pdf)).join('').replace(/\s/g, '');
        for (const text of [...from, ...to]) expect(letters).toContain(text.replaceAll(' ', ''));
      }),
      { numRuns: 10 },
    );
  });

  it('has places that do not overlap', () => {
    const overlap = (a: Box, b: Box) =>
      Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1e-9 &&
      Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 1e-9;
    const height = fc.double({ min: 0, max: 100, noNaN: true });
    const wants = fc.record({
      head: fc.double({ min: 40, max: 54, noNaN: true }),
      sender: height,
      matrix: height,
      markCount: fc.nat(8),
      markHeight: fc.constantFrom(20, 29),
      customs: height,
      elements: fc.double({ min: 0, max: 30, noNaN: true }),
      number: fc.double({ min: 0, max: 60, noNaN: true }),
    });
    fc.assert(
      fc.property(wants, (wanted) => {
        fc.pre(recipientRoom(wanted) > 0);
        const { marks, ...others } = labelBoxes(wanted);
        const boxes = [...Object.values(others), ...marks];
        for (const [index, box] of boxes.entries()) {
          expect(Math.min(box.x, box.y, 288 - box.x - box.width, 432 - box.y - box.height)).toBeGreaterThan(9.99);
          for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
        }
      }),
    );
  });

  it.each([
    ['李雷', 'recipient.name', ['李', '雷']],
    ['שלום', 'recipient.name', ['ש', 'ל', 'ו', 'ם']],
    ['Q\u0308 Street', 'recipient.name', ['\u0308']],
    ['a\u202Eb', 'recipient.name', ['\u202E']],
  ])('refuses %s, and names the field and the characters', async (name, field, characters) => {
    const result = await labelPdf({ ...label, recipient: { ...label.recipient, name } }, fonts, book);
    expect(result).toMatchObject({ ok: false, error: { code: 'cannot-print', field, data: { characters } } });
  });

  it.each([
    ['identifier.number', { identifier: { scheme: 's10', number: 'LX017032964CN' } }],
    ['identifier.number', { identifier: { scheme: 'sscc', number: '340123451234567894' } }],
    ['grossGrams', { grossGrams: 0.5 }],
    ['recipient.lines', { recipient: { ...label.recipient, lines: [] } }],
    ['marks', { marks: Array(9).fill('X') }],
  ] as const)('refuses a wrong %s', async (field, change) => {
    expect(await labelPdf({ ...label, ...change }, fonts, book)).toMatchObject({
      ok: false,
      error: { code: 'bad-value', field },
    });
  });
});
