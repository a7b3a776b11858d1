import { type CheckedUnit, faultsOf } from './loading-checker.ts';

/*
 * The cheapest packing of a few small units by trying everything: all ways to divide them over parcels, all cartons, all
 * turns, all whole-millimetre positions. It shares no code with the engine.
 */

interface Thing {
  readonly id: string;
  readonly size: { readonly lengthMm: number; readonly widthMm: number; readonly heightMm: number };
  readonly massGrams: number;
}

interface Box {
  readonly inner: { readonly lengthMm: number; readonly widthMm: number; readonly heightMm: number };
}

const turnsOf = ({ size: { lengthMm: a, widthMm: b, heightMm: c } }: Thing): [number, number, number][] => [
  [a, b, c],
  [a, c, b],
  [b, a, c],
  [b, c, a],
  [c, a, b],
  [c, b, a],
];

/** Whether the things go into the box. Units are placed by rising z, then y, then x, so that no loading is met twice. */
const goIn = (things: readonly Thing[], box: Box, placed: readonly CheckedUnit[] = []): boolean => {
  if (things.length === 0) return true;
  const { lengthMm, widthMm, heightMm } = box.inner;
  const last = placed.at(-1);
  const isLater = (x: number, y: number, z: number) =>
    !last || z > last.z || (z === last.z && (y > last.y || (y === last.y && x > last.x)));
  return things.some((thing, index) =>
    turnsOf(thing).some(([l, w, h]) => {
      for (let z = last?.z ?? 0; z + h <= heightMm; z += 1)
        for (let y = 0; y + w <= widthMm; y += 1)
          for (let x = 0; x + l <= lengthMm; x += 1) {
            if (!isLater(x, y, z)) continue;
            const next = [...placed, { item: thing.id, x, y, z, lengthMm: l, widthMm: w, heightMm: h }];
            if (faultsOf(next, box.inner, [...things, ...placed.map(asThing)]).length > 0) continue;
            if (goIn(things.toSpliced(index, 1), box, next)) return true;
          }
      return false;
    }),
  );
};

const asThing = ({ item, lengthMm, widthMm, heightMm }: CheckedUnit): Thing => ({
  id: item,
  size: { lengthMm, widthMm, heightMm },
  massGrams: 0,
});

/** What the cheapest packing costs, a parcel being priced by its box and the mass of what is in it; infinite when none is. */
export const cheapestByForce = <Carton extends Box>(
  things: readonly Thing[],
  boxes: readonly Carton[],
  price: (box: Carton, massGrams: number) => number,
): number => {
  const [first, ...others] = things;
  if (!first) return 0;
  let best = Number.POSITIVE_INFINITY;
  for (let company = 0; company < 2 ** others.length; company += 1) {
    const together = [first, ...others.filter((_, index) => company & (1 << index))];
    const rest = others.filter((_, index) => !(company & (1 << index)));
    const massGrams = together.reduce((sum, thing) => sum + thing.massGrams, 0);
    const costs = boxes.map((box) => ({ box, cost: price(box, massGrams) })).sort((a, b) => a.cost - b.cost);
    const cheapest = costs.find(({ box, cost }) => cost < best && goIn(together, box));
    if (cheapest) best = Math.min(best, cheapest.cost + cheapestByForce(rest, boxes, price));
  }
  return best;
};
