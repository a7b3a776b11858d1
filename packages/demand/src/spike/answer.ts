import * as z from 'zod';

/** What a spike is doing; `docs/methods/spike.md` says when each holds. */
const STATES = ['growing', 'peaked', 'noise'] as const;
export type SpikeState = (typeof STATES)[number];

const amount = z.number().nonnegative();

/** What a post, video or launch comes to by the horizon; totals count from the start. */
export const spikeAnswerSchema = z.object({
  id: z.string(),
  /** Seconds since the start, as asked. */
  horizon: z.number().positive(),
  /** Seconds since the start of the last reading that counts. */
  observedUntil: z.number().nonnegative(),
  /** Counted so far, which no total is below. */
  observed: amount,
  median: amount,
  quantiles: z.record(z.string(), amount),
  state: z.enum(STATES),
  /** Totals expected on the way, with the interval of 80 %. */
  path: z.array(z.object({ t: z.number().positive(), low: amount, median: amount, high: amount })),
  /** By how much each signal narrowed the interval of 80 %, in logarithms; below 0 where it widened it. */
  signals: z.record(z.string(), z.number()),
  /** For videos: the chance that further countries' charts will hold it by an age in seconds, and the likeliest of them. */
  nextCountries: z
    .object({
      until: z.number().positive(),
      anyProbability: z.number(),
      countries: z.array(z.object({ country: z.string(), probability: z.number() })),
    })
    .optional(),
  /** How often intervals of 50, 80 and 95 % held on items not learned from, at the nearest age that was tried (seconds). */
  held: z
    .object({
      age: z.number().positive(),
      items: z.int().positive(),
      in50: z.number(),
      in80: z.number(),
      in95: z.number(),
    })
    .optional(),
  /** What would narrow the answer. */
  needs: z.array(z.string()),
  /** What was left out, or lies outside of what was learned from. */
  notes: z.array(z.string()),
});
export type SpikeAnswer = z.infer<typeof spikeAnswerSchema>;
