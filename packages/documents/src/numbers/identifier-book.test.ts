import { Reference } from '@crossparcel/files';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCharacter } from './check-digit.ts';
import type { FormatRecord, IdentifierFile } from './format-record.ts';
import { IdentifierBook } from './identifier-book.ts';
import { identifyAnswer } from './identify-record.ts';
import { type Shape, shapesOf } from './pattern.ts';
import { displayS10, s10 } from './s10.ts';
import { sscc } from './sscc.ts';

const files = new Reference().identifiers();
const formats = files.flatMap((file) => file.formats);
const tables = new Map(files.flatMap((file) => file.tables.map((table) => [table.id, table])));
const book = new IdentifierBook(files);
const formatsOf = (number: string) => book.identify(number).accepted.map(({ format }) => format.record.id);
const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

/** The number that a shape makes of drawn characters, with required codes from their tables and the right check digit. */
const complete = (record: FormatRecord, shape: Shape, draws: readonly number[]): string => {
  const places = (part: string) => shape.flatMap((cell, index) => (cell.part === part ? [index] : []));
  const characters = shape.map(({ allowed }, index) => allowed[(draws[index] ?? 0) % allowed.length] ?? '');
  for (const { part, table, required } of record.lookups) {
    if (!required) continue;
    const rows = tables.get(table)?.rows ?? [];
    const row = rows[(draws[0] ?? 0) % rows.length];
    const code = row && ('is' in row ? row.is : row.to);
    for (const [index, place] of places(part).entries()) characters[place] = code?.[index] ?? '';
  }
  const { check } = record;
  if (check) {
    const body = check.over.flatMap((part) => places(part).map((place) => characters[place])).join('');
    const assumed = body.startsWith(check.assumes ?? '') ? '' : (check.assumes ?? '');
    const [place = -1] = places('check');
    characters[place] = checkCharacter(check.rule, assumed + body);
  }
  return characters.join('');
};

const draws = fc.array(fc.nat(9999), { minLength: 45, maxLength: 45 });

describe('the formats on file', () => {
  it('are the standards and the carriers that are promised', () => {
    const ids = formats.map(({ id }) => id);
    const standards = [
      'upu-s10',
      'upu-s8',
      'upu-s9',
      'sscc-18',
      'gtin-8',
      'gtin-12',
      'gtin-13',
      'gtin-14',
      'usps-impb',
    ];
    expect(ids).toEqual(expect.arrayContaining(standards));
    expect(ids.length).toBe(standards.length + 38);
  });

  it.each(formats.map((record) => ({ id: record.id, record })))('$id accepts what it describes', ({ id, record }) => {
    for (const shape of record.patterns.flatMap(shapesOf)) {
      fc.assert(
        fc.property(draws, (drawn) => {
          expect(formatsOf(complete(record, shape, drawn))).toContain(id);
        }),
        { numRuns: 5 },
      );
    }
  });

  it.each(formats.map((record) => ({ id: record.id, record })))('$id is written in any case and spacing', (one) => {
    const [shape = []] = one.record.patterns.flatMap(shapesOf);
    fc.assert(
      fc.property(draws, fc.array(fc.nat(40), { maxLength: 8 }), (drawn, gaps) => {
        const number = complete(one.record, shape, drawn);
        const spaced = [...number]
          .map((character, index) => (gaps.includes(index) ? ` ${character}` : character))
          .join('');
        const plain = book.identify(number);
        expect(book.identify(` ${spaced.toLowerCase()} `)).toEqual(plain);
      }),
      { numRuns: 20 },
    );
  });
});

describe('published numbers', () => {
  it.each([
    ['RR473124829GB', ['upu-s10']],
    ['LX 017 032 965 CN', ['upu-s10', 'dhl_ecommerce']],
    ['cp553145500de', ['upu-s10']],
    ['４００６３８１３３３９３１', ['gtin-13']],
    ['978-0-306-40615-7', ['gtin-13']],
    ['036000291452', ['gtin-12']],
    ['96385074', ['gtin-8']],
    ['10614141999993', ['gtin-14', 'dhl_ecommerce_14']],
    ['(00) 3 4012345 123456789 5', ['sscc-18']],
    ['1Z 999 AA1 01 2345 6784', ['ups']],
    ['9400 1000 0000 0000 0000 06', ['usps_impb_n', 'usps-impb']],
    ['CNSZXAUSJFKAACC60123', ['upu-s8']],
    ['CNSZXAUSJFKAACC60123 001 1 9 0154', ['upu-s9']],
    ['LTN74207623N1', ['landmark_global']],
    ['YT2229521272164446', ['yunexpress']],
  ])('%s is of %j', (number, expected) => {
    expect(formatsOf(number)).toEqual(expected);
  });

  it('tell their parts and what these mean', () => {
    expect(identifyAnswer(book, { id: 'a', number: 'rr 473 124 829 gb' })).toEqual({
      id: 'a',
      number: 'rr 473 124 829 gb',
      valid: true,
      matches: [
        {
          format: 'upu-s10',
          name: 'UPU S10 item identifier',
          aliases: ['s10'],
          carrier: 'post-gb',
          carrierName: 'Royal Mail Group plc',
          parts: { service: 'RR', serial: '47312482', check: '9', country: 'GB' },
          meanings: { service: 'registered letter post', country: 'United Kingdom' },
        },
      ],
    });
    const [receptacle] = identifyAnswer(book, { number: 'CNSZXAUSJFKAACC601230011' + '90154' }).matches;
    expect(receptacle?.parts).toMatchObject({ originOffice: 'A', despatch: '0123', receptacle: '001', weight: '0154' });
    expect(receptacle?.meanings).toMatchObject({ category: 'air or priority', subclass: 'e-commerce parcels' });
    const [parcel] = identifyAnswer(book, { number: '420 10023 3424 9200190132607600833457' }).matches;
    expect(parcel).toMatchObject({ carrier: 'usps', parts: { zip: '10023', plus4: '3424', shipper: '901326076' } });
  });
});

