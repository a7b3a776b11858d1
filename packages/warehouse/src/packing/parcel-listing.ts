import type { Cargo, ShareOut } from './cargo.ts';
import type { Choice } from './choice.ts';

import type { ItemType } from './item-type.ts';
import type { PackedLine, PackedParcel, Placement } from './packing.ts';
import { OWN_PACKING, type Part } from './part.ts';
import type { Tariff } from './tariff.ts';
import { UNIT } from './unit-list.ts';

/** The parcels of a division as they leave the packer: items by their names, masses and postage. */
export const parcelsOf = (
  cargo: Cargo,
  parts: readonly Part[],
  choices: readonly Choice[],
  tariff: Tariff,
  shareOut: ShareOut,
): PackedParcel[] =>
  parts.map((part) => {
    if (part.choice === OWN_PACKING) return asItIs(cargo, part, shareOut, tariff);
    const { source, outer } = choices[part.choice] as Choice;
    const placements = placementsOf(part.layout, shareOut);
    const grossGrams = source.tareGrams + massOf(cargo, part);
    return {
      carton: source,
      outer,
      grossGrams,
      lines: linesOf(placements),
      placements,
      cartonPrice: source.price,
      postage: tariff.price(outer, grossGrams) ?? 0,
    };
  });

const massOf = ({ types }: Cargo, { counts }: Part): number =>
  counts.reduce((sum, count, type) => sum + count * (types[type] as ItemType).massGrams, 0);

const asItIs = (cargo: Cargo, part: Part, shareOut: ShareOut, tariff: Tariff): PackedParcel => {
  const type = part.counts.findIndex((count) => count > 0);
  const { size, massGrams } = cargo.types[type] as ItemType;
  return {
    carton: undefined,
    outer: size,
    grossGrams: massGrams,
    lines: [{ item: shareOut.next(type), quantity: 1 }],
    placements: [],
    cartonPrice: 0,
    postage: tariff.price(size, massGrams) ?? 0,
  };
};

const placementsOf = (layout: Int32Array, shareOut: ShareOut): Placement[] => {
  const placements: Placement[] = [];
  for (let at = 0; at < layout.length; at += UNIT) {
    placements.push({
      item: shareOut.next(layout[at] as number),
      x: layout[at + 1] as number,
      y: layout[at + 2] as number,
      z: layout[at + 3] as number,
      lengthMm: layout[at + 4] as number,
      widthMm: layout[at + 5] as number,
      heightMm: layout[at + 6] as number,
    });
  }
  return placements;
};

const linesOf = (placements: readonly Placement[]): PackedLine[] => {
  const counts = new Map<string, number>();
  for (const { item } of placements) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].map(([item, quantity]) => ({ item, quantity })).sort((a, b) => (a.item < b.item ? -1 : 1));
};
