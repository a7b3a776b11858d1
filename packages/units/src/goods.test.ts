import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { addCosts, COST_KINDS, sellerCost, totalCost, zeroCosts } from './cost.ts';
import { fitsInside, inchesUp, sidesMm } from './dimensions.ts';
import { acceptsHandling } from './handling.ts';
import { isIdentifier } from './identifier.ts';
import { faultOfIssues } from './schema-fault.ts';

describe('sizes', () => {
  it('round up to whole inches at the very millimetre', () => {
    expect(inchesUp(254)).toBe(10);
    expect(inchesUp(255)).toBe(11);
  });

  it('do not depend on which side is called length', () => {
    const side = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(side, side, side, side, side, side, (a, b, c, x, y, z) => {
        const room = { lengthMm: x, widthMm: y, heightMm: z };
        const fits = fitsInside({ lengthMm: a, widthMm: b, heightMm: c }, room);
        expect(fitsInside({ lengthMm: c, widthMm: a, heightMm: b }, room)).toBe(fits);
        expect(sidesMm(room)).toEqual([x, y, z].sort((one, other) => other - one));
      }),
    );
  });
});

describe('handling', () => {
  it('covers a finer class by its family', () => {
    expect(acceptsHandling(new Set(['battery']), 'battery-pi967-ii')).toBe(true);
    expect(acceptsHandling(new Set(['battery-pi967-ii']), 'battery')).toBe(false);
    expect(acceptsHandling(new Set(['fragile']), 'liquid')).toBe(false);
  });
});

describe('costs', () => {
  it('add up by kind, and tax is not the seller’s', () => {
    const sum = zeroCosts();
    addCosts(sum, { freight: 1, carton: 2, handling: 3, duty: 4, tax: 5, fees: 6, stock: 7, lateness: 8 });
    addCosts(sum, { ...zeroCosts(), freight: 10 });
    expect(totalCost(sum)).toBe(46);
    expect(sellerCost(sum)).toBe(41);
    expect(COST_KINDS).toHaveLength(8);
  });
});

describe('identifiers', () => {
  it.each(['580000000000000101', 'CASE-15-BLK', '购物车-1'])('%s is one', (text) =>
    expect(isIdentifier(text)).toBe(true),
  );
  it.each(['', ' a', 'a ', 'a\u0000b', 'x'.repeat(129)])('%j is none', (text) =>
    expect(isIdentifier(text)).toBe(false),
  );
});

describe('faults of a schema', () => {
  const schema = z.strictObject({
    id: z.string().min(1),
    lines: z.array(z.strictObject({ quantity: z.int().positive(), kind: z.enum(['a', 'b']) })),
  });
  const fault = (value: unknown) => faultOfIssues(schema.safeParse(value).error?.issues ?? []);

  it('name the field by its path, what is wrong and what would be right', () => {
    expect(fault({ id: 'x', lines: [{ quantity: 1, kind: 'c' }] })).toEqual({
      code: 'bad-record',
      field: 'lines[0].kind',
      what: 'is not one of the known values',
      mend: 'give one of a, b',
    });
    expect(fault({ id: 'x', lines: [{ quantity: 'two', kind: 'a' }] }).field).toBe('lines[0].quantity');
    expect(fault({ id: 'x', lines: [], colour: 'red' }).field).toBe('colour');
  });

  it('say what is wrong with the form of a union that a value comes nearest to', () => {
    const mass = z.object({
      mass: z.union([z.number().positive(), z.string().regex(/^\d+$/, 'is no mass; give grams')]),
    });
    const said = (value: unknown) => faultOfIssues(mass.safeParse({ mass: value }).error?.issues ?? []);
    expect(said('-5')).toMatchObject({ field: 'mass', what: 'is no mass', mend: 'give grams' });
    expect(said(-5)).toMatchObject({ field: 'mass', what: 'is too small' });
    expect(faultOfIssues(z.array(z.string()).safeParse({}).error?.issues ?? []).what).toBe(
      'is missing or not an array',
    );
  });
});
