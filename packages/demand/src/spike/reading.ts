import * as z from 'zod';

const seconds = z.number().nonnegative();
const count = z.number().nonnegative();
const countedSchema = z.array(z.tuple([seconds, count]));

/** Counters beside the one that is sized; a name that is not known is kept and left out of the forecast. */
const signalsSchema = z.looseObject({
  views: countedSchema.optional(),
  likes: countedSchema.optional(),
  comments: countedSchema.optional(),
  shares: countedSchema.optional(),
  saves: countedSchema.optional(),
  /** Countries (ISO 3166-1 alpha-2) in which the post or product was among those shown, with each reading. */
  countries: z.array(z.tuple([seconds, z.array(z.string())])).optional(),
});

/**
 * What is known of one post, video or launch at an instant. Times are seconds since it was published; counts are
 * cumulative; an event's weight is the followers of who shared, or the units of an order.
 */
export const spikeRequestSchema = z.object({
  id: z.string(),
  kind: z.enum(['shares', 'views', 'orders']),
  observedUntil: z.number().positive(),
  events: z.array(z.tuple([seconds, count])).optional(),
  counts: countedSchema.optional(),
  /** The instant up to which the total is asked, from the start. */
  horizon: z.number().positive(),
  signals: signalsSchema.optional(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type SpikeRequest = z.infer<typeof spikeRequestSchema>;
