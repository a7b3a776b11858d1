import * as z from 'zod';
import { instant, MOST_RECORDS, pageOf, pageQuery } from '../fields.ts';
import {
  outlookSchema,
  postSchema,
  postSubmissionSchema,
  readingResultSchema,
  readingSubmissionSchema,
} from '../post-schemas.ts';
import { route } from '../route.ts';
import { id, seller } from './common.ts';

/** By when it must have been known (now when left out), and days since publication that are looked ahead. */
const outlookQuery = {
  at: instant.optional(),
  horizonDays: z.coerce.number().gt(0).max(60).default(14),
};

/** Posts about goods, and how they fare. */
export const postsRoutes = {
  'posts.put': route({
    method: 'POST',
    path: '/v1/posts',
    summary: 'Tell of posts about goods, published or scheduled; what was said before of one is replaced',
    scope: 'demand:write',
    query: seller,
    body: z.strictObject({ posts: z.array(postSubmissionSchema).min(1).max(MOST_RECORDS) }),
    answer: z.object({ posts: z.array(postSchema) }),
  }),
  'posts.list': route({
    method: 'GET',
    path: '/v1/posts',
    summary: 'Posts, latest published first, those to come before them',
    scope: 'demand:read',
    query: { ...pageQuery, ...seller },
    answer: pageOf(postSchema),
  }),
  'posts.get': route({
    method: 'GET',
    path: '/v1/posts/{id}',
    summary: 'One post',
    scope: 'demand:read',
    params: id,
    answer: postSchema,
  }),
  'posts.readings': route({
    method: 'POST',
    path: '/v1/posts/readings',
    summary: 'Say what counters of posts stood at; each reading counts once, and none is changed later',
    scope: 'demand:write',
    query: seller,
    body: z.strictObject({ readings: z.array(readingSubmissionSchema).min(1).max(MOST_RECORDS) }),
    answer: z.object({ results: z.array(readingResultSchema) }),
  }),
  'posts.outlooks': route({
    method: 'GET',
    path: '/v1/outlooks',
    summary: 'What posts come to, latest published first',
    scope: 'demand:read',
    query: { ...pageQuery, ...seller, ...outlookQuery },
    answer: pageOf(outlookSchema),
  }),
  'posts.outlook': route({
    method: 'GET',
    path: '/v1/posts/{id}/outlook',
    summary: 'What one post comes to: views and units of its goods, by what could be known at a time',
    scope: 'demand:read',
    params: id,
    query: outlookQuery,
    answer: outlookSchema,
  }),
} as const;
