/** A town: its name, the form of its postal codes, its weight among the country's towns, its state where one is told. */
export type Town = readonly [name: string, postal: string, weight: number, subdivision?: string];

/** Words from which fictional recipients of a country are put together. */
export interface CountryWords {
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** Order of the parts of a name. */
  readonly familyFirst?: boolean;
  readonly streets: readonly string[];
  /** An address line: `{n}` is the house number, `{s}` the street. */
  readonly line: string;
  /** In a postal form `#` is a digit, `@` a letter of a British inward code, `%` a sign of an Eircode. */
  readonly towns: readonly Town[];
  /** How many leading signs of the postal code a shop tells before the label; undefined: up to the first space. */
  readonly prefixLength?: number;
  /** Telephone numbers that are kept for fiction, with `#` as above; undefined: none are given. */
  readonly phone?: string;
}
