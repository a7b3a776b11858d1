import { ExchangeRates, ratioOfDecimal } from '@crossparcel/units';
import { describe, expect, it } from 'vitest';
import { CardBook } from './card-book.ts';
import { rateCardSchema } from './record.ts';
import { type RateAnswer, rateRequestSchema } from './request.ts';
import { ZoneTable } from './zone-table.ts';

const dated = {
  validFrom: '2026-07-01',
  validTo: null,
  source: 'a test',
  readOn: '2026-07-01',
  confidence: 'confirmed' as const,
};
const card = (id: string, more: object, price: unknown = 10) =>
  rateCardSchema.parse({
    ...{ id, carrier: 'C', service: id, currency: 'USD', to: ['US'], surcharges: [], ...dated },
    rates: [
      {
        name: 'Parcel',
        limits: { length: 600 },
        weight: { unit: 'g', step: 1 },
        price: { kind: 'by-weight', upTo: [500, 1000], prices: [price, price] },
        ...dated,
      },
    ],
    ...more,
  });
const zones = { names: ['1', '2'], by: 'zone', table: 't' };
const table = new ZoneTable({ id: 't', country: 'US', table: 't.csv', despatch: { A: ['900'] }, ...dated }, () => [
  ['787', '2'],
  ['941', '1'],
]);
const rates = new ExchangeRates(
  new Map([
    ['USD', ratioOfDecimal(1)],
    ['GBP', ratioOfDecimal(1.3)],
  ]),
);
const book = new CardBook(
  [
    card('zoned', { zones }, [4, 9]),
    card('flat', { aliases: ['flat.csv'] }),
    card('sterling', { currency: 'GBP' }, 7),
    card('example', { confidence: 'illustrative' }, 1),
    card('elsewhere', { to: ['GB'] }, 1),
  ],
  [table],
  rates,
);
const request = (more: object) =>
  rateRequestSchema.parse({
    id: 'p',
    at: '2026-08-01',
    outer: { lengthMm: 200, widthMm: 100, heightMm: 50 },
    grossGrams: 501,
    ...more,
  });
const answer = (more: object): RateAnswer => {
  const found = book.answer(request(more));
  if (!found.ok) throw new Error(found.error.what);
  return found.value;
};
const fault = (more: object) => {
  const found = book.answer(request(more));
  return found.ok ? undefined : [found.error.field, found.error.code];
};

describe('a request that names its card', () => {
  it('is answered by it, known by id or alias', () => {
    expect(answer({ card: 'flat' })).toMatchObject({
      card: 'flat',
      currency: 'USD',
      price: '10.00',
      billableGrams: 501,
    });
    expect(answer({ card: 'flat.csv' }).card).toBe('flat');
  });

  it('takes the zone as given or from the postal codes', () => {
    expect(answer({ card: 'zoned', zone: 1 })).toMatchObject({ zone: '1', price: '4.00', warnings: [] });
    const told = answer({ card: 'zoned', from: { postcode: '90045' }, to: { postcode: '78701' } });
    expect(told).toMatchObject({ zone: '2', price: '9.00', warnings: [{ code: 'zone-nominal' }] });
    const masked = answer({ card: 'zoned', from: { postcode: '900' }, to: { postcode: '12' } });
    expect(masked).toMatchObject({ zone: '2', warnings: [{ code: 'zone-nominal' }, { code: 'zone-assumed' }] });
  });

  it('names the field at fault', () => {
    expect(fault({ card: 'none' })).toEqual(['card', 'unknown-card']);
    expect(fault({ card: 'zoned', zone: 3 })).toEqual(['zone', 'unknown-zone']);
    expect(fault({ card: 'zoned' })).toEqual(['zone', 'missing-zone']);
    expect(fault({ card: 'zoned', from: { postcode: '100' }, to: { postcode: '787' } })).toEqual([
      'from.postcode',
      'missing-zone',
    ]);
    expect(fault({ card: 'flat', at: '2026-06-30' })).toEqual(['at', 'before-prices']);
    expect(fault({})).toEqual(['country', 'missing-country']);
  });

  it('says which limit refuses, without a price', () => {
    const refused = answer({ card: 'flat', outer: { lengthMm: 601, widthMm: 1, heightMm: 1 } });
    expect(refused.price).toBeUndefined();
    expect(refused.refused).toEqual([
      { card: 'flat', rate: 'Parcel', code: 'limit', text: 'longest side 601 mm is above 600 mm' },
    ]);
    expect(answer({ card: 'flat', country: 'FR' }).refused).toEqual([
      { card: 'flat', rate: 'flat', code: 'country', text: 'does not go to FR' },
    ]);
  });
});

describe('a request without a card', () => {
  it('is answered by the cheapest of all that serve the country, the others after it by what they are worth', () => {
    const found = answer({ country: 'US', zone: 2 });
    expect([found.card, found.price]).toEqual(['zoned', '9.00']);
    expect(found.others).toEqual([
      { card: 'sterling', currency: 'GBP', price: '7.00' },
      { card: 'flat', currency: 'USD', price: '10.00' },
    ]);
  });

  it('passes over cards that cannot be asked, and says why', () => {
    const found = answer({ country: 'US' });
    expect(found.card).toBe('sterling');
    expect(found.refused).toEqual([
      { card: 'zoned', rate: 'zoned', code: 'zone', text: expect.stringMatching(/^is missing; zoned has zones/) },
    ]);
    const none = answer({ country: 'US', zone: 1, grossGrams: 1001 });
    expect([none.card, none.refused?.length]).toEqual([undefined, 3]);
  });
});

describe('the form of a request', () => {
  it('takes numbers and lists as CSV files give them', () => {
    const read = request({ grossGrams: '501', zone: '2', attributes: 'battery remote' });
    expect(read).toMatchObject({ grossGrams: 501, zone: '2', attributes: ['battery', 'remote'] });
  });

  it.each([0, -1, 1.5, '1.5', 'heavy', 3e9])('refuses a mass of %s', (grossGrams) => {
    expect(() => request({ grossGrams })).toThrow();
  });
});
