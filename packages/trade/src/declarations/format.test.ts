import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldFormat, fits, readFormat } from './format.ts';

const format = (text: string): FieldFormat => {
  const read = readFormat(text);
  if (!read) throw new Error(text);
  return read;
};

describe('a format of customs data sets', () => {
  it.each([
    ['a2', 'DE', true],
    ['a2', 'D', false],
    ['a2', 'D1', false],
    ['an..5', 'Köln!', true],
    ['an..5', 'Berlin', false],
    ['an..2', '👍👍', true],
    ['an..2', '', false],
    ['n4', '0042', true],
    ['n4', '42', false],
    ['n..3', '42', true],
    ['n..3', '4.2', false],
    ['n..16,2', '12.50', true],
    ['n..16,2', '12.505', false],
    ['n..16,2', '-1.00', false],
    ['n..16,2', '1e3', false],
    ['n..4,2', '123.45', false],
  ])('%s of %s is %s', (text, value, isTaken) => {
    expect(fits(format(text), value)).toBe(isTaken);
  });

  it.each(['x3', 'an', 'an..', 'a..3,2', 'n..16,', ' an3'])('is not %s', (text) => {
    expect(readFormat(text)).toBeUndefined();
  });

  it('takes texts of up to its length, counted in characters, and none longer', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 60 }),
        (text, most) => {
          expect(fits(format(`an..${most}`), text)).toBe([...text].length <= most);
        },
      ),
    );
  });
});
