/** The parts from which the identifier of a despatch (S8) is made. All receptacles of a despatch share them. */
export interface DespatchParts {
  /** Office of exchange of origin: IMPC code of six characters, for example `CNSZXA`. */
  readonly origin: string;
  readonly destination: string;
  /** Mail category, for example A for air. */
  readonly category: string;
  /** Mail sub-class of two letters, for example `UN`. */
  readonly subclass: string;
  /** The year, of which the last digit is kept. */
  readonly year: number;
  /** Despatch number in the year, 1 to 9999. */
  readonly despatch: number;
}

/** What a receptacle (S9) adds to its despatch. */
export interface ReceptacleParts extends DespatchParts {
  /** Number of the receptacle in the despatch, 1 to 999. */
  readonly receptacle: number;
  /** The highest number of the despatch. */
  readonly isLast: boolean;
  /** Registered or insured items: 0 none, 1 some, 9 not known. */
  readonly registered: 0 | 1 | 9;
  readonly grossGrams: number;
}

const OFFICE = /^[A-Z]{2}[A-Z]{3}[A-Z0-9]$/;
/** The unit of weight of S9, in grams. */
const WEIGHT_UNIT = 100;

const digits = (name: string, value: number, least: number, width: number): string => {
  if (!Number.isInteger(value) || value < least || value >= 10 ** width) throw new RangeError(`${name} ${value}`);
  return String(value).padStart(width, '0');
};

/**
 * A 20-character despatch identifier (UPU S8). Throws a RangeError when a part has the wrong form. No copy of the standard
 * could be read: the order of the fields is the one that parcel systems use.
 */
export const s8 = ({ origin, destination, category, subclass, year, despatch }: DespatchParts): string => {
  for (const office of [origin, destination]) {
    if (!OFFICE.test(office)) throw new RangeError(`office of exchange ${office}`);
  }
  if (!/^[A-D]$/.test(category)) throw new RangeError(`mail category ${category}`);
  if (!/^[A-Z]{2}$/.test(subclass)) throw new RangeError(`mail sub-class ${subclass}`);
  const lastDigit = digits('year', year, 1, 4).at(-1);
  return `${origin}${destination}${category}${subclass}${lastDigit}${digits('despatch', despatch, 1, 4)}`;
};

/**
 * A 29-character receptacle identifier (UPU S9): the despatch, the receptacle in it, and its gross weight rounded up to
 * 100 g. Throws a RangeError when a part has the wrong form.
 */
export const s9 = (parts: ReceptacleParts): string => {
  const last = parts.isLast ? 1 : 0;
  const weight = digits('gross weight', Math.ceil(parts.grossGrams / WEIGHT_UNIT), 0, 4);
  return `${s8(parts)}${digits('receptacle', parts.receptacle, 1, 3)}${last}${parts.registered}${weight}`;
};
