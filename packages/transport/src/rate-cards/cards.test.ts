import { parseDay } from '@crossparcel/units';
import { describe, expect, it } from 'vitest';
import { CompiledCard } from './card.ts';
import { compileCountryPrice } from './country-price.ts';
import { compileLinePrice } from './line-price.ts';
import type { Trip } from './quote.ts';
import { rateCardSchema } from './record.ts';
import { ZoneMap } from './zones.ts';

const dated = {
  validFrom: '2026-07-12',
  validTo: null as string | null,
  source: 'a test',
  readOn: '2026-01-01',
  confidence: 'confirmed',
};
const same = (price: number) => price;
const cents = (price: number | undefined) => (price === undefined ? undefined : price / 10_000_000);
const day = (text: string) => parseDay(text) as number;
const trip = (zone = '', on = '2026-08-01', attributes: string[] = []): Trip => ({
  country: 'US',
  zone,
  day: day(on),
  attributes: new Set(attributes),
});
const box = (lengthMm: number, widthMm = lengthMm, heightMm = lengthMm) => ({ lengthMm, widthMm, heightMm });

/** A card of some rates, each with the fields that every record has. */
const cardOf = (card: object, rates: object[], surcharges: object[] = []): CompiledCard => {
  const record = rateCardSchema.parse({
    id: 'c',
    carrier: 'C',
    service: 'S',
    currency: 'USD',
    rates: rates.map((rate) => ({ name: 'r', ...dated, ...rate })),
    surcharges: surcharges.map((one) => ({ name: 'extra', ...dated, ...one })),
    ...dated,
    ...card,
  });
  return new CompiledCard(record, same);
};
const grams = { unit: 'g', step: 1 };
const flat = (price: number, upTo = 1_000_000) => ({ kind: 'by-weight', upTo: [upTo], prices: [price] });

describe('a table by pound and zone', () => {
  const upTo = [0.9999375, ...Array.from({ length: 70 }, (_, index) => index + 1)];
  const card = cardOf(
    { zones: { names: ['1', '8'], by: 'zone' } },
    [
      {
        limits: { sides: 'in', lengthPlusGirth: 130, weight: { value: 70, unit: 'lb' } },
        weight: {
          unit: 'lb',
          step: 1,
          exactBelow: 1,
          dimensional: { sides: 'in', divisor: 139, when: { volumeAbove: 1728 } },
        },
        price: { kind: 'by-weight', upTo, prices: upTo.map((_, row) => [6 + row, row === 30 ? null : 8 + row]) },
      },
    ],
    [
      {
        id: 'holiday',
        when: { zones: ['8'] },
        amount: {
          kind: 'by-weight',
          unit: 'lb',
          bands: [
            { upTo: 3, price: 0.55 },
            { upTo: 10, price: 1.05 },
          ],
        },
        validFrom: '2026-10-04',
        validTo: '2027-01-17',
      },
    ],
  );
  const price = (outer: ReturnType<typeof box>, mass: number, zone = '1', on?: string) =>
    cents(card.quote(outer, mass, trip(zone, on))?.price);

  it('steps at the very gram', () => {
    expect(price(box(100), 453)).toBe(600);
    expect(price(box(100), 454)).toBe(800);
    expect(price(box(100), 907)).toBe(800);
    expect(price(box(100), 908)).toBe(900);
  });

  it('counts dimensional weight only above the threshold, each side up to the inch', () => {
    expect(price(box(304), 400)).toBe(600);
    expect(price(box(305), 400)).toBe(600 + 16 * 100);
    expect(price(box(305, 304, 304), 400)).toBe(600 + 14 * 100);
    expect(price(box(330), 400)).toBe(600 + 16 * 100);
    expect(price(box(331), 400)).toBe(600 + 20 * 100);
  });

  it('adds the holiday amount by weight and zone, from the first to the last day', () => {
    expect(price(box(100), 400, '8', '2026-10-03')).toBe(800);
    expect(price(box(100), 400, '8', '2026-10-04')).toBe(855);
    expect(price(box(100), 400, '1', '2026-10-04')).toBe(600);
    expect(price(box(100), 1500, '8', '2027-01-17')).toBe(800 + 4 * 100 + 105);
    expect(price(box(100), 1500, '8', '2027-01-18')).toBe(800 + 4 * 100);
    expect(price(box(100), 6000, '8', '2026-12-01')).toBe(800 + 14 * 100);
    expect(card.settledFrom).toBe(day('2027-01-18'));
  });

  it('does not take what is too heavy, too long, or has no price', () => {
    expect(price(box(100), 31_751)).toBeDefined();
    expect(price(box(100), 31_752)).toBeUndefined();
    expect(price(box(2200, 300, 300), 400)).toBeUndefined();
    expect(price(box(100), 13_500, '8')).toBeUndefined();
    expect(price(box(100), 400, '9')).toBeUndefined();
  });

  it('explains itself: the row, the weight that decided, every addition', () => {
    const explained = card.explain(box(330), 400, trip('8', '2026-11-22'));
    if (!explained.ok) throw new Error('not taken');
    expect(explained.value).toMatchObject({ basis: 'dimensional', weight: '13 × 13 × 13 in ÷ 139 = 16 lb' });
    expect(explained.value.lines.map(({ name, row, amount }) => [name, row, cents(amount)])).toEqual([
      ['r', 'up to 16 lb, zone 8', 2400],
    ]);
    const light = card.explain(box(100), 3 * 453, trip('8', '2026-11-22'));
    if (!light.ok) throw new Error('not taken');
    expect(light.value.lines.map(({ row, amount }) => [row, cents(amount)])).toEqual([
      ['up to 3 lb, zone 8', 1100],
      ['holiday', 55],
    ]);
    expect(light.value.price).toBe(light.value.lines.reduce((sum, line) => sum + line.amount, 0));
  });

  it('says which limit refuses', () => {
    const why = (outer: ReturnType<typeof box>, mass: number, zone = '8') => {
      const answer = card.explain(outer, mass, trip(zone));
      return answer.ok ? undefined : answer.error.map(({ code, text }) => `${code}: ${text}`);
    };
    expect(why(box(100), 31_752)).toEqual(['limit: gross weight 70.0012 lb is above 70 lb']);
    expect(why(box(2200, 300, 300), 400)).toEqual(['limit: length and girth 135 in is above 130 in']);
    expect(why(box(600), 400)).toEqual([
      'weight: no price above 70 lb in zone 8; charged are 24 × 24 × 24 in ÷ 139 = 100 lb',
    ]);
    expect(why(box(100), 13_500)).toEqual(['zone: has no price in zone 8']);
    expect(why(box(100), 400, '9')).toEqual(['zone: zone 9 is unknown; the card has 1, 8']);
  });
});

