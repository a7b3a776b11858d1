import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Consignment, MessageTable, messageSchema } from '@crossparcel/trade';
import { describe, expect, it } from 'vitest';
import { customsFormPdf } from '../customs-form.ts';
import type { Fonts } from '../fonts.ts';
import { pixelsOutside, sizesOf, textOf } from '../test/reading.ts';
import { brokerTable } from './broker-table.ts';
import { cn22Fault, cn22LimitsIn, formFor, paperParty, postalDeclaration, postalNumberFault } from './customs-form.ts';
import { invoicePdf } from './invoice.ts';
import { messageXml } from './xml.ts';

const bytes = (url: string) => new Uint8Array(readFileSync(fileURLToPath(url)));
const fonts: Fonts = {
  regular: bytes(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf')),
  bold: bytes(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf')),
};
const AT = 1_795_334_400_000;

const line = (index: number, valueMinor: number, netGrams = 100) => ({
  ...{
    id: `l${index}`,
    description: `Article ${index}`,
    hs: '691200',
    quantity: 2,
    valueMinor,
    origin: 'CN',
    netGrams,
  },
  ...{ products: {}, furtherCodes: [], certificates: [], codes: {} },
});
const consignment = (lines = [line(0, 2510), line(1, 20)], currency = 'EUR'): Consignment => ({
  ...{ id: 'p1', number: 'LX017032965CN', currency, despatchCountry: 'CN', day: 20_779, postingDay: 20_777 },
  parcel: {
    ...{
      market: 'DE',
      day: 20_779,
      channel: 'postal',
      importer: 'consumer',
      postalMethod: 'ad-valorem',
      postalItems: 1,
    },
    ...{ schemes: [], dutyInPrice: false, currency, freightMinor: 490, insuranceMinor: 5, lines: [] },
  },
  category: 'sale-of-goods',
  parties: {
    sender: {
      name: 'Bright Goods Co., Ltd.',
      street: '88 Huli Avenue',
      city: 'Xiamen',
      country: 'CN',
      person: 'legal',
      eori: 'CN12',
    },
    addressee: {
      name: 'Élodie Müller',
      street: 'Hauptstraße 27',
      city: 'Berlin',
      postcode: '10827',
      country: 'DE',
      person: 'natural',
    },
  },
  ...{ lines, grossGrams: 1290, packages: 1, incoterm: 'DDP', references: { invoice: 'INV-118', order: 'O-1' } },
  ...{ transport: {}, registrations: [], codes: {} },
});
const invoice = async (of: Consignment) => {
  const made = await invoicePdf(of, fonts, AT);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
};

describe('a commercial invoice', () => {
  it('says every value to the cent, every mass to the gram, and the sum of all', async () => {
    const pdf = await invoice(consignment());
    expect((await sizesOf(pdf)).flat().map(Math.round)).toEqual([595, 842]);
    const [text] = await textOf(pdf);
    for (const words of [
      '1 Article 0 691200 CN 2 0.100 25.10',
      '2 Article 1 691200 CN 2 0.100 0.20',
      'Goods 25.30 EUR',
    ]) {
      expect(text).toContain(words);
    }
    for (const words of [
      'Freight 4.90 EUR',
      'Insurance 0.05 EUR',
      'Total 30.25 EUR',
      'INV-118',
      '1.290 kg',
      'EORI CN12',
      'DDP',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('goes on over further pages with all lines, within the margins, and the sum on the first', async () => {
    const many = Array.from({ length: 120 }, (_, index) => line(index, 1000 + index));
    const pdf = await invoice(consignment(many, 'JPY'));
    const pages = await textOf(pdf);
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, one] of many.entries()) {
      expect(pages.join(' ')).toContain(`${index + 1} ${one.description} 691200 CN 2 0.100 ${one.valueMinor}`);
    }
    expect(pages[0]).toContain('Goods 127140 JPY');
    for (const page of pages) expect(page).toContain('INV-118');
    expect(await pixelsOutside(pdf, 36)).toBe(0);
  });

  it('refuses what its font cannot print, by its place', async () => {
    const chinese = consignment([{ ...line(0, 1), description: '杯子' }]);
    expect(await invoicePdf(chinese, fonts, AT)).toMatchObject({
      ok: false,
      error: { code: 'cannot-print', field: 'lines[0].description' },
    });
  });

  it('gives the same bytes for the same consignment', async () => {
    expect(await invoice(consignment())).toEqual(await invoice(structuredClone(consignment())));
  });
});

describe('a postal form of a consignment', () => {
  const limit = { valueSdr: 300, sdrInUsd: '1.40', grossGrams: 2000 };
  const twoForOne = { convertMinor: (minor: number) => minor / 2 };
  const limits = cn22LimitsIn(limit, twoForOne, 'EUR');

  it('is a CN 22 up to the limit of value and weight, both included', () => {
    expect(limits).toEqual({ valueMinor: 21_000, currency: 'EUR', grossGrams: 2000 });
    const of = (minor: number, grossGrams: number) => ({ ...consignment([line(0, minor)]), grossGrams });
    expect([of(21_000, 2000), of(21_001, 2000), of(21_000, 2001)].map((one) => formFor(one, limits))).toEqual([
      'CN 22',
      'CN 23',
      'CN 23',
    ]);
    expect(cn22Fault(of(21_000, 2000), limits)).toBeUndefined();
    expect(cn22Fault(of(21_001, 2000), limits)?.code).toBe('wrong-message');
  });

  it('declares what the data set has', async () => {
    const made = await customsFormPdf(postalDeclaration(consignment(), 'CN 22', AT), fonts);
    const [text] = made.ok ? await textOf(made.value.pdf) : [];
    for (const words of ['2 × Article 0 0.100 25.10 EUR 691200 CN', '25.30 EUR', '1.290 kg', 'CN12', 'Berlin 10827']) {
      expect(text).toContain(words);
    }
  });

  it('needs an S10 identifier with its check digit, where it goes by mail', () => {
    const numbered = (number: string, channel: string) => ({
      ...consignment(),
      number,
      parcel: { ...consignment().parcel, channel },
    });
    expect(postalNumberFault(numbered('LX017032964CN', 'postal'))?.field).toBe('number');
    expect(postalNumberFault(numbered('LX 017 032 965 CN', 'postal'))).toBeUndefined();
    expect(postalNumberFault(numbered('1Z999', 'express'))).toBeUndefined();
  });

  it('prints address lines as they are given, where they are', () => {
    const { sender } = consignment().parties;
    expect(paperParty(sender).lines).toEqual(['88 Huli Avenue', 'Xiamen']);
    expect(paperParty({ ...sender, lines: ['a', 'b', 'c'] }).lines).toEqual(['a', 'b', 'c']);
  });
});

describe('a message', () => {
  const dated = { validFrom: '2026-01-01', validTo: null, source: 's', readOn: '2026-01-01', confidence: 'confirmed' };
  const field = (element: string, from: string) => ({ element, name: element, from, format: 'an..70', paragraph: 'p' });
  const table = new MessageTable(
    messageSchema.parse({
      ...{ id: 'm', title: 'M', authority: 'nobody', form: 'xml', root: 'M', ...dated },
      parts: [
        field('Id', 'id'),
        { element: 'To', of: 'to', parts: [field('Name', 'name')] },
        {
          element: 'Parcel',
          each: 'parcels',
          parts: [field('Number', 'number'), { element: 'Line', each: 'lines', parts: [field('Text', 'text')] }],
        },
      ],
    }),
  );
  const facts = {
    id: 'a & <b>',
    to: { name: '"O\'Neil"' },
    parcels: [
      { number: '1', lines: [{ text: 'x' }, { text: 'y' }] },
      { number: '2', lines: [] },
    ],
  };
  const written = table.write(facts, { day: 20_779, convert: (minor) => minor });
  if (!written.ok) throw new Error(written.error.what);

  it('is XML in its namespace, with what XML reserves escaped', () => {
    const xml = messageXml(written.value);
    expect(xml).toContain('<M xmlns="https://crossparcel.dev/schemas/m">\n  <Id>a &amp; &lt;b&gt;</Id>\n');
    expect(xml).toContain('<Name>"O\'Neil"</Name>');
  });

  it('is a table with a row for each innermost line', () => {
    expect(brokerTable(written.value)).toEqual({
      header: ['Id', 'To.Name', 'Parcel.Number', 'Parcel.Line.Text'],
      rows: [
        ['a & <b>', '"O\'Neil"', '1', 'x'],
        ['a & <b>', '"O\'Neil"', '1', 'y'],
        ['a & <b>', '"O\'Neil"', '2', ''],
      ],
    });
  });
});
