import * as z from 'zod';

const counts = z.array(z.number().nonnegative());

/** How charts of countries went together, counted over videos seen on their first day and what became of them. */
export const chartLinksSchema = z.strictObject({
  countries: z.array(z.string()),
  videos: z.int().positive(),
  /** Videos that a country's chart held on the first day; and those among them that any further country came to hold. */
  held: counts,
  spread: counts,
  /** Videos that a country came to hold later. */
  reached: counts,
  /** Of the videos that the first country held, those that the second came to hold later. */
  moves: z.array(counts),
  /** Videos that both countries held at some time, for pairs in order: row and place below it, the diagonal too. */
  both: z.array(counts),
});
export type ChartLinksRecord = z.infer<typeof chartLinksSchema>;

/** Counts that stand for "no evidence" in ratios of small counts. */
const FEW = 2;
const SOME = 5;

/** What links a country to the countries whose charts hold a video. */
export interface CountryLink {
  readonly country: string;
  /** Sum over the holding countries of the share of their videos that this one came to hold. */
  readonly expected: number;
  readonly features: readonly number[];
}

/** Sums and maxima of several shares. */
class Tally {
  sum = 0;
  most = 0;

  add(share: number): void {
    this.sum += share;
    if (share > this.most) this.most = share;
  }
}

/** Looks up how charts go together. */
export class ChartLinks {
  readonly #record: ChartLinksRecord;
  readonly #places: ReadonlyMap<string, number>;

  constructor(record: ChartLinksRecord) {
    this.#record = record;
    this.#places = new Map(record.countries.map((country, place) => [country, place]));
  }

  /** The mean over countries of the share of their first-day videos that spread on. */
  spreadOf(holding: ReadonlySet<string>): number {
    const { held, spread } = this.#record;
    const places = this.#placesOf(holding);
    const shares = places.map((place) => (spread[place] as number) / ((held[place] as number) + SOME));
    return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, places.length);
  }

  /** Each country that does not hold a video, with what links it to those that do. */
  links(holding: ReadonlySet<string>): CountryLink[] {
    const holders = this.#placesOf(holding);
    return this.#record.countries.flatMap((country, place) =>
      holding.has(country) ? [] : [this.#link(country, place, holders)],
    );
  }

  #placesOf(countries: ReadonlySet<string>): number[] {
    return [...countries].flatMap((country) => this.#places.get(country) ?? []).sort((one, other) => one - other);
  }

  #link(country: string, to: number, holders: readonly number[]): CountryLink {
    const { moves, held, reached, videos } = this.#record;
    const [moved, likeness, covered] = [new Tally(), new Tally(), new Tally()];
    const own = this.#both(to, to);
    for (const from of holders) {
      moved.add((moves[from]?.[to] ?? 0) / ((held[from] as number) + FEW));
      const both = this.#both(from, to);
      likeness.add(both / (this.#both(from, from) + own - both + SOME));
      covered.add(both / (own + SOME));
    }
    const count = Math.max(1, holders.length);
    const features = [
      moved.sum,
      moved.most,
      moved.sum / count,
      likeness.most,
      likeness.sum / count,
      covered.most,
      covered.sum / count,
      covered.sum,
      (reached[to] as number) / videos,
      own / videos,
    ];
    return { country, expected: moved.sum, features };
  }

  #both(one: number, other: number): number {
    return this.#record.both[Math.max(one, other)]?.[Math.min(one, other)] ?? 0;
  }
}