describe('a card by format', () => {
  const format = (name: string, [length, width, height]: number[], most: number, price: number, dates: object) => ({
    name,
    limits: { length, width, height },
    weight: grams,
    price: flat(price, most),
    ...dates,
  });
  const card = cardOf({}, [
    format('letter', [353, 250, 25], 1000, 2.85, { validFrom: '2026-01-01' }),
    format('small', [450, 350, 160], 2000, 3.65, { validFrom: '2026-04-01', validTo: '2026-10-04' }),
    format('small', [450, 350, 160], 2000, 3.75, { validFrom: '2026-10-05' }),
  ]);
  const price = (outer: ReturnType<typeof box>, mass: number, on: string) =>
    cents(card.quote(outer, mass, trip('', on))?.price);

  it('takes the cheapest that holds the parcel in some turn', () => {
    expect(price(box(25, 353, 250), 1000, '2026-11-01')).toBe(285);
    expect(price(box(26, 353, 250), 1000, '2026-11-01')).toBe(375);
    expect(price(box(25, 353, 250), 1001, '2026-11-01')).toBe(375);
    expect(price(box(160, 160, 160), 2001, '2026-11-01')).toBeUndefined();
    expect(price(box(160, 400, 300), 500, '2026-11-01')).toBe(375);
    expect(price(box(351, 351, 100), 500, '2026-11-01')).toBeUndefined();
  });

  it('changes price on its day, and quotes earlier days at the first price on file', () => {
    expect(price(box(100), 500, '2026-10-04')).toBe(365);
    expect(price(box(100), 500, '2026-10-05')).toBe(375);
    expect(price(box(100), 500, '2025-06-01')).toBe(365);
    expect(card.onFileFrom).toBe(day('2026-01-01'));
    expect(card.settledFrom).toBe(day('2026-10-05'));
  });

  it('names the limit of every format that refuses', () => {
    const answer = card.explain(box(500, 10, 10), 500, trip('', '2026-11-01'));
    expect(answer.ok ? [] : answer.error.map(({ rate, text }) => `${rate}: ${text}`)).toEqual([
      'letter: longest side 500 mm is above 353 mm',
      'small: longest side 500 mm is above 450 mm',
    ]);
  });
});

