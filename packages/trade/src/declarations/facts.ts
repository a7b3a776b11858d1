/** A value of the data set as messages read it: a text, or more facts below it. */
export type Fact = string | Facts | readonly Facts[] | readonly string[] | undefined;
export interface Facts {
  readonly [name: string]: Fact;
}

/** The facts that a path is read from: those at hand, and those of the whole consignment. */
export interface Scope {
  readonly here: Facts;
  readonly whole: Facts;
  /** Path of `here` in the data set, for example `lines[2]`; empty at the top. */
  readonly place: string;
}

const isFacts = (fact: Fact): fact is Facts => typeof fact === 'object' && !Array.isArray(fact);

/** Reads a path such as `parties.sender.name`; one that begins with `$.` is read from the whole consignment. */
export const factAt = ({ here, whole }: Scope, path: string): Fact => {
  const fromWhole = path.startsWith('$.');
  let fact: Fact = fromWhole ? whole : here;
  for (const name of (fromWhole ? path.slice(2) : path).split('.')) {
    if (name === '') return fact;
    fact = isFacts(fact) ? fact[name] : undefined;
  }
  return fact;
};

/** The text at a path; empty texts count as missing. */
export const textAt = (scope: Scope, path: string): string | undefined => {
  const fact = factAt(scope, path);
  return typeof fact === 'string' && fact !== '' ? fact : undefined;
};

/** Names of the data set behind facts that are made of others. */
const MADE_OF: Readonly<Record<string, string>> = {
  hs6: 'hs',
  hs7to8: 'hs',
  hs8: 'hs',
  hs10: 'hs',
  netKilograms: 'massGrams',
  grossKilograms: 'grossGrams',
  origin: 'countryOfOrigin',
  despatchCountry: 'origin',
  departsOn: 'departsAt',
  arrivesOn: 'arrivesAt',
};

/** The path of a fact in the data set, for faults. */
export const placeOf = (scope: Scope, path: string): string => {
  const fromWhole = path.startsWith('$.');
  const names = (fromWhole ? path.slice(2) : path).split('.').filter((name) => name !== '');
  const written = names.map((name) => MADE_OF[name] ?? name).join('.');
  return [fromWhole ? '' : scope.place, written].filter((part) => part !== '').join('.');
};
