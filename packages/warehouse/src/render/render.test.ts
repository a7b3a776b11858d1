import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Packer } from '../packing/packer.ts';
import { type Box, backToFront } from './isometric.ts';
import { parcelSvg } from './parcel-svg.ts';

const free = { maxGrossGrams: 30_000, price: () => 0 };
const carton = {
  id: 'M & L',
  inner: { lengthMm: 300, widthMm: 200, heightMm: 200 },
  outer: { lengthMm: 306, widthMm: 206, heightMm: 206 },
  tareGrams: 200,
  maxGrossGrams: 20_000,
  price: 0,
};
const packed = (quantity: number) => {
  const size = { lengthMm: 60, widthMm: 50, heightMm: 40 };
  return new Packer([carton]).pack([{ id: 'mug <1>', quantity, size, massGrams: 100 }], free).parcels[0];
};

describe('the picture of a parcel', () => {
  it('shows one step for each unit, all of them in the last, and escapes names', () => {
    const svg = parcelSvg(packed(5) as never, 'order "1"') ?? '';
    expect(svg.match(/<g /g)).toHaveLength(5);
    expect(svg.match(/stroke-width="1.2"/g)).toHaveLength(5 * 3);
    expect(svg.match(/stroke-width="0.5"/g)).toHaveLength((0 + 1 + 2 + 3 + 4) * 3);
    expect(svg).toContain('M &amp; L');
    expect(svg).toContain('mug &lt;1&gt;');
    expect(svg).toContain('order &quot;1&quot;');
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it('sets many units in by groups', () => {
    const svg = parcelSvg(packed(60) as never, 'many') ?? '';
    expect(svg.match(/<g /g)).toHaveLength(20);
    expect(svg).toContain('1–3. 3 x mug');
  });

  it('is not drawn of an item in its own packing', () => {
    const { parcels } = new Packer([]).pack(
      [
        {
          id: 'ski',
          quantity: 1,
          size: { lengthMm: 1800, widthMm: 200, heightMm: 100 },
          massGrams: 4000,
          ownPacking: 'allowed',
        },
      ],
      free,
    );
    expect(parcels).toHaveLength(1);
    expect(parcelSvg(parcels[0] as never, 'ski')).toBeUndefined();
  });
});

describe('the order of painting', () => {
  const hides = (one: Box, other: Box) =>
    one.x >= other.x + other.lengthMm || one.y >= other.y + other.widthMm || one.z >= other.z + other.heightMm;

  it('never paints a box over one that can only lie in front of it', () => {
    const cell = fc.record({
      x: fc.integer({ min: 0, max: 2 }),
      y: fc.integer({ min: 0, max: 2 }),
      z: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(cell, { selector: ({ x, y, z }) => `${x}${y}${z}`, maxLength: 20 }), (cells) => {
        const boxes = cells.map(({ x, y, z }) => ({
          x: x * 10,
          y: y * 10,
          z: z * 10,
          lengthMm: 10,
          widthMm: 10,
          heightMm: 10,
        }));
        const order = backToFront(boxes);
        expect(order).toHaveLength(boxes.length);
        for (const [at, box] of order.entries()) {
          for (const later of order.slice(at + 1)) expect(hides(box, later) && !hides(later, box)).toBe(false);
        }
      }),
    );
  });
});
