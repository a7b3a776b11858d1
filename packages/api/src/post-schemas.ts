import { spikeAnswerSchema } from '@crossparcel/demand/spike-answer';
import * as z from 'zod';
import { country, identifier, instant, uuid } from './fields.ts';

const name = z
  .string()
  .max(40)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not a name; write words in small letters joined by hyphens');

/** What may make goods sell: a video, live stream, ad or campaign, published or yet to come. Other kinds are kept as they are. */
export const postSubmissionSchema = z.strictObject({
  platform: name,
  externalId: identifier,
  kind: name,
  /** When it is published; a later word on it counts. */
  publishesAt: instant,
  /** The goods that it shows. */
  skus: z.array(identifier).max(200).default([]),
  /** What else is known of it, such as `category`, `durationSeconds`, `statedReach`. No names of people. */
  attributes: z.record(z.string().max(40), z.union([z.string().max(200), z.number(), z.boolean()])).default({}),
});
export type PostSubmission = z.infer<typeof postSubmissionSchema>;

/** A post as it is kept. */
export const postSchema = postSubmissionSchema.extend({ id: uuid, seller: uuid });
export type PostAnswer = z.infer<typeof postSchema>;

/**
 * What a counter of a post stood at, cumulative: `views`, `likes`, `comments`, `shares`, `saves`, and others, which are kept. The
 * metric `countries` gives the countries in which the post was among those shown most.
 */
export const readingSubmissionSchema = z
  .strictObject({
    platform: name,
    externalId: identifier,
    metric: name,
    at: instant,
    value: z.number().nonnegative().optional(),
    countries: z.array(country).max(300).optional(),
    /** Since when it could be known; analytics that come a day late say so. The time at which it came when left out. */
    knownAt: instant.optional(),
  })
  .refine(({ metric, value, countries }) => (metric === 'countries' ? value === undefined : countries === undefined), {
    error: 'countries go with the metric countries, a value with every other',
  })
  .refine(({ value, countries }) => value !== undefined || countries !== undefined, {
    error: 'is missing; give a value, or the countries',
    path: ['value'],
  });
export type ReadingSubmission = z.infer<typeof readingSubmissionSchema>;

/** What became of a reading: new, the same as known, another word on the same instant, or of a post that nobody told of. */
export const readingResultSchema = z.object({
  platform: z.string(),
  externalId: z.string(),
  metric: z.string(),
  at: instant,
  outcome: z.enum(['accepted', 'unchanged', 'revised', 'unknown-post']),
});
export type ReadingResult = z.infer<typeof readingResultSchema>;

/** A counter so far and what it comes to; `seen` are totals by seconds since the publication, at most some dozens. */
const sizedSchema = spikeAnswerSchema.extend({ seen: z.array(z.tuple([z.number(), z.number()])) });

/** What a post comes to by what could be known at a time: totals since it was published. */
export const outlookSchema = z.object({
  post: postSchema,
  at: instant,
  views: sizedSchema.optional(),
  /** Units of the post's goods. */
  orders: sizedSchema.optional(),
  /** Why a part is missing: `not-published-yet`, `no-views-read`, `no-goods-named`, `views-beyond-horizon`, …. */
  notes: z.array(z.string()),
});
export type OutlookAnswer = z.infer<typeof outlookSchema>;
