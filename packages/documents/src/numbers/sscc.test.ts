import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epcOfSscc, isSscc, readSscc, sscc } from './sscc.ts';

describe('SSCC', () => {
  it.each([
    [3, '4012345', 123_456_789, '340123451234567895'],
    [0, '0614141', 123_456_789, '006141411234567890'],
  ])('gives %i %s %i its check digit', (extension, companyPrefix, serial, number) => {
    expect(sscc({ extension, companyPrefix, serial })).toBe(number);
  });

  it('takes what it made and notices each single wrong digit', () => {
    const prefix = fc.stringMatching(/^\d{4,12}$/);
    const digit = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(prefix, digit, fc.nat(9999), fc.nat(17), fc.integer({ min: 1, max: 9 }), (...drawn) => {
        const [companyPrefix, extension, serial, place, shift] = drawn;
        const number = sscc({ extension, companyPrefix, serial });
        expect(readSscc(number)).toBe(number);
        const wrong = `${number.slice(0, place)}${(Number(number[place]) + shift) % 10}${number.slice(place + 1)}`;
        expect(isSscc(wrong)).toBe(false);
      }),
    );
  });

  it('is named by a GS1 Digital Link', () => {
    expect(epcOfSscc('340123451234567895')).toBe('https://id.gs1.org/00/340123451234567895');
    expect(() => epcOfSscc('340123451234567894')).toThrow(RangeError);
  });

  it.each([
    { extension: 10, companyPrefix: '4012345', serial: 1 },
    { extension: 0, companyPrefix: '401', serial: 1 },
    { extension: 0, companyPrefix: '4012345678901', serial: 1 },
    { extension: 0, companyPrefix: '40123A5', serial: 1 },
    { extension: 0, companyPrefix: '401234567890', serial: 10_000 },
    { extension: 0, companyPrefix: '4012345', serial: -1 },
  ])('makes none of $extension $companyPrefix $serial', (parts) => {
    expect(() => sscc(parts)).toThrow(RangeError);
  });
});
