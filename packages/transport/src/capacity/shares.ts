import type { Column, Pricing } from './column.ts';
import type { Loading } from './loading.ts';
import type { Assignment, CapacityCosts, LegUse, Share } from './problem.ts';

const GRAMS_PER_KG = 1000;

interface Part {
  readonly column: Column;
  pieces: number;
  massGrams: number;
}

/** The parts of a consignment by path, the goods that fly first, of these the heaviest. */
export const partsOf = (loading: Loading, consignment: number): Part[] => {
  const parts = new Map<Column, Part>();
  for (const item of loading.itemsOf(consignment)) {
    const column = loading.columnOf(item) as Column;
    const { pieces, massGrams } = loading.item(item);
    const part = parts.get(column) ?? { column, pieces: 0, massGrams: 0 };
    part.pieces += pieces;
    part.massGrams += massGrams;
    parts.set(column, part);
  }
  const left = ({ column }: Part) => (column.path === undefined ? 1 : 0);
  return [...parts.values()].sort((one, other) => left(one) - left(other) || other.massGrams - one.massGrams);
};

/** A line for a part of a consignment: its part of the whole's, started minor units counting. */
const lineOf = (whole: number, grams: number, allGrams: number): number =>
  grams === allGrams ? whole : Number((BigInt(whole) * BigInt(grams) + BigInt(allGrams) - 1n) / BigInt(allGrams));

const sharesOf = (loading: Loading, consignment: number): Share[] => {
  const all = loading.loads[consignment]?.massGrams as number;
  return partsOf(loading, consignment).map(({ column, pieces, massGrams }, index) => ({
    path: column.path,
    pieces,
    massGrams,
    master: index + 1,
    costs: {
      freight: lineOf(column.lines.freight, massGrams, all),
      lateness: lineOf(column.lines.lateness, massGrams, all),
      rebooking: lineOf(column.lines.rebooking, massGrams, all),
      unflown: lineOf(column.lines.unflown, massGrams, all),
    },
  }));
};

const useOf = (leg: number, loading: Loading, { legs }: Pricing, bids: Float64Array): LegUse => {
  const { room } = loading;
  const usedGrams = loading.usedGrams(leg);
  const given = legs[leg];
  const block = room.block(leg);
  const beyondGrams = given?.block ? Math.max(0, usedGrams - block) : 0;
  const price = room.blockPrice(leg);
  const blockUsed = block === 0 ? 0 : Math.ceil((price * Math.min(usedGrams, block)) / block);
  return {
    usedGrams,
    beyondBlock: Math.ceil(beyondGrams * room.beyondPerGram(leg)),
    blockUsed,
    blockUnused: price - blockUsed,
    bidPerKg: (bids[leg] as number) * GRAMS_PER_KG,
  };
};

const feeOf = (shares: readonly Share[], splitFee = 0): number =>
  Math.max(0, shares.filter(({ path }) => path !== undefined).length - 1) * splitFee;

/** What a loading comes to: shares of each consignment, use of each leg, and costs in whole minor units that add up. */
export const assignmentOf = (
  loading: Loading,
  pricing: Pricing,
  bids: Float64Array,
): Pick<Assignment, 'shares' | 'legs' | 'costs'> => {
  const shares = loading.loads.map((_, consignment) => sharesOf(loading, consignment));
  const legs = pricing.legs.map((_, leg) => useOf(leg, loading, pricing, bids));
  const costs = { freight: 0, unusedBlock: 0, lateness: 0, rebooking: 0, split: 0, unflown: 0 };
  for (const [consignment, parts] of shares.entries()) {
    costs.split += feeOf(parts, loading.loads[consignment]?.splitFee);
    for (const part of parts) {
      costs.freight += part.costs.freight;
      costs.lateness += part.costs.lateness;
      costs.rebooking += part.costs.rebooking;
      costs.unflown += part.costs.unflown;
    }
  }
  for (const { beyondBlock, blockUsed, blockUnused } of legs) {
    costs.freight += beyondBlock + blockUsed;
    costs.unusedBlock += blockUnused;
  }
  const total = costs.freight + costs.unusedBlock + costs.lateness + costs.rebooking + costs.split + costs.unflown;
  return { shares, legs, costs: { ...costs, total } satisfies CapacityCosts };
};
