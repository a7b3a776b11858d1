import {
  type Dimensions,
  type Nanos,
  nanosOfDecimal,
  type Protection,
  scaleNanos,
  volumeMm3,
} from '@crossparcel/units';

/** The cushion of one unit. */
export interface Cushion {
  /** On each face. */
  readonly thicknessMm: number;
  readonly massGrams: number;
  /** In the currency of the cushion's record. */
  readonly price: Nanos;
}

const MM3_PER_LITRE = 1_000_000;

/** Height from which a parcel of some mass has to stand a fall; beyond the last row that of the last. */
const dropHeightMm = ({ drops }: Protection, grossGrams: number): number =>
  (drops.find(({ toGrams }) => grossGrams <= toGrams) ?? drops.at(-1))?.heightMm ?? 0;

/**
 * The cushion that lets a unit of some fragility stand the fall of a parcel. A parcel weighs at least its unit, and the
 * lighter it is the higher it falls, so that the height for the unit's own mass is safe whatever else lies beside it.
 * Thickness: `factor` x drop height / fragility, the first estimate of packaging practice where no cushion curve is given.
 */
export const cushionOf = (size: Dimensions, massGrams: number, fragilityG: number, protection: Protection): Cushion => {
  const [material] = protection.cushions;
  if (!material) return { thicknessMm: 0, massGrams: 0, price: 0 };
  const needed = Math.ceil((Number(material.factor) * dropHeightMm(protection, massGrams)) / fragilityG);
  const thicknessMm = Math.max(material.thinnestMm, needed);
  const wrapped = {
    lengthMm: size.lengthMm + 2 * thicknessMm,
    widthMm: size.widthMm + 2 * thicknessMm,
    heightMm: size.heightMm + 2 * thicknessMm,
  };
  const mm3 = volumeMm3(wrapped) - volumeMm3(size);
  return {
    thicknessMm,
    massGrams: Math.ceil((mm3 * material.gramsPerLitre) / MM3_PER_LITRE),
    price: scaleNanos(nanosOfDecimal(Number(material.pricePerLitre)), mm3, MM3_PER_LITRE),
  };
};
