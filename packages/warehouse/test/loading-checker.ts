/*
 * An independent check of loadings: it shares no code with the engine and is written as plainly as can be, so that the two
 * can only agree by both being right.
 */

export interface CheckedUnit {
  readonly item: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

interface CheckedItem {
  readonly id: string;
  readonly size: { readonly lengthMm: number; readonly widthMm: number; readonly heightMm: number };
  readonly massGrams: number;
  readonly vertical?: readonly string[];
  readonly fixed?: boolean;
  readonly maxLoadGrams?: number;
  readonly clearanceMm?: number;
}

const shared = (from: number, length: number, otherFrom: number, otherLength: number): number =>
  Math.max(0, Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom));

const sharedArea = (a: CheckedUnit, b: CheckedUnit): number =>
  shared(a.x, a.lengthMm, b.x, b.lengthMm) * shared(a.y, a.widthMm, b.y, b.widthMm);

const isAllowed = (unit: CheckedUnit, item: CheckedItem): boolean => {
  const pad = 2 * (item.clearanceMm ?? 0);
  const l = item.size.lengthMm + pad;
  const w = item.size.widthMm + pad;
  const h = item.size.heightMm + pad;
  const is = (a: number, b: number, c: number) => unit.lengthMm === a && unit.widthMm === b && unit.heightMm === c;
  if (item.fixed) return is(l, w, h);
  const may = (side: string) => item.vertical === undefined || item.vertical.includes(side);
  return (
    (may('height') && (is(l, w, h) || is(w, l, h))) ||
    (may('width') && (is(l, h, w) || is(h, l, w))) ||
    (may('length') && (is(w, h, l) || is(h, w, l)))
  );
};

/** Everything that stands on a unit, directly or through others. */
const standingOn = (unit: CheckedUnit, all: readonly CheckedUnit[]): Set<CheckedUnit> => {
  const found = new Set<CheckedUnit>();
  for (const other of all) {
    if (other.z !== unit.z + unit.heightMm || sharedArea(other, unit) === 0) continue;
    found.add(other);
    for (const higher of standingOn(other, all)) found.add(higher);
  }
  return found;
};

/** What is wrong with a loading, one sentence a fault; empty when nothing is. Units are given in loading order. */
export const faultsOf = (
  units: readonly CheckedUnit[],
  room: { readonly lengthMm: number; readonly widthMm: number; readonly heightMm: number },
  items: readonly CheckedItem[],
): string[] => {
  const faults: string[] = [];
  const itemOf = (unit: CheckedUnit) => items.find(({ id }) => id === unit.item);
  for (const [index, unit] of units.entries()) {
    const item = itemOf(unit);
    if (!item) {
      faults.push(`${unit.item} was not asked for`);
      continue;
    }
    if (!isAllowed(unit, item)) faults.push(`${unit.item} is turned as it must not be`);
    const isInside =
      Math.min(unit.x, unit.y, unit.z) >= 0 &&
      unit.x + unit.lengthMm <= room.lengthMm &&
      unit.y + unit.widthMm <= room.widthMm &&
      unit.z + unit.heightMm <= room.heightMm;
    if (!isInside) faults.push(`${unit.item} sticks out`);
    let support = unit.z === 0 ? unit.lengthMm * unit.widthMm : 0;
    for (const earlier of units.slice(0, index)) {
      const overlap = sharedArea(unit, earlier);
      if (overlap > 0 && shared(unit.z, unit.heightMm, earlier.z, earlier.heightMm) > 0)
        faults.push(`${unit.item} and ${earlier.item} overlap`);
      if (overlap > 0 && earlier.z >= unit.z + unit.heightMm)
        faults.push(`${unit.item} cannot be lowered in: ${earlier.item} lies over its place`);
      if (earlier.z + earlier.heightMm === unit.z) support += overlap;
    }
    if (support * 10 < unit.lengthMm * unit.widthMm * 7) faults.push(`${unit.item} has too little under it`);
    const load = [...standingOn(unit, units)];
    const massGrams = load.reduce((sum, other) => sum + (itemOf(other)?.massGrams ?? 0), 0);
    const most = item.maxLoadGrams ?? Number.POSITIVE_INFINITY;
    if (massGrams > most || (most === 0 && load.length > 0)) faults.push(`${unit.item} bears too much`);
  }
  return faults;
};
