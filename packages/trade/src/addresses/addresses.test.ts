import { Reference } from '@crossparcel/files';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address } from './address.ts';
import { AddressBook } from './address-book.ts';

const reference = new Reference();
const formats = reference.addressFormats();
const book = new AddressBook(formats, reference.addressLimits());
const report = (address: Partial<Address> & { country: string }) =>
  book.report({ lines: ['1 Example Road'], ...address });
const proposed = (address: Partial<Address> & { country: string }, field: string) =>
  report(address).proposals.find((one) => one.field === field)?.proposed;
const codes = (address: Partial<Address> & { country: string }) =>
  report(address).faults.map(({ field, code }) => `${field} ${code}`);
const postcode = (country: string, given: string) => proposed({ country, postcode: given }, 'postcode');

describe('postal codes', () => {
  it('of every country on file fit as its examples have them, and are proposed so from any writing', () => {
    for (const { country, postalCode } of formats) {
      for (const example of postalCode?.examples ?? []) {
        const given = { country, postcode: example };
        expect([country, example, codes(given).filter((one) => one.startsWith('postcode'))]).toEqual([
          country,
          example,
          [],
        ]);
        const usual = postcode(country, example) ?? example;
        for (const odd of [
          example.replace(/[ -]/g, ''),
          ` ${example.toLowerCase()} `,
          example.replace(/[!-~]/g, wide),
        ]) {
          expect([country, odd, postcode(country, odd) ?? odd]).toEqual([country, odd, usual]);
        }
      }
    }
  });

  const wide = (sign: string) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0);

  it('are corrected where one thing only can be meant', () => {
    expect(postcode('GB', 'rh6ohp')).toBe('RH6 0HP');
    expect(postcode('GB', 'SW1A1AA')).toBe('SW1A 1AA');
    expect(postcode('IE', 'd02af30')).toBe('D02 AF30');
    expect(postcode('JP', '〒1500002')).toBe('150-0002');
    expect(postcode('BR', '01310100')).toBe('01310-100');
    expect(postcode('US', '940431351')).toBe('94043-1351');
    expect(postcode('US', '2134')).toBe('02134');
    expect(postcode('DE', 'D-10115')).toBe('10115');
    expect(postcode('DE', '1O115')).toBe('10115');
    expect(postcode('SG', 'S 238801')).toBe('238801');
  });

  it('are left alone where nothing likely is meant', () => {
    for (const [country, given] of [
      ['DE', 'Berlin'],
      ['US', '123'],
      ['VN', '700000'],
      ['GB', 'ZZ99 9ZZ'],
    ] as const) {
      expect([
        given,
        postcode(country, given),
        codes({ country, postcode: given }).includes('postcode bad-postcode'),
      ]).toEqual([given, undefined, true]);
    }
    expect(report({ country: 'VN', postcode: '700000' }).faults[0]?.what).toMatch(/six digits, as used before 2018/);
  });

  it('are proposed such that the proposal fits and proposes nothing more', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'0123456789OoIlSBZ -ABDWH'), maxLength: 10 });
    fc.assert(
      fc.property(fc.constantFrom(...formats.map(({ country }) => country)), signs, (country, given) => {
        const better = postcode(country, given);
        if (better === undefined || better === '') return;
        expect(postcode(country, better)).toBeUndefined();
        expect(codes({ country, postcode: better })).not.toContain('postcode bad-postcode');
      }),
    );
  });

  it('are taken away where a country has none', () => {
    expect([postcode('HK', '999077'), codes({ country: 'HK', postcode: '999077' })[0]]).toEqual([
      '',
      'postcode no-postcodes',
    ]);
  });

  it('change places with a city, or leave its field', () => {
    const swapped = report({ country: 'DE', city: '10115', postcode: 'Berlin' }).proposals;
    expect(swapped.map(({ field, proposed: text }) => [field, text])).toEqual([
      ['city', 'Berlin'],
      ['postcode', '10115'],
    ]);
    expect(proposed({ country: 'FR', city: '75001 Paris' }, 'postcode')).toBe('75001');
    expect(proposed({ country: 'FR', city: '75001 Paris' }, 'city')).toBe('Paris');
  });
});

