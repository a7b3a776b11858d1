import type { Dimensions, Nanos } from '@crossparcel/units';
import type { CardOnTrip } from './card-on-trip.ts';
import { NANOGRAMS_PER_GRAM, type Nanograms } from './measure.ts';
import type { CompiledRate } from './rate.ts';

/** A change of one measure of a parcel that makes it cheaper: the smallest such change of that measure. */
export interface CheaperEdge {
  readonly change: 'mass' | 'length' | 'width' | 'height';
  /** How much less: grams for mass, millimetres for the others. */
  readonly by: number;
  readonly saves: Nanos;
}

/**
 * A card on a trip as packing sees it. `maxGrossGrams` and `price` are the `Tariff` of the warehouse; the rest says where
 * the price steps.
 */
export interface SteppedTariff {
  /** Heaviest parcel that any rate takes, in whole grams. */
  readonly maxGrossGrams: number;
  /** Postage; undefined when a parcel of this size or mass is not taken. */
  price(outer: Dimensions, grossGrams: number): Nanos | undefined;
  /**
   * The heaviest whole gram of every step of price by mass, ascending, the last being `maxGrossGrams`. Prices that rise by
   * the gram inside a band step at its end only.
   */
  readonly massEdges: readonly number[];
  /**
   * For each measure the smallest reduction that makes a parcel cheaper, largest saving first; none for a parcel that is
   * not taken. On a card where lighter or smaller can cost more, an edge nearer than the one given may exist.
   */
  cheaperEdges(outer: Dimensions, grossGrams: number): readonly CheaperEdge[];
}

/** Most steps of one rate that are listed, for rates without end. */
const MOST_STEPS = 200;

/** The card on a trip as a tariff with steps. */
export const steppedTariff = (card: CardOnTrip): SteppedTariff => {
  const price = (outer: Dimensions, grossGrams: number) => card.quote(outer, grossGrams)?.price;
  const maxGrossGrams = maxGramsOf(card);
  return {
    maxGrossGrams,
    price,
    massEdges: massEdgesOf(card, maxGrossGrams),
    cheaperEdges: (outer, grossGrams) => {
      const now = price(outer, grossGrams);
      if (now === undefined) return [];
      const { lengthMm, widthMm, heightMm } = outer;
      const edge = (change: CheaperEdge['change'], from: number, at: (value: number) => Nanos | undefined) =>
        nearestCheaper(change, from, now, at);
      return [
        edge('mass', grossGrams, (grams) => price(outer, grams)),
        edge('length', lengthMm, (mm) => price({ ...outer, lengthMm: mm }, grossGrams)),
        edge('width', widthMm, (mm) => price({ ...outer, widthMm: mm }, grossGrams)),
        edge('height', heightMm, (mm) => price({ ...outer, heightMm: mm }, grossGrams)),
      ]
        .flatMap((found) => found ?? [])
        .sort((a, b) => b.saves - a.saves);
    },
  };
};

/** Halves the way between the present measure and 1 until the largest cheaper one is found. */
const nearestCheaper = (
  change: CheaperEdge['change'],
  from: number,
  now: Nanos,
  at: (value: number) => Nanos | undefined,
): CheaperEdge | undefined => {
  let cheaper = 1;
  let least = at(cheaper);
  if (from <= cheaper || least === undefined || least >= now) return undefined;
  let dear = from;
  while (dear - cheaper > 1) {
    const middle = Math.floor((cheaper + dear) / 2);
    const price = at(middle);
    if (price !== undefined && price < now) {
      cheaper = middle;
      least = price;
    } else dear = middle;
  }
  return { change, by: from - cheaper, saves: now - least };
};

/** The heaviest whole gram of each weight row of a rate, limits counted. */
const rowEdgesOf = ({ price, weight, limits }: CompiledRate, column: number): number[] =>
  price.upTo(column).map((upTo) => Math.min(gramsDown(weight.heaviestWithin(upTo)), limits?.maxGrams ?? Infinity));

/** The steps of a rate inside its rows, where its price rises from step to step. */
const stepEdgesOf = ({ record, weight }: CompiledRate): number[] => {
  const isStepped = record.price.kind === 'per-kg' || record.price.kind === 'first-and-additional';
  if (!isStepped || weight.step <= NANOGRAMS_PER_GRAM) return [];
  return Array.from({ length: MOST_STEPS }, (_, step) => gramsDown(weight.from + step * weight.step));
};

const gramsDown = (mass: Nanograms): number => Math.floor(mass / NANOGRAMS_PER_GRAM);

const maxGramsOf = ({ rates, holding }: CardOnTrip): number =>
  Math.max(0, ...rates.flatMap((rate) => rowEdgesOf(rate, holding.column)));

const massEdgesOf = ({ rates, holding }: CardOnTrip, maxGrossGrams: number): number[] => {
  const edges = [
    ...rates.flatMap((rate) => [...rowEdgesOf(rate, holding.column), ...stepEdgesOf(rate)]),
    ...holding.surcharges.flatMap(({ upTo }) => upTo.map(gramsDown)),
  ];
  const inside = edges.filter((grams) => grams > 0 && grams <= maxGrossGrams && grams < Infinity);
  return [...new Set(inside)].sort((a, b) => a - b);
};
