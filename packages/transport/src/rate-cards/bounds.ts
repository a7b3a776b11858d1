import * as z from 'zod';
import {
  inMassUnit,
  type Measured,
  massUnitSchema,
  NANOGRAMS_PER_GRAM,
  nanogramsOf,
  sideIn,
  sideUnitSchema,
} from './measure.ts';

const most = z.number().positive().optional();

/**
 * How large and heavy something may be, sides sorted so that length is the longest. Sizes in whole units of `sides`, any
 * started unit counting; girth is twice the sum of the two shorter sides. What is not named is not bounded.
 */
export const boundsSchema = z.strictObject({
  sides: sideUnitSchema.optional(),
  length: most,
  width: most,
  height: most,
  girth: most,
  lengthPlusGirth: most,
  sum: most,
  volume: most,
  weight: z.strictObject({ value: z.number().positive(), unit: massUnitSchema }).optional(),
});
export type BoundsRecord = z.infer<typeof boundsSchema>;

/** The bound that a parcel breaks: which, how much it may be and how much it is. */
export interface Breach {
  readonly limit: string;
  readonly allowed: number;
  readonly found: number;
  readonly unit: string;
}

const NAMES = {
  length: 'longest side',
  width: 'second side',
  height: 'shortest side',
  girth: 'girth',
  lengthPlusGirth: 'length and girth',
  sum: 'sum of sides',
  volume: 'volume',
} as const;

type Size = keyof typeof NAMES;

const NONE = Number.POSITIVE_INFINITY;

/** Bounds, compiled. */
export class Bounds {
  readonly #record: BoundsRecord;
  readonly #unit: z.infer<typeof sideUnitSchema>;
  readonly #most: Readonly<Record<Size, number>>;
  /** Heaviest whole gram; infinite when mass is not bounded. */
  readonly maxGrams: number;

  constructor(record: BoundsRecord) {
    this.#record = record;
    this.#unit = record.sides ?? 'mm';
    const { length = NONE, width = NONE, height = NONE, girth = NONE, lengthPlusGirth = NONE, sum = NONE } = record;
    this.#most = { length, width, height, girth, lengthPlusGirth, sum, volume: record.volume ?? NONE };
    const { weight } = record;
    this.maxGrams = weight ? Math.floor(nanogramsOf(weight.value, weight.unit) / NANOGRAMS_PER_GRAM) : NONE;
  }

  /** Whether a parcel is inside all bounds. */
  hold({ long, middle, short, grossGrams }: Measured): boolean {
    if (grossGrams > this.maxGrams) return false;
    const most = this.#most;
    const a = sideIn(long, this.#unit);
    const b = sideIn(middle, this.#unit);
    const c = sideIn(short, this.#unit);
    return (
      a <= most.length &&
      b <= most.width &&
      c <= most.height &&
      a + 2 * (b + c) <= most.lengthPlusGirth &&
      2 * (b + c) <= most.girth &&
      a + b + c <= most.sum &&
      a * b * c <= most.volume
    );
  }

  /** The first bound that a parcel breaks; undefined when it breaks none. */
  breach({ long, middle, short, grossGrams }: Measured): Breach | undefined {
    const { weight } = this.#record;
    if (weight && grossGrams > this.maxGrams) {
      const found = inMassUnit(grossGrams * NANOGRAMS_PER_GRAM, weight.unit);
      return { limit: 'gross weight', allowed: weight.value, found, unit: weight.unit };
    }
    const [a, b, c] = [sideIn(long, this.#unit), sideIn(middle, this.#unit), sideIn(short, this.#unit)];
    const found: Readonly<Record<Size, number>> = {
      length: a,
      width: b,
      height: c,
      girth: 2 * (b + c),
      lengthPlusGirth: a + 2 * (b + c),
      sum: a + b + c,
      volume: a * b * c,
    };
    const broken = (Object.keys(NAMES) as Size[]).find((size) => found[size] > this.#most[size]);
    if (!broken) return undefined;
    const unit = broken === 'volume' ? `${this.#unit}³` : this.#unit;
    return { limit: NAMES[broken], allowed: this.#most[broken], found: found[broken], unit };
  }
}

/** A breach in words: `longest side 33 in is above 30 in`. */
export const breachText = ({ limit, allowed, found, unit }: Breach): string =>
  `${limit} ${found} ${unit} is above ${allowed} ${unit}`;
