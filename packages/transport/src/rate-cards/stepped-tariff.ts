import type { Dimensions, Nanos } from '@crossparcel/units';
import type { CardOnTrip } from './card-on-trip.ts';
import { NANOGRAMS_PER_GRAM } from './measure.ts';

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

/** Most steps of one rate that are listed one by one, for cards without end. */
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

const maxGramsOf = ({ rates }: CardOnTrip): number =>
  Math.max(
    0,
    ...rates.map(({ limits, price }) =>
      Math.min(limits?.maxGrams ?? Infinity, Math.floor((price.upTo.at(-1) ?? Infinity) / NANOGRAMS_PER_GRAM)),
    ),
  );

const massEdgesOf = ({ rates, holding }: CardOnTrip, maxGrossGrams: number): number[] => {
  const edges = new Set<number>(maxGrossGrams < Infinity ? [maxGrossGrams] : []);
  const add = (mass: number) => {
    const grams = Math.floor(mass / NANOGRAMS_PER_GRAM);
    if (grams < maxGrossGrams) edges.add(grams);
  };
  for (const { price, weight, limits, record } of rates) {
    for (const mass of price.upTo) add(mass);
    if (limits) add(limits.maxGrams * NANOGRAMS_PER_GRAM);
    const steps = weight.step > NANOGRAMS_PER_GRAM && record.price.kind !== 'by-weight' ? MOST_STEPS : 0;
    for (let step = 0; step < steps; step += 1) add(weight.from + step * weight.step);
  }
  for (const surcharge of holding.surcharges) for (const mass of surcharge.upTo) add(mass);
  return [...edges].filter((grams) => grams > 0 && grams < Infinity).sort((a, b) => a - b);
};
