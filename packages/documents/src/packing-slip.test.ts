import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Fonts } from './fonts.ts';
import { type PackingSlip, packingSlipPdf } from './packing-slip.ts';
import { pixelsOutside, textOf } from './test/reading.ts';

const bytes = (url: string) => new Uint8Array(readFileSync(fileURLToPath(url)));
const fonts: Fonts = {
  regular: bytes(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
  bold: bytes(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
};

const slip: PackingSlip = {
  shop: 'Bright Goods Studio',
  orderId: 'TT-577123456789012345',
  recipientName: 'Dr. Élodie Müller-Lefèvre',
  lines: Array.from({ length: 60 }, (_, index) => ({
    sku: `SKU-${index}`,
    description: `Article number ${index} with a name that takes more than one line`,
    quantity: 2,
  })),
  at: 0,
};

const printed = async (input: PackingSlip): Promise<Uint8Array> => {
  const result = await packingSlipPdf(input, fonts);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

describe('a packing slip', () => {
  it('lists every article over as many pages as it needs', async () => {
    const pdf = await printed(slip);
    const pages = await textOf(pdf);
    expect(pages.length).toBeGreaterThan(2);
    const text = pages.join(' ');
    for (const { sku, description } of slip.lines) expect(text).toContain(`${sku} ${description} 2`);
    for (const page of pages) expect(page).toContain('Units in the parcel: 120');
    expect(await pixelsOutside(pdf, 12)).toBe(0);
  });

  it('is the same, byte for byte, for the same input', async () => {
    expect(await printed(slip)).toEqual(await printed(structuredClone(slip)));
  });

  it.each([
    ['bad-value', 'lines', { lines: [] }],
    ['bad-value', 'lines[0].quantity', { lines: [{ sku: 'A', description: 'Mug', quantity: 0 }] }],
    ['cannot-print', 'recipientName', { recipientName: '李雷' }],
    ['does-not-fit', 'lines[0].sku', { lines: [{ sku: 'A', description: 'mug '.repeat(2000), quantity: 1 }] }],
  ])('with %s in %s is refused', async (code, field, change) => {
    expect(await packingSlipPdf({ ...slip, ...change }, fonts)).toMatchObject({ ok: false, error: { code, field } });
  });
});