describe('states and provinces', () => {
  const subdivision = (country: string, given: string) =>
    proposed({ country, subdivision: given }, 'subdivision') ?? given;

  it('are found by any of their names', () => {
    expect(subdivision('US', 'california')).toBe('CA');
    expect(subdivision('US', 'Californa')).toBe('CA');
    expect(subdivision('BR', 'Sao Paulo')).toBe('SP');
    expect(subdivision('CN', 'Guangdong')).toBe('广东省');
    expect(subdivision('JP', '東京')).toBe('東京都');
    expect(subdivision('MX', 'D.F.')).toBe('CDMX');
    expect(subdivision('IT', 'Roma')).toBe('RM');
    expect(subdivision('JP', 'TOKYO')).toBe('TOKYO');
  });

  it('are proposed from the postal code, and held against it', () => {
    expect(proposed({ country: 'US', city: 'Boston', postcode: '02134' }, 'subdivision')).toBe('MA');
    const elsewhere = { country: 'US', city: 'Boston', subdivision: 'TX', postcode: '02134' };
    expect(codes(elsewhere)).toEqual(['subdivision postcode-elsewhere']);
    expect(proposed(elsewhere, 'subdivision')).toBe('MA');
  });

  it('are unknown only where the list is whole', () => {
    expect(codes({ country: 'US', city: 'X', subdivision: 'Ruritania', postcode: '02134' })).toEqual([
      'subdivision unknown-subdivision',
    ]);
    expect(codes({ country: 'ID', city: 'X', subdivision: 'Papua Tengah' })).toEqual([]);
  });

  it('of every country on file are found by each of their own names', () => {
    for (const { country, subdivisions } of formats) {
      for (const { code, name, latin } of subdivisions?.list ?? []) {
        for (const text of [code, name, latin].filter((one) => one !== undefined)) {
          const meant = [code, latin].includes(text) ? text : code;
          expect([country, text, proposed({ country, subdivision: text }, 'subdivision') ?? text]).toEqual([
            country,
            text,
            meant,
          ]);
        }
      }
    }
  });
});

describe('other fields', () => {
  it('name the country by its code', () => {
    for (const [given, code] of [
      ['USA', 'US'],
      ['Deutschland', 'DE'],
      ['日本', 'JP'],
      ['gb', 'GB'],
      ['Việt Nam', 'VN'],
    ]) {
      expect([given, proposed({ country: given as string }, 'country')]).toEqual([given, code]);
    }
    expect(codes({ country: 'Atlantis' })).toEqual(['country unknown-country']);
  });

  it('take half-width letters and single spaces', () => {
    expect(proposed({ country: 'JP', lines: ['道玄坂１－２'] }, 'lines[0]')).toBe('道玄坂1-2');
    expect(proposed({ country: 'DE', city: ' Bad  Homburg\u200b' }, 'city')).toBe('Bad Homburg');
  });

  it('are cut at spaces where a line is too long, and only then', () => {
    const long = 'Apartment 12, Building 4, North Courtyard, Example Street';
    expect(codes({ country: 'GB', city: 'X', postcode: 'SW1A 1AA', lines: [long] })).toEqual([
      'lines[0] line-too-long',
    ]);
    const cut = proposed({ country: 'GB', lines: [long] }, 'lines[0]')?.split('\n') ?? [];
    expect([cut.join(' '), cut.every((line) => line.length <= 35)]).toEqual([long, true]);
    expect(proposed({ country: 'GB', lines: ['x'.repeat(60)] }, 'lines[0]')).toBeUndefined();
  });

  it('give telephone numbers in E.164', () => {
    expect(proposed({ country: 'JP', phone: '０３－３４７７－０１２３' }, 'phone')).toBe('+81334770123');
    expect(proposed({ country: 'US', phone: '(650) 253-0000' }, 'phone')).toBe('+16502530000');
    expect(codes({ country: 'DE', city: 'X', postcode: '10115', phone: '12' })).toEqual(['phone bad-phone']);
  });

  it('are missed where the country needs them', () => {
    expect(codes({ country: 'BR', lines: [] })).toEqual([
      'lines missing',
      'subdivision missing',
      'city missing',
      'postcode missing',
    ]);
  });
});

