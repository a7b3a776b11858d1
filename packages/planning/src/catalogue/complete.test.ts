import { Reference } from '@crossparcel/files';
import { ExchangeRates, volumeMm3 } from '@crossparcel/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeItem, type Sold } from './complete.ts';
import type { CatalogueRow } from './record.ts';

const reference = new Reference();
const estimates = reference.estimates();
const rates = new ExchangeRates(reference.worthInUsd());
const complete = (row: Partial<CatalogueRow>, sold: Sold = {}) =>
  completeItem({ sku: 'A', ...row }, sold, estimates, rates, 'USD');
const whole = {
  lengthMm: '200',
  widthMm: '100',
  heightMm: '50',
  massGrams: '300',
  hs: '6109.10',
  origin: 'VN',
  value: '12.50',
};

describe('completing a catalogue row', () => {
  it('leaves what is there', () => {
    expect(complete(whole)).toMatchObject({
      size: { lengthMm: 200, widthMm: 100, heightMm: 50 },
      massGrams: 300,
      hs: '610910',
      origin: 'VN',
      value: { minor: 1250, currency: 'USD' },
      estimated: [],
    });
    expect(complete({ ...whole, handling: 'none' }).handling).toEqual([]);
    expect(complete({ ...whole, handling: 'battery fragile' }).handling).toEqual(['battery', 'fragile']);
  });

  it('estimates the mass from the volume, and the size from the mass, by the chapter’s density', () => {
    const clothing = estimates.byChapter.find((one) => one.chapter === '61');
    expect(complete({ ...whole, massGrams: '' })).toMatchObject({
      massGrams: clothing?.gramsPerLitre,
      estimated: ['mass'],
    });
    const sized = complete({ ...whole, lengthMm: '' });
    expect(sized.estimated).toEqual(['size']);
    const litres = volumeMm3(sized.size) / 1e6;
    expect(300 / litres).toBeLessThanOrEqual(clothing?.gramsPerLitre ?? 0);
    expect(300 / litres).toBeGreaterThan((clothing?.gramsPerLitre ?? 0) * 0.9);
  });

  it('knows nothing of an unknown SKU but what it was sold for, and flags it all', () => {
    const item = complete({}, { price: { minor: 300, currency: 'GBP' }, description: 'DOGGY RUBBER' });
    expect(item).toMatchObject({
      hs: '',
      origin: estimates.origin,
      value: { minor: 396, currency: 'USD' },
      description: 'DOGGY RUBBER',
    });
    expect([...item.estimated].sort()).toEqual(['hs', 'mass', 'origin', 'size', 'value']);
  });

  it('always gives goods that can be packed and weighed', () => {
    const text = fc.oneof(fc.constant(''), fc.integer({ min: 1, max: 2000 }).map(String));
    fc.assert(
      fc.property(
        text,
        text,
        text,
        text,
        fc.constantFrom('', '61', '850760'),
        (lengthMm, widthMm, heightMm, massGrams, hs) => {
          const { size, massGrams: mass } = complete({ lengthMm, widthMm, heightMm, massGrams, hs });
          for (const side of Object.values(size).filter((one) => typeof one === 'number'))
            expect(side).toBeGreaterThan(0);
          expect(Number.isInteger(mass) && mass > 0).toBe(true);
        },
      ),
    );
  });
});
