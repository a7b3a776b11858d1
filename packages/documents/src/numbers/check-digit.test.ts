import { describe, expect, it } from 'vitest';
import { type CheckRule, checkCharacter, GS1_CHECK, S10_CHECK } from './check-digit.ts';

const UPS: CheckRule = {
  method: 'weighted',
  weights: [1, 2],
  from: 'left',
  modulus: 10,
  complement: true,
  replace: { '10': 0 },
  letters: '23456789012345678901234567',
};
const FEDEX: CheckRule = {
  method: 'weighted',
  weights: [3, 1, 7],
  from: 'left',
  modulus: 11,
  complement: false,
  replace: { '10': 0 },
};

describe('check characters', () => {
  it.each<[string, CheckRule, string, string]>([
    ['GS1', GS1_CHECK, '400638133393', '1'],
    ['GS1, a sum that is a ten', GS1_CHECK, '00614141123456789', '0'],
    ['S10', S10_CHECK, '47312482', '9'],
    ['S10, remainder 0', S10_CHECK, '01703296', '5'],
    ['S10, remainder 1', S10_CHECK, '55314550', '0'],
    ['UPS with letters', UPS, '999AA1012345678', '4'],
    ['FedEx', FEDEX, '79953127448', '3'],
    ['FedEx, remainder 10', FEDEX, '31000000000', '0'],
    ['Luhn, the example of ISO/IEC 7812-1', { method: 'luhn' }, '7992739871', '3'],
    ['remainder', { method: 'remainder', divisor: 7 }, '331881001', '4'],
    ['remainder of more digits than a double holds', { method: 'remainder', divisor: 7 }, '99999999999999999998', '0'],
    ['ISO 7064 mod 37,36', { method: 'iso7064-mod-37-36' }, 'A12425GABC1234002', 'M'],
  ])('%s', (_, rule, body, expected) => {
    expect(checkCharacter(rule, body)).toBe(expected);
  });
});
