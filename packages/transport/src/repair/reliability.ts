import { datedFields } from '@crossparcel/units';
import { z } from 'zod';

const share = z.number().min(0).max(1);

/** What was counted of one carrier's (or one flight's) movements: flown ones by delay class, and cancelled ones. */
const countsSchema = z.strictObject({
  direction: z.enum(['departure', 'arrival']),
  /** Kind of flight, as the scenario names it; an asterisk where it is not known. */
  kind: z.string(),
  carrier: z.string(),
  flight: z.string().optional(),
  flown: z.array(z.number().int().nonnegative()),
  cancelled: z.number().int().nonnegative(),
});

/** A first estimate for delays above so many minutes comes `leadMinutes` ahead and tells this share of the delay. */
const estimateSchema = z.strictObject({ aboveMinutes: z.number(), leadMinutes: z.number(), share });

/** When and how far a delay is told before it happens. */
const newsSchema = z.strictObject({
  departures: z.array(estimateSchema),
  /** The same ahead of the scheduled arrival. */
  arrivals: z.array(estimateSchema),
  /** How long ahead of departure a cancellation is told: a share of them, evenly between two leads. */
  cancellations: z.array(z.strictObject({ fromMinutes: z.number(), toMinutes: z.number(), share })),
});

/** Dated history of how flights ran. */
export const reliabilityRecordSchema = z.strictObject({
  id: z.string(),
  ...datedFields,
  /** Mean delay of each class in minutes, ascending; early and punctual flights are the first. */
  delayMinutes: z.array(z.number().nonnegative()).min(1),
  news: newsSchema,
  counts: z.array(countsSchema),
});

export type ReliabilityRecord = z.infer<typeof reliabilityRecordSchema>;
export type News = z.infer<typeof newsSchema>;
export type FirstEstimate = z.infer<typeof estimateSchema>;
type Counts = z.infer<typeof countsSchema>;

/** Chances of each delay class, and after them the chance of cancellation; they add up to 1. */
export type Chances = Float64Array;

/** Weights of a prior, in observations, among which the likeliest is taken. */
const WEIGHTS = [1, 2, 4, 8, 16, 32, 64, 128];

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

const normalised = (values: Float64Array): Chances => {
  const sum = total(values);
  return values.map((value) => value / sum);
};

/** Log likelihood of counts under a Dirichlet-multinomial with mean `prior` and `weight` observations behind it. */
const logLikelihood = (counts: Float64Array, prior: Chances, weight: number): number => {
  let sum = 0;
  for (const [index, count] of counts.entries())
    for (let seen = 0; seen < count; seen += 1) sum += Math.log(weight * (prior[index] as number) + seen);
  const all = total(counts);
  for (let seen = 0; seen < all; seen += 1) sum -= Math.log(weight + seen);
  return sum;
};

/** One group's counts and the chances of the wider group that it leans on. */
interface Leaning {
  readonly counts: Float64Array;
  readonly prior: Chances;
}

/** The weight of the prior under which what was counted is likeliest (empirical Bayes). */
const likeliestWeight = (groups: readonly Leaning[]): number => {
  const scores = WEIGHTS.map((weight) =>
    groups.reduce((sum, { counts, prior }) => sum + logLikelihood(counts, prior, weight), 0),
  );
  return WEIGHTS[scores.indexOf(Math.max(...scores))] as number;
};

const posterior = ({ counts, prior }: Leaning, weight: number): Chances =>
  normalised(counts.map((count, index) => count + weight * (prior[index] as number)));

const keyOf = (...parts: readonly string[]): string => parts.join('\n');

/**
 * How reliable flights are: chances of delay and cancellation by carrier and kind, and by flight number where enough is
 * known, each leaning on the wider group with the weight that makes the counts likeliest (empirical Bayes with a
 * Dirichlet prior; Efron and Morris, 1975, for the idea). Carriers and flights without history get the chances of
 * their kind.
 */
export class Reliability {
  readonly delayMinutes: readonly number[];
  readonly news: News;
  readonly #kinds = new Map<string, Chances>();
  readonly #carriers = new Map<string, Chances>();
  readonly #flights = new Map<string, Chances>();

  constructor({ delayMinutes, news, counts }: ReliabilityRecord) {
    this.delayMinutes = delayMinutes;
    this.news = news;
    const carriers = counts.filter(({ flight }) => flight === undefined);
    for (const kind of new Set(carriers.map((one) => keyOf(one.direction, one.kind))))
      this.#kinds.set(kind, this.#pooled(carriers.filter((one) => keyOf(one.direction, one.kind) === kind)));
    const carrierKey = (one: Counts) => keyOf(one.direction, one.kind, one.carrier);
    for (const [one, chances] of this.#lean(carriers, this.#kinds, (one) => keyOf(one.direction, one.kind)))
      this.#carriers.set(carrierKey(one), chances);
    const flights = counts.filter(({ flight }) => flight !== undefined);
    for (const [one, chances] of this.#lean(flights, this.#carriers, carrierKey))
      this.#flights.set(keyOf(carrierKey(one), one.flight ?? ''), chances);
  }

  #vector({ flown, cancelled }: Counts): Float64Array {
    return Float64Array.from([...flown, cancelled]);
  }

  /** All carriers of a kind together; half an observation more in each class, so that nothing is impossible. */
  #pooled(group: readonly Counts[]): Chances {
    const sums = new Float64Array(this.delayMinutes.length + 1).fill(0.5);
    for (const one of group)
      for (const [index, count] of this.#vector(one).entries()) sums[index] = (sums[index] as number) + count;
    return normalised(sums);
  }

  #lean(
    group: readonly Counts[],
    wider: ReadonlyMap<string, Chances>,
    widerKey: (one: Counts) => string,
  ): (readonly [Counts, Chances])[] {
    const leanings = group.map((one): Leaning => {
      const prior = wider.get(widerKey(one));
      if (!prior) throw new RangeError(`flights of ${one.carrier} were counted but not the carrier`);
      return { counts: this.#vector(one), prior };
    });
    const weight = likeliestWeight(leanings);
    return group.map((one, index) => [one, posterior(leanings[index] as Leaning, weight)]);
  }

  /** Chances of a departure by kind, carrier and flight number. */
  departure(kind: string, carrier: string, flight: string): Chances {
    return this.#look('departure', kind, carrier, flight);
  }

  /** Chances of an arrival by carrier and flight number, whatever its kind. */
  arrival(carrier: string, flight: string): Chances {
    return this.#look('arrival', '*', carrier, flight);
  }

  #look(direction: string, kind: string, carrier: string, flight: string): Chances {
    const chances =
      this.#flights.get(keyOf(direction, kind, carrier, flight)) ??
      this.#carriers.get(keyOf(direction, kind, carrier)) ??
      this.#kinds.get(keyOf(direction, kind));
    return chances ?? this.#punctual();
  }

  /** Without any history of the kind nothing better is known than the timetable. */
  #punctual(): Chances {
    const chances = new Float64Array(this.delayMinutes.length + 1);
    chances[0] = 1;
    return chances;
  }
}