describe('what else the language can say', () => {
  const price = (card: CompiledCard, outer: ReturnType<typeof box>, mass: number, attributes: string[] = []) =>
    cents(card.quote(outer, mass, trip('', '2026-08-01', attributes))?.price);

  it('tiers by cubic feet, sides down to a quarter inch', () => {
    const tiers = cardOf({}, [
      {
        limits: { sides: 'in', length: 18, weight: { value: 20, unit: 'lb' } },
        weight: { unit: 'lb', step: 1 },
        price: { kind: 'by-volume', upToCubicFeet: [0.1, 0.2], prices: [5, 6] },
      },
    ]);
    // 12 × 7.2 × 2 in is 172.8 cubic inches, a tenth of a cubic foot; 7.2 counts as 7.
    expect(price(tiers, { lengthMm: 305, widthMm: 183, heightMm: 51 }, 9000)).toBe(500);
    expect(price(tiers, { lengthMm: 305, widthMm: 185, heightMm: 51 }, 9000)).toBe(600);
    expect(price(tiers, box(178), 9000)).toBe(600);
    expect(price(tiers, box(185), 9000)).toBeUndefined();
    expect(price(tiers, { lengthMm: 458, widthMm: 50, heightMm: 50 }, 9000)).toBeUndefined();
    expect(price(tiers, box(100), 9073)).toBeUndefined();
  });

  it('kilograms in bands, with a minimum charge', () => {
    const bands = cardOf({}, [
      {
        weight: { unit: 'kg', step: 0.1 },
        price: {
          kind: 'per-kg',
          bands: [
            { upTo: 1, perKg: 8, perParcel: 2 },
            { perKg: 6, perParcel: 3 },
          ],
        },
        minimumCharge: 3.5,
      },
    ]);
    expect(price(bands, box(10), 100)).toBe(350);
    expect(price(bands, box(10), 999)).toBe(1000);
    expect(price(bands, box(10), 1001)).toBe(300 + 660);
  });

  it('dimensional weight from a longest side on', () => {
    const express = cardOf({}, [
      {
        weight: {
          unit: 'g',
          step: 500,
          from: 500,
          dimensional: { sides: 'cm', divisor: 6000, when: { longestSideMm: 400 } },
        },
        price: { kind: 'first-and-additional', first: 52.5, additional: 15 },
      },
    ]);
    expect(price(express, { lengthMm: 399, widthMm: 399, heightMm: 399 }, 500)).toBe(5250);
    // 40 × 40 × 40 cm by 6000 is 10.67 kg: 21 steps beyond the first half kilogram.
    expect(price(express, { lengthMm: 400, widthMm: 399, heightMm: 391 }, 500)).toBe(5250 + 21 * 1500);
    expect(price(express, box(100), 501)).toBe(6750);
  });

  it('surcharges by size, attribute and percentage, one of a group', () => {
    const card = cardOf(
      { refuses: ['liquid'] },
      [{ weight: grams, price: flat(10) }],
      [
        {
          id: 'long',
          group: 'size',
          when: { above: { sides: 'in', length: 22 } },
          amount: { kind: 'fixed', price: 4 },
        },
        {
          id: 'longer',
          group: 'size',
          when: { above: { sides: 'in', length: 30 } },
          amount: { kind: 'fixed', price: 15 },
        },
        { id: 'battery', when: { attribute: 'battery' }, amount: { kind: 'fixed', price: 0.7 } },
        { id: 'fuel', amount: { kind: 'percent', percent: 29.5, of: 'base' } },
        { id: 'toll', amount: { kind: 'percent', percent: 10, of: 'subtotal' } },
      ],
    );
    expect(price(card, box(558), 1)).toBe(1424.5);
    expect(price(card, box(559), 1)).toBe(1864.5);
    expect(price(card, box(763), 1)).toBe(3074.5);
    expect(price(card, box(10), 1, ['battery-pi967-ii'])).toBe(1501.5);
    expect(price(card, box(10), 1, ['liquid'])).toBeUndefined();
  });

  it('rates for one packaging only', () => {
    const card = cardOf({}, [{ name: 'Box', only: 'own-box', weight: grams, price: flat(12.1) }]);
    expect(price(card, box(100), 500, ['own-box'])).toBe(1210);
    const answer = card.explain(box(100), 500, trip());
    expect(answer.ok ? [] : answer.error).toEqual([{ rate: 'Box', code: 'packaging', text: 'only for own-box' }]);
  });

  it('refuses what contradicts itself, by field', () => {
    const faults = (rate: object) => {
      const parsed = rateCardSchema.safeParse({
        ...{ id: 'c', carrier: 'C', service: 'S', currency: 'USD', surcharges: [], ...dated },
        rates: [{ name: 'r', ...dated, ...rate }],
      });
      return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    };
    expect(
      faults({ weight: { unit: 'lb', step: 1 }, price: { kind: 'per-kg', bands: [{ perKg: 1, perParcel: 1 }] } }),
    ).toEqual([expect.stringMatching(/^rates.0.weight.step is no whole number of grams/)]);
    expect(faults({ weight: grams, price: { kind: 'by-weight', upTo: [2, 1], prices: [1, 2] } })).toEqual([
      expect.stringMatching(/^rates.0.price.upTo does not rise/),
    ]);
    expect(faults({ weight: grams, price: { kind: 'by-weight', upTo: [1, 2], prices: [[1, 2], 1] } })).toEqual([
      expect.stringMatching(/^rates.0.price has a row \(number 1\) without 1 prices/),
    ]);
    expect(faults({ weight: { ...grams, dimensional: { sides: 'in', divisor: 139 } }, price: flat(1) })).toEqual([
      expect.stringMatching(/^rates.0.weight.dimensional.sides does not go with the unit/),
    ]);
  });
});