describe('printed addresses', () => {
  const lines = (address: Partial<Address> & { country: string }) => report(address).printed;

  it('have the order and the capitals of their country', () => {
    const of = (address: Partial<Address> & { country: string }) => lines({ name: 'A. Person', ...address })?.local;
    expect(of({ country: 'US', city: 'Boston', subdivision: 'MA', postcode: '02134' })).toEqual([
      'A. Person',
      '1 Example Road',
      'BOSTON MA 02134',
    ]);
    expect(of({ country: 'DE', city: 'Berlin', postcode: '10115' })?.at(-1)).toBe('10115 Berlin');
    expect(of({ country: 'SG', city: 'Singapore', postcode: '238801' })?.at(-1)).toBe('SINGAPORE 238801');
    expect(of({ country: 'BR', city: 'São Paulo', subdivision: 'SP', postcode: '01310-100' })?.slice(-2)).toEqual([
      'SÃO PAULO-SP',
      '01310-100',
    ]);
    expect(of({ country: 'BR', city: 'São Paulo' })?.at(-1)).toBe('SÃO PAULO');
    expect(of({ country: 'IE', city: 'Dublin', postcode: 'D02 AF30' })?.at(-1)).toBe('D02 AF30');
    expect(of({ country: 'GB', city: 'London', district: 'Soho' })).toEqual([
      'A. Person',
      '1 Example Road',
      'Soho',
      'LONDON',
    ]);
  });

  it('stand in Latin letters beside the original', () => {
    const cn = lines({
      country: 'CN',
      name: '曾国强',
      lines: ['深南大道1号'],
      district: '南山区',
      city: '深圳市',
      subdivision: '广东省',
      postcode: '518057',
    });
    expect(cn?.local).toEqual(['518057', '广东省深圳市南山区', '深南大道1号', '曾国强']);
    expect(cn?.latin.lines).toEqual([
      'Zeng Guoqiang',
      'Shen Nan Da Dao 1 Hao',
      'Nan Shan Qu',
      'Shen Zhen Shi',
      'GUANGDONG SHENG, 518057',
    ]);
    const th = lines({ country: 'TH', city: 'วัฒนา', subdivision: 'กรุงเทพมหานคร', postcode: '10110' });
    expect(th?.latin.lines.at(-1)).toBe('BANGKOK 10110');
    expect(th?.latin.doubts.map(({ field }) => field)).toEqual(['city']);
  });

  it('leave Japanese characters as they are where nobody told their reading', () => {
    const jp = lines({
      country: 'JP',
      name: 'やまだ たろう',
      lines: ['神南1-1'],
      city: '渋谷区',
      subdivision: '東京都',
      postcode: '150-0041',
    });
    expect(jp?.latin.lines).toEqual(['yamada tarou', '神南1-1', '渋谷区, TOKYO', '150-0041']);
    expect(jp?.latin.doubts.map(({ field }) => field)).toEqual(['lines', 'city']);
  });

  it('hold what was given, whatever is proposed', () => {
    const text = fc
      .string({ unit: fc.constantFrom(...'ab 12,-éЖ'), minLength: 1, maxLength: 12 })
      .filter((one) => one.trim() !== '');
    fc.assert(
      fc.property(fc.constantFrom(...formats), text, text, ({ country, uppercase }, line, city) => {
        const address = { country, lines: [line], city, name: 'N' };
        const before = JSON.stringify(address);
        const printed = book.report(address).printed?.local.join('\n') ?? '';
        expect(JSON.stringify(address)).toBe(before);
        expect(printed).toContain(line);
        const isPlaced = country !== 'SG' && country !== 'HK';
        if (isPlaced) expect(printed).toContain(uppercase.includes('city') ? city.toUpperCase() : city);
      }),
    );
  });
});
