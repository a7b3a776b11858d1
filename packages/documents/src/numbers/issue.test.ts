import { Reference } from '@crossparcel/files';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gtin } from './gtin.ts';
import { IdentifierBook } from './identifier-book.ts';
import { displayImpb, impb, readImpb } from './impb.ts';
import { type ReceptacleParts, s8, s9 } from './receptacle.ts';

const book = new IdentifierBook(new Reference().identifiers());
const formatsOf = (number: string) => book.identify(number).accepted.map(({ format }) => format.record.id);
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

describe('GTINs', () => {
  it.each([
    ['96385074', { length: 8, companyPrefix: '963850', item: 7 }],
    ['036000291452', { length: 12, companyPrefix: '036000', item: 29145 }],
    ['4006381333931', { length: 13, companyPrefix: '4006381', item: 33393 }],
    ['10614141999993', { length: 14, indicator: 1, companyPrefix: '0614141', item: 99999 }],
  ] as const)('%s is made of its parts', (number, parts) => {
    expect(gtin(parts)).toBe(number);
  });

  it('of any parts are recognised', () => {
    fc.assert(
      fc.property(digits(7), fc.nat(9999), (companyPrefix, item) => {
        expect(formatsOf(gtin({ length: 13, companyPrefix, item }))).toContain('gtin-13');
      }),
    );
  });

  it.each([
    { length: 13, companyPrefix: '4006381', item: 100_000 },
    { length: 13, companyPrefix: '400638133393', item: 1 },
    { length: 13, companyPrefix: '4006381', item: 1, indicator: 1 },
    { length: 14, companyPrefix: '4006381', item: 1 },
    { length: 8, companyPrefix: '96A', item: 1 },
  ] as const)('refuse parts that do not fit', (parts) => {
    expect(() => gtin(parts)).toThrow(RangeError);
  });
});

describe('package identification codes', () => {
  const parts = fc.oneof(
    fc.record({ channel: fc.constant('92' as const), mailerId: digits(8).map((text) => `9${text}`) }),
    fc.record({
      channel: fc.constantFrom('93' as const, '94' as const, '95' as const),
      mailerId: digits(5).map((text) => `3${text}`),
    }),
  );

  it('are recognised and read back in groups', () => {
    fc.assert(
      fc.property(parts, digits(3), fc.nat(9_999_999), (one, serviceType, serial) => {
        const code = impb({ ...one, serviceType, serial });
        expect(code).toHaveLength(22);
        expect(formatsOf(code)).toContain('usps-impb');
        expect(readImpb(displayImpb(code))).toBe(code);
      }),
    );
  });

  it('refuse a wrong check digit, and parts that do not go together', () => {
    const code = impb({ channel: '92', serviceType: '612', mailerId: '912345678', serial: 1 });
    expect(readImpb(code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10))).toBeUndefined();
    const wrong = [
      { channel: '92', serviceType: '612', mailerId: '312345', serial: 1 },
      { channel: '93', serviceType: '612', mailerId: '912345', serial: 1 },
      { channel: '92', serviceType: '61', mailerId: '912345678', serial: 1 },
      { channel: '92', serviceType: '612', mailerId: '912345678', serial: 10_000_000 },
    ] as const;
    for (const one of wrong) expect(() => impb(one)).toThrow(RangeError);
    expect(() => impb({ channel: '92', serviceType: '612', mailerId: '912345678', serial: 1 }, 30)).toThrow(RangeError);
  });
});

describe('despatches and receptacles', () => {
  const receptacle: ReceptacleParts = {
    origin: 'CNSZXA',
    destination: 'DEFRAA',
    category: 'A',
    subclass: 'UN',
    year: 2026,
    despatch: 17,
    receptacle: 3,
    isLast: true,
    registered: 0,
    grossGrams: 12_345,
  };

  it('share the despatch and add number, last, registered, weight in 100 g', () => {
    expect(s8(receptacle)).toBe('CNSZXADEFRAAAUN60017');
    expect(s9(receptacle)).toBe('CNSZXADEFRAAAUN60017003100124');
    expect(formatsOf(s8(receptacle))).toContain('upu-s8');
    expect(formatsOf(s9(receptacle))).toContain('upu-s9');
  });

  it.each([
    { origin: 'CNSZX' },
    { category: 'E' },
    { subclass: 'U' },
    { despatch: 0 },
    { receptacle: 1000 },
    { grossGrams: 1_000_000 },
  ])('refuse %o', (change) => {
    expect(() => s9({ ...receptacle, ...change })).toThrow(RangeError);
  });
});
