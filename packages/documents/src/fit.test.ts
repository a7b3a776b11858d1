import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizesBetween, wrap } from './fit.ts';

const one = (text: string) => [...text].length;

describe('wrapping', () => {
  it('keeps lines within the width and loses no character but spaces', () => {
    const words = fc.array(fc.string({ minLength: 1, unit: 'grapheme' }).map((word) => word.replace(/\s/gu, '_')));
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 40 }), (parts, width) => {
        const text = parts.join(' ');
        const lines = wrap(text, width, one);
        for (const line of lines) expect(one(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  it('breaks at spaces, and long words after a hyphen', () => {
    expect(wrap('a mug for tea', 9, one)).toEqual(['a mug for', 'tea']);
    expect(wrap('MUG-RED-350', 8, one)).toEqual(['MUG-RED-', '350']);
    expect(wrap('unbreakable', 4, one)).toEqual(['unbr', 'eaka', 'ble']);
  });
});

describe('sizes', () => {
  it('go down by half points and end at the least', () => {
    expect(sizesBetween(6, 4.75)).toEqual([6, 5.5, 5, 4.75]);
    expect(sizesBetween(6, 6)).toEqual([6]);
  });
});
