import { type Nanos, nanosOfDecimal, type Protection, scaleNanos, volumeMm3 } from '@crossparcel/units';
import type { Carton } from '../packing/carton.ts';

/** How long and through what climate a parcel travels. */
export interface ColdTrip {
  readonly hours: number;
  readonly outsideC: number;
}

/** A carton made ready to keep a temperature. */
export interface ColdCarton extends Carton {
  /** The carton of the set that it is made of, and the liner in it. */
  readonly of: string;
  readonly liner: string;
  readonly coolantGrams: number;
}

/** A temperature band and what keeps it. */
export interface ColdBand {
  readonly fromC: number;
  readonly toC: number;
  readonly coolant: Protection['coolants'][number];
}

const MM3_PER_LITRE = 1_000_000;
const MM2_PER_M2 = 1_000_000;
const SECONDS_PER_HOUR = 3600;

/**
 * A carton made ready to hold the middle of a band for a trip, with each liner that leaves room: insulated walls, and
 * enough coolant on top. Which is cheapest is for packing to find. `convert` turns prices of a record's currency into
 * those of the cartons.
 */
export const coldCartons = (
  carton: Carton,
  band: ColdBand,
  trip: ColdTrip,
  protection: Protection,
  convert: (price: Nanos, currency: string) => Nanos,
): ColdCarton[] => {
  if (carton.soft) return [];
  const reserve = Number(protection.trip.reserve);
  const made = protection.liners.flatMap((liner) => lined(carton, liner, band, trip, reserve, convert) ?? []);
  // Two of one carton would draw on its supply twice.
  return carton.available === undefined ? made : made.slice(0, 1);
};

/**
 * Heat through the walls = conductivity x area x temperature difference x time / wall, taken up by the coolant's latent
 * heat, times the reserve.
 */
const lined = (
  carton: Carton,
  liner: Protection['liners'][number],
  { fromC, toC, coolant }: ColdBand,
  trip: ColdTrip,
  reserve: number,
  convert: (price: Nanos, currency: string) => Nanos,
): ColdCarton | undefined => {
  const lengthMm = carton.inner.lengthMm - 2 * liner.wallMm;
  const widthMm = carton.inner.widthMm - 2 * liner.wallMm;
  const linedMm = carton.inner.heightMm - 2 * liner.wallMm;
  if (lengthMm <= 0 || widthMm <= 0 || linedMm <= 0) return undefined;
  const areaMm2 = 2 * (lengthMm * widthMm + lengthMm * linedMm + widthMm * linedMm);
  const kelvin = Math.abs(trip.outsideC - (fromC + toC) / 2);
  const watt = (liner.milliwattPerMetreKelvin / liner.wallMm) * (areaMm2 / MM2_PER_M2) * kelvin;
  const joule = watt * trip.hours * SECONDS_PER_HOUR * reserve;
  const coolantGrams = Math.ceil(joule / coolant.kilojoulePerKg);
  const layerMm = Math.ceil((coolantGrams * MM3_PER_LITRE) / coolant.gramsPerLitre / (lengthMm * widthMm));
  const heightMm = linedMm - layerMm;
  if (heightMm <= 0) return undefined;
  const linerMm3 = volumeMm3(carton.inner) - lengthMm * widthMm * linedMm;
  const linerPrice = scaleNanos(nanosOfDecimal(Number(liner.pricePerLitre)), linerMm3, MM3_PER_LITRE);
  const coolantPrice = scaleNanos(nanosOfDecimal(Number(coolant.pricePerKg)), coolantGrams, 1000);
  const tareGrams = carton.tareGrams + Math.ceil((linerMm3 * liner.gramsPerLitre) / MM3_PER_LITRE) + coolantGrams;
  if (tareGrams >= carton.maxGrossGrams) return undefined;
  return {
    ...carton,
    id: `${carton.id}+${liner.id}`,
    of: carton.id,
    liner: liner.id,
    inner: { lengthMm, widthMm, heightMm },
    tareGrams,
    price: carton.price + convert(linerPrice, liner.currency) + convert(coolantPrice, coolant.currency),
    coolantGrams,
  };
};
