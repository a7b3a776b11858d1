import { datedFields } from '@crossparcel/units';
import * as z from 'zod';
import { priorStrength, shrunk } from '../../reliability/shrinkage.ts';

const share = z.number().min(0).max(1);
const count = z.number().int().nonnegative();

/** What was counted of one carrier's movements: flown ones by class of delay, and cancelled ones. */
const countsSchema = z.strictObject({
  direction: z.enum(['departure', 'arrival']),
  /** Kind of flight, as the scenario names it; an asterisk where it is not known. */
  kind: z.string(),
  carrier: z.string(),
  flown: z.array(count),
  cancelled: count,
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

/** Dated history of how late flights were, and of when that was told. */
export const delayHistorySchema = z
  .strictObject({
    id: z.string(),
    ...datedFields,
    /** Mean delay of each class in minutes, ascending; early and punctual flights are the first. */
    delayMinutes: z.array(z.number().nonnegative()).min(1),
    news: newsSchema,
    counts: z.array(countsSchema),
  })
  .refine(({ delayMinutes, counts }) => counts.every(({ flown }) => flown.length === delayMinutes.length), {
    error: 'counts need one number for each class of delay',
    path: ['counts'],
  });

export type DelayHistoryRecord = z.infer<typeof delayHistorySchema>;
export type News = z.infer<typeof newsSchema>;
export type FirstEstimate = z.infer<typeof estimateSchema>;
type Counts = z.infer<typeof countsSchema>;

/** Chances of each class of delay, and after them the chance of cancellation; they add up to 1. */
export type Chances = readonly number[];

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const outcomesOf = ({ flown, cancelled }: Counts): number[] => [...flown, cancelled];
const groupOf = ({ direction, kind }: Pick<Counts, 'direction' | 'kind'>): string => `${direction} ${kind}`;

/** All carriers of a kind together; half an observation more in each class, so that nothing is impossible. */
const pooled = (carriers: readonly Counts[]): Chances => {
  const outcomes = carriers.map(outcomesOf);
  const sums = (outcomes[0] ?? []).map((_, index) => 0.5 + sumOf(outcomes.map((one) => one[index] as number)));
  return sums.map((value) => value / sumOf(sums));
};

/**
 * How late flights of a carrier and kind are, and how often they are cancelled. A carrier's own record counts for as
 * much as carriers of its kind differ more than chance explains (empirical Bayes with a Dirichlet prior, its strength by
 * moments over all classes together); a carrier without history gets the chances of its kind.
 */
export class DelayHistory {
  readonly delayMinutes: readonly number[];
  readonly news: News;
  readonly #kinds = new Map<string, Chances>();
  readonly #carriers = new Map<string, Chances>();

  constructor({ delayMinutes, news, counts }: Pick<DelayHistoryRecord, 'delayMinutes' | 'news' | 'counts'>) {
    this.delayMinutes = delayMinutes;
    this.news = news;
    for (const [kind, carriers] of Map.groupBy(counts, groupOf)) this.#learn(kind, carriers);
  }

  #learn(kind: string, carriers: readonly Counts[]): void {
    const prior = pooled(carriers);
    this.#kinds.set(kind, prior);
    const groups = carriers.map((one) => {
      const outcomes = outcomesOf(one);
      const trials = sumOf(outcomes);
      return outcomes.map((happened, index) => ({ happened, trials, expected: prior[index] as number }));
    });
    const strength = priorStrength(groups.flat());
    for (const [index, { carrier }] of carriers.entries()) {
      const chances = (groups[index] ?? []).map((group) => shrunk(group, strength));
      this.#carriers.set(`${kind} ${carrier}`, chances);
    }
  }

  /** Chances of a departure by kind and carrier. */
  departure(kind: string, carrier: string): Chances {
    return this.#of(groupOf({ direction: 'departure', kind }), carrier);
  }

  /** Chances of an arrival by carrier, whatever its kind. */
  arrival(carrier: string): Chances {
    return this.#of(groupOf({ direction: 'arrival', kind: '*' }), carrier);
  }

  #of(kind: string, carrier: string): Chances {
    return this.#carriers.get(`${kind} ${carrier}`) ?? this.#kinds.get(kind) ?? this.#punctual();
  }

  /** Without any history of the kind nothing better is known than the timetable. */
  #punctual(): Chances {
    return [...this.delayMinutes, 0].map((_, index) => (index === 0 ? 1 : 0));
  }
}
