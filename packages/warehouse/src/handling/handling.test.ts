import { type HandlingRule, type Protection, parseDay } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Carton } from '../packing/carton.ts';
import { coldCartons } from './cold.ts';
import { cushionOf } from './cushion.ts';
import { type HandledGoods, HandlingBook } from './treat.ts';

const dated = {
  validFrom: '2026-01-01',
  validTo: null,
  source: 'a test',
  readOn: '2026-01-01',
  confidence: 'confirmed' as const,
};
const rule = (id: string, more: Partial<HandlingRule> = {}): HandlingRule => ({
  id,
  name: { en: id, zh: id },
  marks: [],
  needs: [],
  ...dated,
  ...more,
});

const rules = [
  rule('fragile', { nothingOnTop: true, fragilityG: 60, marks: ['fragile'] }),
  rule('fragile-very', { nothingOnTop: true, fragilityG: 25, marks: ['fragile'] }),
  rule('liquid', { upright: true }),
  rule('aerosol', { apartFrom: ['battery-alone'] }),
  rule('battery', {}),
  rule('battery-alone', {
    dangerous: { unNumber: '3480', hazardClass: '9', packingInstruction: '965', netGramsPerParcel: 1000 },
    refusedBy: [{ channel: 'postal', why: 'loose batteries' }],
    marks: ['battery mark'],
  }),
  rule('cold', { temperature: { fromC: 2, toC: 8 }, marks: ['2 to 8'] }),
  rule('frozen', { temperature: { fromC: -25, toC: -15 } }),
];
const protection: Protection = {
  drops: [
    { toGrams: 10_000, heightMm: 760, ...dated },
    { toGrams: 20_000, heightMm: 610, ...dated },
  ],
  cushions: [
    {
      id: 'foam',
      name: { en: 'foam', zh: '泡沫' },
      factor: '3',
      thinnestMm: 5,
      gramsPerLitre: 25,
      pricePerLitre: '0.06',
      currency: 'USD',
      ...dated,
    },
  ],
  liners: [
    {
      id: 'eps',
      wallMm: 30,
      milliwattPerMetreKelvin: 35,
      gramsPerLitre: 20,
      pricePerLitre: '0.05',
      currency: 'USD',
      ...dated,
    },
  ],
  coolants: ['cold', 'frozen'].map((handling) => ({
    id: `${handling}-pack`,
    handling,
    kilojoulePerKg: 300,
    gramsPerLitre: 1000,
    pricePerKg: '0.60',
    marks: handling === 'frozen' ? ['dry ice'] : [],
    currency: 'USD',
    ...dated,
  })),
  climates: [{ id: 'temperate', outsideC: 25, ...dated }],
  trip: { hours: 48, climate: 'temperate', reserve: '1.3', ...dated },
};
const book = new HandlingBook(rules, protection, parseDay('2026-06-01') as number);

const goods = (id: string, handling: string[], more: Partial<HandledGoods> = {}): HandledGoods => ({
  id,
  quantity: 1,
  size: { lengthMm: 100, widthMm: 80, heightMm: 60 },
  massGrams: 400,
  handling,
  ...more,
});
const only = (one: HandledGoods, cushioned = false) => book.treat([one], cushioned).lots[0]?.goods[0];

describe('a cushion', () => {
  it('is thicker the more fragile the goods and the higher the fall, by factor x height / fragility', () => {
    const size = { lengthMm: 100, widthMm: 80, heightMm: 60 };
    expect(cushionOf(size, 10_000, 60, protection).thicknessMm).toBe(38);
    expect(cushionOf(size, 10_001, 60, protection).thicknessMm).toBe(31);
    expect(cushionOf(size, 400, 25, protection).thicknessMm).toBe(92);
    expect(cushionOf(size, 400, 5000, protection).thicknessMm).toBe(5);
    expect(cushionOf(size, 99_000, 61, protection).thicknessMm).toBe(30);
  });

  it('weighs and costs what its foam does', () => {
    const { massGrams, price, thicknessMm } = cushionOf(
      { lengthMm: 100, widthMm: 100, heightMm: 100 },
      400,
      60,
      protection,
    );
    const litres = ((100 + 2 * thicknessMm) ** 3 - 100 ** 3) / 1e6;
    expect(massGrams).toBe(Math.ceil(litres * 25));
    expect(price / 1e9).toBeCloseTo(litres * 0.06, 6);
  });
});

