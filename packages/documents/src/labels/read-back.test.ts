import { readFileSync } from 'node:fs';
import { documentFonts, Reference } from '@crossparcel/files';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joined } from '../bytes.ts';
import { impb } from '../numbers/impb.ts';
import { isS10, s10 } from '../numbers/s10.ts';
import { sscc } from '../numbers/sscc.ts';
import { barcodesOnPages, barcodesOnPng, barcodesOnZpl, type Found } from '../test/reading.ts';
import { label } from '../test/samples.ts';
import { type LABEL_FORMS, LabelJob } from './job.ts';
import type { Label } from './label.ts';

const book = new Reference().labelBook();
const fonts = documentFonts();
const decoder = readFileSync(new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer as ArrayBuffer;

const printed = (labels: readonly Label[], form: (typeof LABEL_FORMS)[number]): Uint8Array => {
  const job = new LabelJob({ form, dotsPerMm: 8 }, fonts, book);
  const parts = [job.begin()];
  for (const one of labels) {
    const added = job.add(one);
    if (!added.ok) throw new Error(JSON.stringify(added.error));
    parts.push(...added.value);
  }
  return joined([...parts, job.end()]);
};

/** What a decoder reads from all pages in each of the forms. */
const readBack = async (labels: readonly Label[]): Promise<Record<string, Found[]>> => ({
  pdf: await barcodesOnPages(printed(labels, 'pdf'), 203.2, decoder),
  zpl: await barcodesOnZpl(new TextDecoder().decode(printed(labels, 'zpl')), decoder),
  png: await barcodesOnPng(printed(labels, 'png'), decoder),
});

const sorted = (found: readonly Found[]): string[] =>
  found.map(({ format, text, contentType }) => `${format} ${contentType} ${text}`).sort();

/** Expects each form to bear exactly some symbols. */
const expectSymbols = async (labels: readonly Label[], expected: readonly string[]): Promise<void> => {
  for (const [form, found] of Object.entries(await readBack(labels))) {
    expect({ form, found: sorted(found) }).toEqual({ form, found: expected.toSorted() });
  }
};

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const service = fc.stringMatching(/^[A-Z]{2}$/).filter((text) => isS10(`${text}000000005DE`));
// Character set 82 of GS1 without the brackets, which mark application identifiers in text.
const set82 = fc.stringMatching(/^[!"%&'*+,\-./0-9:;<=>?A-Z_a-z]{1,12}$/);

describe('a decoder reads back from PDF, ZPL and PNG', () => {
  it('S10 identifiers, SSCCs, package codes with ZIP codes and carriers numbers', async () => {
    const numbers = fc.record({
      s10: fc.record({ service, serial: fc.nat(99_999_999), country: fc.constantFrom('CN', 'GB', 'DE') }).map(s10),
      sscc: fc
        .record({
          extension: fc.nat(9),
          companyPrefix: fc.constantFrom('9521234', '4012345'),
          serial: fc.nat(999_999_999),
        })
        .map(sscc),
      impb: fc
        .record({ serviceType: digits(3), mailerId: digits(8).map((text) => `9${text}`), serial: fc.nat(9_999_999) })
        .map((parts) => impb({ channel: '92', ...parts })),
      zip: fc.oneof(digits(5), digits(9)),
      carrier: fc.stringMatching(/^[A-Z0-9]{6,20}$/),
    });
    await fc.assert(
      fc.asyncProperty(numbers, async (drawn) => {
        const labels = (
          [
            { scheme: 's10', number: drawn.s10 },
            { scheme: 'sscc', number: drawn.sscc },
            { scheme: 'impb', number: drawn.impb, zip: drawn.zip },
            { scheme: 'carrier', number: drawn.carrier },
          ] as const
        ).map((identifier) => ({ ...label, identifier }));
        await expectSymbols(labels, [
          `Code128 Text ${drawn.s10}`,
          `Code128 GS1 (00)${drawn.sscc}`,
          `Code128 GS1 (420)${drawn.zip}(${drawn.impb.slice(0, 2)})${drawn.impb.slice(2)}`,
          `Code128 Text ${drawn.carrier}`,
        ]);
      }),
      { numRuns: 2 },
    );
  }, 120_000);

  it('data elements beside the number, in bars and in a matrix', async () => {
    await fc.assert(
      fc.asyncProperty(digits(5), set82, set82, async (postalCode, batch, serial) => {
        const withElements: Label = {
          ...label,
          elements: [
            { ai: '420', value: postalCode },
            { ai: '400', value: postalCode },
          ],
          matrix: {
            elements: [
              { ai: '01', value: '09521234000006' },
              { ai: '10', value: batch },
              { ai: '17', value: '271231' },
              { ai: '21', value: serial },
            ],
          },
        };
        await expectSymbols(
          [withElements],
          [
            `Code128 Text ${label.identifier.number}`,
            `Code128 GS1 (420)${postalCode}(400)${postalCode}`,
            `DataMatrix GS1 (01)09521234000006(10)${batch}(17)271231(21)${serial}`,
          ],
        );
      }),
      { numRuns: 2 },
    );
  }, 120_000);

  it('a text in a matrix', async () => {
    const text = 'Order TT-577 <a_b^c> {"n":1}';
    await expectSymbols(
      [{ ...label, matrix: { text } }],
      [`Code128 Text ${label.identifier.number}`, `DataMatrix Text ${text}`],
    );
  }, 60_000);
});