describe('the price of a line', () => {
  const perKg = compileLinePrice(
    {
      shape: 'per-kg',
      currency: 'USD',
      perKg: 5.6,
      perParcel: 0.35,
      minimumGrams: 50,
      stepGrams: 10,
      volumetricDivisor: 8000,
      volumetricWhen: 'max(actual, volumetric)',
    },
    same,
  );

  it('takes the larger of gross and volumetric mass, a minimum and a step', () => {
    expect(perKg(box(100), 209)).toEqual({ price: 210 * 5_600_000 + 350_000_000, billableGrams: 210 });
    expect(perKg(box(20), 12).billableGrams).toBe(50);
    expect(perKg(box(200), 500).billableGrams).toBe(1000);
    expect(perKg(box(200, 200, 201), 500).billableGrams).toBe(1010);
  });

  it('counts volume only above twice the mass where the line says so', () => {
    const lenient = compileLinePrice(
      {
        shape: 'per-kg',
        currency: 'USD',
        perKg: 1,
        perParcel: 0,
        minimumGrams: 0,
        stepGrams: 1,
        volumetricDivisor: 8000,
        volumetricWhen: 'volumetric only if over twice the actual',
      },
      same,
    );
    expect(lenient(box(200), 500).billableGrams).toBe(500);
    expect(lenient(box(200), 499).billableGrams).toBe(1000);
  });

  it('charges a first weight and each started step beyond', () => {
    const express = compileLinePrice(
      {
        shape: 'first-and-additional',
        currency: 'USD',
        firstGrams: 500,
        firstPrice: 17,
        stepGrams: 500,
        stepPrice: 4.2,
        volumetricDivisor: 5000,
        volumetricWhen: 'max(actual, volumetric)',
      },
      same,
    );
    expect(cents(express(box(100), 500).price)).toBe(1700);
    expect(cents(express(box(100), 501).price)).toBe(2120);
    expect(cents(express(box(100), 1000).price)).toBe(2120);
    expect(cents(express(box(200), 100).price)).toBe(1700 + 3 * 420);
  });
});

describe('a formula by country', () => {
  const card = compileCountryPrice(
    {
      shape: 'per-parcel-and-kg',
      currency: 'USD',
      stepGrams: 100,
      maxGrams: 20_000,
      byCountry: { DE: { perParcel: 4.1, perKg: 0.45 } },
    },
    same,
  );

  it('rounds the mass up and stops at its limit and its countries', () => {
    const quote = (mass: number, country = 'DE') => card.quote(box(100), mass, { country, zone: '', day: 0 });
    expect(quote(201)).toEqual({ price: 4_100_000_000 + 300 * 450_000, billableGrams: 300 });
    expect(quote(20_001)).toBeUndefined();
    expect(quote(100, 'FR')).toBeUndefined();
  });
});

describe('zones by postal prefix', () => {
  const zones = new ZoneMap([
    ['787', '6'],
    ['786', '7'],
    ['100', '2'],
    ['995', '8'],
  ]);

  it('are told by the code', () => {
    expect(zones.zoneOf('787')).toEqual({ zone: '6', assumed: false });
    expect(zones.zoneOf('78701-1234')).toEqual({ zone: '6', assumed: false });
  });

  it('are the farthest that a masked or unknown code could mean', () => {
    expect(zones.zoneOf('78')).toEqual({ zone: '7', assumed: true });
    expect(zones.zoneOf('788')).toEqual({ zone: '7', assumed: true });
    expect(zones.zoneOf('')).toEqual({ zone: '8', assumed: true });
    expect(zones.zoneOf('XYZ')).toEqual({ zone: '8', assumed: true });
  });
});