describe('a number that is refused', () => {
  it.each([
    ['RB123456786US', 'nearest is upu-s10 (UPU S10 item identifier): check digit 6, expected 5'],
    ['RB123456785XX', 'nearest is upu-s10 (UPU S10 item identifier): country of the issuing post XX is not known'],
    ['JA473124829GB', 'nearest is upu-s10 (UPU S10 item identifier): service indicator JA is not known'],
    ['RB12345678GB', 'nearest is upu-s10 (UPU S10 item identifier): 12 characters, expected 13'],
    ['1A5R89390357567127', 'nearest is ups (UPS 1Z): character 2 is A, expected Z'],
    ['1Z5R8939035756712X', 'nearest is ups (UPS 1Z): character 18 is X, expected a digit (check digit)'],
    ['TBB000000000000', 'nearest is amazon_logistics (Amazon Logistics): character 3 is B, expected one of ACM'],
    ['CNSZXAUSJFKAFCC60123', 'nearest is upu-s8 (UPU S8 despatch identifier): mail category F is not known'],
    ['568283610012732', 'nearest is fedex_ground (FedEx Ground, 15 digits): check digit 2, expected 4'],
    ['?', 'no format on file is near'],
    ['hello, world', 'no format on file is near'],
  ])('%s: %s', (number, why) => {
    expect(identifyAnswer(book, { number })).toEqual({ number, valid: false, matches: [], why });
  });
});

describe('a single wrong digit', () => {
  // Their weights have no factor in common with the modulus. A barcode of 420 with a ZIP code can be read in two ways, with
  // ZIP+4 or with a longer number, and so is left out.
  const guarded = formats.filter(({ id }) => /^(gtin|sscc|usps-impb|purolator_num|old_dom|canada)/.test(id));

  it.each(guarded.map((record) => ({ id: record.id, record })))('is noticed in $id', ({ id, record }) => {
    const covered = new Set([...(record.check?.over ?? []), 'check']);
    for (const shape of record.patterns.flatMap(shapesOf)) {
      if (shape.some(({ part }) => part === 'routing')) continue;
      const places = shape.flatMap(({ part }, index) => (covered.has(part ?? '') ? [index] : []));
      fc.assert(
        fc.property(draws, fc.nat(99), fc.integer({ min: 1, max: 9 }), (drawn, choice, shift) => {
          const number = complete(record, shape, drawn);
          const place = places[choice % places.length] ?? 0;
          const wrong = `${number.slice(0, place)}${(Number(number[place]) + shift) % 10}${number.slice(place + 1)}`;
          expect(formatsOf(wrong)).not.toContain(id);
        }),
        { numRuns: 30 },
      );
    }
  });
});

describe('numbers of our own', () => {
  const countries = (tables.get('postal-operators')?.rows ?? []).flatMap((row) => ('is' in row ? [row.is] : []));
  const service = fc.constantFrom('LX', 'RR', 'CP', 'EE', 'UA', 'HA', 'VV', 'CZ');

  it('are identified: S10', () => {
    fc.assert(
      fc.property(service, fc.nat(99_999_999), fc.constantFrom(...countries), (kind, serial, country) => {
        const number = s10({ service: kind, serial, country });
        expect(formatsOf(number)[0]).toBe('upu-s10');
        expect(formatsOf(displayS10(number).replaceAll(' ', '-'))).toContain('upu-s10');
      }),
    );
  });

  it('are identified: SSCC', () => {
    fc.assert(
      fc.property(fc.nat(9), digits(7), fc.nat(999_999_999), (extension, companyPrefix, serial) => {
        const number = sscc({ extension, companyPrefix, serial });
        expect(formatsOf(number)).toContain('sscc-18');
        expect(formatsOf(`(00)${number}`)).toContain('sscc-18');
      }),
    );
  });
});

describe('records that contradict themselves', () => {
  const [file] = files;
  const [record] = file?.formats ?? [];
  const withFormat = (change: object): IdentifierFile[] => [
    { tables: [], formats: [{ ...(record as FormatRecord), patterns: ['serial:n8'], ...change }] },
  ];

  it.each([
    ['a table that is not there', { lookups: [{ part: 'serial', table: 'none' }] }, /table none/],
    ['a part that is not there', { parts: { serial: 's', zip: 'z' } }, /no part zip/],
    ['a part without a word', { patterns: ['serial:n8 zip:n5'] }, /does not say what zip is/],
    ['a check digit that is not there', { check: { over: ['serial'], rule: { method: 'luhn' } } }, /no part check/],
    ['a pattern that cannot be read', { patterns: ['serial:n8 ?'] }, /cannot be read/],
    ['a group that stays open', { patterns: ['(A serial:n8'] }, /does not close/],
    ['a group that was not opened', { patterns: ['A)? serial:n8'] }, /did not open/],
  ])('are refused: %s', (_, change, message) => {
    expect(() => new IdentifierBook(withFormat(change))).toThrow(message);
  });

  it('are refused: two of one name', () => {
    expect(() => new IdentifierBook([...withFormat({}), ...withFormat({})])).toThrow(/two formats/);
  });
});