describe('handling', () => {
  it('wraps what breaks, lets nothing stand on it, and keeps liquids upright', () => {
    expect(only(goods('lamp', ['fragile']))).toMatchObject({ clearanceMm: 38, maxLoadGrams: 0 });
    expect(only(goods('lamp', ['fragile']))?.massGrams).toBeGreaterThan(400);
    expect(only(goods('lamp', ['fragile', 'fragile-very']))).toMatchObject({ clearanceMm: 92 });
    expect(only(goods('lamp', ['fragile']), true)).toMatchObject({ massGrams: 400, maxLoadGrams: 0 });
    expect(only(goods('lamp', ['fragile'], { clearanceMm: 10 }))).toMatchObject({ clearanceMm: 10, massGrams: 400 });
    expect(only(goods('oil', ['liquid']))).toMatchObject({ vertical: ['height'] });
    expect(only(goods('oil', ['liquid'], { vertical: ['length'] }))).toMatchObject({ vertical: ['length'] });
  });

  it('falls back from a finer class to its family, and tells of classes without a rule', () => {
    expect(only(goods('x', ['fragile-odd']))).toMatchObject({ clearanceMm: 38 });
    expect(book.treat([goods('x', ['odd', 'fragile'])]).unknown).toEqual(['odd']);
  });

  it('names the kinds of goods and what they are kept apart from', () => {
    expect(only(goods('spray', ['aerosol']))).toMatchObject({ kinds: ['aerosol'], apartFrom: ['battery-alone'] });
    expect(only(goods('bank', ['battery-alone']))?.kinds).toEqual(['battery-alone', 'battery']);
  });

  it('gives each temperature parcels of its own, and refuses goods that ask for two', () => {
    const { lots, refused } = book.treat([
      goods('tee', []),
      goods('vaccine', ['cold']),
      goods('ice', ['frozen']),
      goods('both', ['cold', 'frozen']),
    ]);
    expect(lots.map(({ goods: lot, band }) => [lot.map(({ id }) => id).join(), band?.toC])).toEqual([
      ['tee', undefined],
      ['vaccine', 8],
      ['ice', -15],
    ]);
    expect(refused).toEqual([{ item: 'both', quantity: 1, reason: 'temperatures' }]);
  });

  it('never puts more of a dangerous class together than a parcel may hold, and loses no unit', () => {
    const order = fc.array(
      fc.record({ quantity: fc.integer({ min: 1, max: 9 }), massGrams: fc.integer({ min: 50, max: 1200 }) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(order, (lines) => {
        const all = [
          goods('tee', [], { quantity: 3 }),
          ...lines.map((line, at) => goods(`bank-${at}`, ['battery-alone'], line)),
        ];
        const { lots, refused } = book.treat(all);
        for (const lot of lots) {
          const banks = lot.goods.filter(({ id }) => id !== 'tee');
          expect(banks.reduce((sum, { quantity, massGrams }) => sum + quantity * massGrams, 0)).toBeLessThanOrEqual(
            1000,
          );
        }
        for (const { id, quantity, massGrams } of all) {
          const packed = lots.flatMap((lot) => lot.goods).filter((one) => one.id === id);
          const left = refused.filter(({ item }) => item === id).reduce((sum, one) => sum + one.quantity, 0);
          expect(packed.reduce((sum, one) => sum + one.quantity, 0) + left).toBe(quantity);
          expect(left > 0).toBe(id !== 'tee' && massGrams > 1000);
        }
      }),
    );
  });

  it('tells what a parcel must show, and who does not take it', () => {
    expect(book.demands(['fragile', 'battery-alone', 'fragile-very', 'frozen'])).toMatchObject({
      marks: ['battery mark', 'fragile', 'dry ice'],
      dangerous: [expect.objectContaining({ unNumber: '3480' })],
      refusedBy: [{ channel: 'postal', why: 'loose batteries' }],
    });
  });

  it('follows the rules of the day', () => {
    const before = new HandlingBook(rules, protection, parseDay('2025-12-31') as number);
    expect(before.treat([goods('lamp', ['fragile'])])).toMatchObject({ unknown: ['fragile'] });
  });
});

describe('a carton against heat', () => {
  const carton: Carton = {
    id: 'L',
    inner: { lengthMm: 300, widthMm: 250, heightMm: 250 },
    outer: { lengthMm: 306, widthMm: 256, heightMm: 256 },
    tareGrams: 300,
    maxGrossGrams: 20_000,
    price: 500_000_000,
  };
  const [coolant] = protection.coolants as [Protection['coolants'][number]];
  const cold = (trip: { hours: number; outsideC: number }, of = carton) =>
    coldCartons(of, { fromC: 2, toC: 8, coolant }, trip, protection, (price) => price)[0];

  it('holds the coolant that the heat through its walls asks for', () => {
    const made = cold({ hours: 48, outsideC: 25 });
    // 0.24 x 0.19 x 0.19 m inside the liner: 0.2546 m2; 35 mW/mK / 30 mm x 20 K = 23.3 W/m2; 48 h; 1.3; 300 kJ/kg.
    const grams = Math.ceil(((0.035 / 0.03) * 0.2546 * 20 * 48 * 3600 * 1.3) / 300);
    expect(made?.coolantGrams).toBe(grams);
    const layer = Math.ceil((grams * 1e6) / 1000 / (240 * 190));
    expect(made?.inner).toEqual({ lengthMm: 240, widthMm: 190, heightMm: 190 - layer });
    expect(made?.outer).toEqual(carton.outer);
    expect(made?.tareGrams).toBeGreaterThan(300 + grams);
    expect(made?.price).toBeGreaterThan(carton.price);
  });

  it('needs more coolant for longer and hotter trips, none where it is as warm as it should be', () => {
    const grams = (hours: number, outsideC: number) => cold({ hours, outsideC })?.coolantGrams ?? 0;
    expect(grams(72, 25)).toBeGreaterThan(grams(48, 25));
    expect(grams(48, 35)).toBeGreaterThan(grams(48, 25));
    expect(grams(48, 5)).toBe(0);
  });

  it('is not made of one that is too small, or of a mailer', () => {
    const small = { ...carton, inner: { lengthMm: 90, widthMm: 60, heightMm: 90 } };
    expect(cold({ hours: 48, outsideC: 25 }, small)).toBeUndefined();
    expect(cold({ hours: 48, outsideC: 25 }, { ...carton, soft: true })).toBeUndefined();
    expect(cold({ hours: 500, outsideC: 45 })).toBeUndefined();
  });
});
