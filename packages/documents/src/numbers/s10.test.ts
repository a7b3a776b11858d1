import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayS10, isS10, readS10, s10 } from './s10.ts';

const letters = fc.stringMatching(/^[A-Z]{2}$/);
const service = letters.filter((text) => isS10(`${text}000000005DE`));
const serial = fc.integer({ min: 0, max: 99_999_999 });

describe('S10 identifiers', () => {
  it.each([
    ['RR', 47_312_482, 'GB', 'RR473124829GB'],
    ['RB', 12_345_678, 'GB', 'RB123456785GB'],
    ['LX', 1_703_296, 'CN', 'LX017032965CN'],
    ['CP', 55_314_550, 'DE', 'CP553145500DE'],
    ['LX', 0, 'CN', 'LX000000005CN'],
  ])('gives %s %i %s its check digit', (service, serial, country, number) => {
    expect(s10({ service, serial, country })).toBe(number);
  });

  it('takes what it made, in any case and spacing', () => {
    fc.assert(
      fc.property(service, serial, letters, (service, serial, country) => {
        const number = s10({ service, serial, country });
        expect(readS10(displayS10(number).toLowerCase().replaceAll(' ', ' - '))).toBe(number);
      }),
    );
  });

  it('notices each single wrong digit, save those that the standard maps to the same check digit', () => {
    const remainderOf = (digits: string) =>
      [8, 6, 4, 2, 3, 5, 9, 7].reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11;
    fc.assert(
      fc.property(serial, fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 9 }), (serial, place, shift) => {
        const number = s10({ service: 'LX', serial, country: 'CN' });
        const digit = (Number(number[place]) + shift) % 10;
        const wrong = `${number.slice(0, place)}${digit}${number.slice(place + 1)}`;
        // 11 becomes 5, so that remainders 0 and 6 have the same check digit. All others differ.
        const pair = [remainderOf(number.slice(2, 10)), remainderOf(wrong.slice(2, 10))].sort().join();
        expect(isS10(wrong)).toBe(pair === '0,6');
      }),
    );
  });

  it.each(['JA473124829GB', 'KZ473124829GB', 'AA473124829GB', 'FB473124829GB', 'GB473124829GB', 'IQ473124829GB'])(
    'refuses the service indicator of %s',
    (number) => {
      expect(isS10(number)).toBe(false);
    },
  );

  it.each(['', 'RR473124829G', 'RR473124828GB', 'R1473124829GB', 'RR4731248290GB'])('refuses "%s"', (text) => {
    expect(isS10(text)).toBe(false);
    expect(() => displayS10(text)).toThrow(RangeError);
  });

  it('prints in groups', () => {
    expect(displayS10('lx017032965cn')).toBe('LX 017 032 965 CN');
  });

  it.each([
    { service: 'JA', serial: 1, country: 'CN' },
    { service: 'LX', serial: 100_000_000, country: 'CN' },
    { service: 'LX', serial: -1, country: 'CN' },
    { service: 'LX', serial: 1.5, country: 'CN' },
    { service: 'LX', serial: 1, country: 'CHN' },
  ])('makes none of $service $serial $country', (parts) => {
    expect(() => s10(parts)).toThrow(RangeError);
  });
});
