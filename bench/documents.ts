import { type Label, LabelJob, labelOf, labelPdf, labelRequestSchema, s10 } from '@crossparcel/documents';
import { documentFonts, Reference } from '@crossparcel/files';
import bwip from 'bwip-js/generic';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import type { Contest } from './contest.ts';

const LABELS = 300;
const SYMBOLS = 200;

/** An ordinary label of a cross-border parcel; `han` has names in Chinese. */
const labelWith = (serial: number, han: boolean): Label => {
  const made = labelOf(
    labelRequestSchema.parse({
      identifier: { scheme: 's10', number: s10({ service: 'LX', country: 'CN', serial }) },
      sender: {
        name: han ? '明亮商贸有限公司' : 'Bright Goods Co., Ltd.',
        lines: [han ? `福建省厦门市湖里大道${serial}号` : `No. ${serial} Huli Avenue`, 'Xiamen, Fujian 361006'],
        country: 'CN',
        countryName: 'China',
      },
      recipient: {
        name: 'Dr. Élodie Müller-Lefèvre',
        lines: [`Hauptstraße ${serial}, Hinterhaus 4. OG`, '10827 Berlin'],
        country: 'DE',
        countryName: 'Germany',
      },
      service: 'Tracked Letter Post',
      route: ['XMN-2', 'FRA', 'DE'],
      zone: 'DE-10',
      grossGrams: 240,
      orderReference: `TT-5771234567890${serial}`,
      handling: ['fragile'],
    }),
  );
  if (!made.ok) throw new Error(made.error.what);
  return made.value;
};

const serials = Array.from({ length: LABELS }, (_, index) => 1_000_000 + index);

/** Label PDFs, jobs of labels and symbols on one core, beside bare pdf-lib pages and bare bwip-js symbols. */
export const contests = async (): Promise<Contest[]> => {
  const fonts = documentFonts();
  const book = new Reference().labelBook();
  const each =
    (print: (label: Label) => { readonly ok: boolean }, han = false) =>
    () => {
      for (const serial of serials) if (!print(labelWith(serial, han)).ok) throw new Error('a label that fails');
      return LABELS;
    };
  const job = (form: 'pdf' | 'zpl', han = false) => {
    const open = new LabelJob({ form, dotsPerMm: 8 }, fonts, book);
    open.begin();
    each((label) => open.add(label), han)();
    open.end();
    return LABELS;
  };
  return [
    {
      title: `${LABELS} labels of 4 by 6 inches, one core`,
      unit: 'labels/s',
      contestants: [
        {
          name: 'crossparcel, a PDF for each label, fonts embedded',
          run: each((label) => labelPdf(label, fonts, book)),
        },
        {
          name: 'the same with Chinese names',
          run: each((label) => labelPdf(label, fonts, book), true),
        },
        { name: 'crossparcel, one job as PDF', run: () => job('pdf') },
        { name: 'crossparcel, one job as PDF, Chinese names', run: () => job('pdf', true) },
        { name: 'crossparcel, one job as ZPL', run: () => job('zpl') },
        { name: 'crossparcel, one job as ZPL, Chinese names', run: () => job('zpl', true) },
        { name: 'bound: bare pdf-lib pages, one line and bars', run: barePages },
        { name: 'bound: bare pdf-lib, a file for each page', run: bareFiles },
      ],
    },
    {
      title: `${SYMBOLS} Data Matrix symbols, one core`,
      unit: 'symbols/s',
      contestants: [
        {
          name: 'bwip-js, modules only',
          run: () => symbols((text) => bwip.raw('datamatrix', text, {})),
        },
      ],
    },
  ];
};

const symbols = (make: (text: string) => unknown): number => {
  for (let index = 0; index < SYMBOLS; index += 1) make(`LX${1_000_000 + index}CN`);
  return SYMBOLS;
};

/** What a label at least is: an S10 as bars and its text, in a font of the viewer. */
const drawBare = async (pdf: PDFDocument, serial: number): Promise<void> => {
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const page = pdf.addPage([288, 432]);
  const number = s10({ service: 'LX', country: 'CN', serial });
  const [symbol] = bwip.raw('code128', number, {});
  const widths = symbol && 'sbs' in symbol ? symbol.sbs : [];
  let x = 40;
  for (const [index, width] of widths.entries()) {
    if (index % 2 === 0) page.drawRectangle({ x, y: 40, width: width * 1.4, height: 68 });
    x += width * 1.4;
  }
  page.drawText(number, { x: 40, y: 20, size: 12, font });
};

const barePages = async (): Promise<number> => {
  const pdf = await PDFDocument.create();
  for (const serial of serials) await drawBare(pdf, serial);
  await pdf.save();
  return LABELS;
};

const bareFiles = async (): Promise<number> => {
  for (const serial of serials) {
    const pdf = await PDFDocument.create();
    await drawBare(pdf, serial);
    await pdf.save();
  }
  return LABELS;
};
