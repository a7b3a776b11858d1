import { parseDay } from '@crossparcel/units';
import { describe, expect, it } from 'vitest';
import { compileCountryPrice } from './country-price.ts';
import { compileFormats } from './formats.ts';
import { compileLinePrice } from './line-price.ts';
import { compilePoundZone } from './pound-zone.ts';
import { rateCardSchema } from './record.ts';
import { ZoneMap } from './zones.ts';

const dated = {
  validFrom: '2026-07-12',
  validTo: null,
  source: 'a test',
  readOn: '2026-01-01',
  confidence: 'confirmed',
};
const same = (price: number) => price;
const cents = (price: number | undefined) => (price === undefined ? undefined : price / 10_000_000);
const day = (text: string) => parseDay(text) as number;
const trip = (zone: string, on = '2026-08-01') => ({ country: 'US', zone, day: day(on) });
const box = (lengthMm: number, widthMm = lengthMm, heightMm = lengthMm) => ({ lengthMm, widthMm, heightMm });

describe('a card by pound and zone', () => {
  const record = rateCardSchema.parse({
    shape: 'pound-zone',
    id: 'c',
    carrier: 'C',
    service: 'S',
    currency: 'USD',
    dimensional: { aboveCubicInches: 1728, cubicInchesPerPound: 139 },
    limits: { maxPounds: 70, maxLengthPlusGirthInches: 130 },
    zones: ['1', '8'],
    rows: Array.from({ length: 71 }, (_, pound) => [6 + pound, pound === 30 ? null : 8 + pound]),
    adders: [
      {
        id: 'holiday',
        zones: ['8'],
        bands: [
          { upToPounds: 3, price: 0.55 },
          { upToPounds: 10, price: 1.05 },
        ],
        ...dated,
        validFrom: '2026-10-04',
        validTo: '2027-01-17',
      },
    ],
    ...dated,
  });
  if (record.shape !== 'pound-zone') throw new Error('shape');
  const card = compilePoundZone(record, same);
  const price = (outer: ReturnType<typeof box>, grams: number, zone = '1', on?: string) =>
    cents(card.quote(outer, grams, trip(zone, on))?.price);

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
  });

  it('does not take what is too heavy, too long, or has no price', () => {
    expect(price(box(100), 31_751)).toBeDefined();
    expect(price(box(100), 31_752)).toBeUndefined();
    expect(price(box(2200, 300, 300), 400)).toBeUndefined();
    expect(price(box(100), 13_500, '8')).toBeUndefined();
    expect(price(box(100), 400, '9')).toBeUndefined();
  });
});

describe('a card by format', () => {
  const format = (
    name: string,
    maxMm: number[],
    maxGrams: number,
    amount: number,
    validFrom: string,
    validTo: string | null = null,
  ) => ({ name, maxMm, maxGrams, price: amount, ...dated, validFrom, validTo });
  const record = rateCardSchema.parse({
    shape: 'formats',
    id: 'f',
    carrier: 'F',
    service: 'S',
    currency: 'GBP',
    formats: [
      format('letter', [353, 250, 25], 1000, 2.85, '2026-01-01'),
      format('small', [450, 350, 160], 2000, 3.65, '2026-04-01', '2026-10-04'),
      format('small', [450, 350, 160], 2000, 3.75, '2026-10-05'),
    ],
    ...dated,
  });
  if (record.shape !== 'formats') throw new Error('shape');
  const card = compileFormats(record, same);
  const price = (outer: ReturnType<typeof box>, grams: number, on: string) =>
    cents(card.quote(outer, grams, trip('', on))?.price);

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
    const quote = (grams: number, country = 'DE') => card.quote(box(100), grams, { country, zone: '', day: 0 });
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
