import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashIndex } from './hash-index.ts';

const hash = fc.oneof(fc.nat({ max: 40 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));

describe('an index of hashes', () => {
  it('gives each hash the place of its first coming, as a map would, and forgets when cleared', () => {
    const index = new HashIndex(0);
    fc.assert(
      fc.property(fc.array(hash, { maxLength: 200 }), hash, (hashes, other) => {
        index.clear();
        const places = new Map<number, number>();
        for (const one of hashes) {
          if (!places.has(one)) places.set(one, places.size);
          expect(index.add(one)).toBe(places.get(one));
        }
        expect(index.size).toBe(places.size);
        for (const one of [...hashes, other]) expect(index.place(one)).toBe(places.get(one) ?? -1);
      }),
    );
  });
});
