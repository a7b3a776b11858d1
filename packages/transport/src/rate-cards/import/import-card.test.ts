import { describe, expect, it } from 'vitest';
import { CompiledCard } from '../card.ts';
import { rateCardSchema } from '../record.ts';
import { type CardFacts, importCard } from './import-card.ts';

const facts: CardFacts = { id: 'own', currency: 'USD', validFrom: '2026-09-01', source: 'own.csv' };
const run = (text: string, more: Partial<CardFacts> = {}) => {
  const [header = '', ...lines] = text.trim().split('\n');
  const rows = lines.map((line, index) => ({ fields: line.split(','), line: index + 2 }));
  return importCard(header.split(','), rows, { ...facts, ...more });
};
const cardOf = (text: string, more: Partial<CardFacts> = {}) => {
  const imported = run(text, more);
  if (!imported.ok) throw new Error(imported.error.map(({ fault }) => fault.what).join());
  return imported.value;
};
const faults = (text: string) => {
  const imported = run(text);
  return imported.ok ? [] : imported.error.map(({ line, fault }) => [line, fault.field, fault.code]);
};
const size = { lengthMm: 100, widthMm: 100, heightMm: 100 };
const price = (card: ReturnType<typeof cardOf>['card'], grams: number, zone = '', country = '') =>
  new CompiledCard(rateCardSchema.parse(card), (amount) => amount).quote(size, grams, { country, zone, day: 30_000 })
    ?.price;

describe('a price table', () => {
  it('by pound and zone becomes a card that quotes it', () => {
    const { card, remarks } = cardOf('billable_lb,zone1,zone2\n0,6,7\n1,7,8\n2,8,9\n3,9,\n');
    expect(remarks).toEqual([]);
    expect([453, 454, 908].map((grams) => price(card, grams, '1'))).toEqual([6e9, 8e9, 9e9]);
    expect(price(card, 908, '2')).toBeUndefined();
    expect(price(card, 1361, '1')).toBeUndefined();
  });

  it('for one zone, or by country', () => {
    expect(price(cardOf('upToG,price\n500,4.10\n1000,5\n').card, 501)).toBe(5e9);
    expect(price(cardOf('upToKg,DE,FR\n0.5,4,5\n1,6,7\n').card, 501, '', 'FR')).toBe(7e9);
  });

  it('per kilogram and parcel, with bands that differ by country', () => {
    const { card } = cardOf('country,upToG,perKg,perParcel\nDE,500,50,20\nDE,2000,50,21\nFR,2000,60,22\n');
    expect(price(card, 500, '', 'DE')).toBe(45e9);
    expect(price(card, 501, '', 'DE')).toBe(46.05e9);
    expect(price(card, 501, '', 'FR')).toBe(52.06e9);
  });

  it('takes all else from another card', () => {
    const dated = {
      validFrom: '2026-01-01',
      validTo: null,
      source: 's',
      readOn: '2026-01-01',
      confidence: 'confirmed',
    };
    const like = rateCardSchema.parse({
      ...{ id: 'like', carrier: 'C', service: 'S', currency: 'USD', to: ['US'], ...dated },
      zones: { names: ['1', '2', '3'], by: 'zone', table: 't' },
      rates: [
        {
          name: 'Ground',
          limits: { sides: 'in', length: 20 },
          weight: { unit: 'lb', step: 1, dimensional: { sides: 'in', divisor: 139 } },
          price: { kind: 'by-weight', upTo: [1], prices: [[1, 2, 3]] },
          ...dated,
        },
      ],
      surcharges: [{ id: 'x', name: 'X', amount: { kind: 'fixed', price: 1 }, ...dated }],
    });
    const { card } = cardOf('upToLb,1,2\n1,5,6\n2,6,7\n', { like });
    expect(card).toMatchObject({ carrier: 'C', to: ['US'], zones: { names: ['1', '2'], table: 't' } });
    // 4 × 4 × 4 in by 139 is one pound, so the gross mass decides; one more for the surcharge.
    expect(price(card, 454, '2')).toBe(8e9);
    const metric = run('upToKg,1,2\n1,5,6\n', { like });
    expect(metric.ok ? '' : metric.error[0]?.fault.what).toBe('is in kg, but like weighs in lb');
  });
});

describe('the check of a price table finds', () => {
  it('nothing in a sound one', () => {
    expect(faults('fromG,upToG,1,2\n0,500,4,5\n501,1000,5,6\n1000,2000,6,7\n')).toEqual([]);
  });

  it('a gap between rows, and one in a zone', () => {
    expect(faults('fromG,upToG,1\n0,500,4\n600,1000,5\n')).toEqual([[3, 'fromG', 'gap']]);
    expect(faults('fromG,upToG,1\n100,500,4\n')).toEqual([[2, 'fromG', 'gap']]);
    expect(faults('billable_lb,zone1\n0,3\n1,4\n2,5\n4,6\n')).toEqual([[5, 'billable_lb', 'gap']]);
    expect(faults('upToLb,zone1,zone2\n1,4,5\n2,5,\n3,6,7\n')).toEqual([[3, 'zone2', 'price-gap']]);
  });

  it('rows that overlap, stand twice or out of order', () => {
    expect(faults('fromG,upToG,1\n0,500,4\n400,1000,5\n')).toEqual([[3, 'fromG', 'overlap']]);
    expect(faults('upToG,1,2\n500,4,5\n500,5,6\n')).toEqual([[3, 'upToG', 'overlap']]);
    expect(faults('billable_lb,zone1\n1,4\n1,5\n2,6\n')).toEqual([[3, 'billable_lb', 'overlap']]);
    expect(faults('upToG,1\n1000,4\n500,5\n')).toEqual([[3, 'upToG', 'overlap']]);
  });

  it('a heavier parcel that costs less, across an empty cell too', () => {
    expect(faults('upToLb,1,2\n1,4,5\n2,5,4.99\n')).toEqual([[3, '2', 'price-drop']]);
    expect(faults('upToLb,1\n1,4\n2,\n3,3\n')).toEqual([
      [3, '1', 'price-gap'],
      [4, '1', 'price-drop'],
    ]);
  });

  it('what is no number, and columns that are none', () => {
    expect(faults('upToLb,1\n1,4.x\n,5\n')).toEqual([
      [2, '1', 'bad-card-table'],
      [3, 'upToLb', 'bad-card-table'],
    ]);
    expect(faults('weight,1\n1,4\n')).toEqual([[1, 'header', 'bad-card-table']]);
    expect(faults('upToLb,1,colour\n1,4,red\n')).toEqual([[1, 'colour', 'bad-card-table']]);
    expect(faults('upToLb,1,zone1\n1,4,5\n')).toEqual([[1, 'zone1', 'bad-card-table']]);
    expect(faults('fromKg,upToLb,1\n0,1,5\n')).toEqual([[1, 'fromKg', 'bad-card-table']]);
    expect(faults('upToLb,perKg\n1,5\n')).toEqual([[1, 'upToLb', 'bad-card-table']]);
  });

  it('and remarks on a further zone that costs less, and on a band that starts lower', () => {
    const remarks = (text: string) => cardOf(text).remarks.map(({ line, fault }) => [line, fault.field, fault.code]);
    expect(remarks('upToLb,1,2,3\n1,4,5,4.50\n')).toEqual([[2, '3', 'nearer-dearer']]);
    expect(remarks('upToG,perKg,perParcel\n100,110,24\n200,105,22\n')).toEqual([[3, 'perKg', 'price-drop']]);
  });
});
