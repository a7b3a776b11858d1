import * as z from 'zod';
import { pageOf, pageQuery } from '../fields.ts';
import { route } from '../route.ts';
import { deadJobSchema, webhookSchema, webhookSubmissionSchema } from '../schemas.ts';
import { id, nothing } from './common.ts';

/** Webhooks and failed jobs. */
export const operationsRoutes = {
  'webhooks.create': route({
    method: 'POST',
    path: '/v1/webhooks',
    summary: 'Subscribe an address; its signing secret (Standard Webhooks) is shown this once',
    scope: 'webhooks:admin',
    body: webhookSubmissionSchema,
    answer: webhookSchema.extend({ secret: z.string() }),
    status: 201,
  }),
  'webhooks.list': route({
    method: 'GET',
    path: '/v1/webhooks',
    summary: 'Subscriptions',
    scope: 'webhooks:admin',
    query: pageQuery,
    answer: pageOf(webhookSchema),
  }),
  'webhooks.delete': route({
    method: 'DELETE',
    path: '/v1/webhooks/{id}',
    summary: 'End a subscription',
    scope: 'webhooks:admin',
    params: id,
    answer: nothing,
    status: 204,
  }),
  'jobs.dead': route({
    method: 'GET',
    path: '/v1/jobs/dead',
    summary: 'Jobs that failed for good',
    scope: 'jobs:admin',
    level: 'operator',
    query: pageQuery,
    answer: pageOf(deadJobSchema),
  }),
  'jobs.replay': route({
    method: 'POST',
    path: '/v1/jobs/dead/{id}/replay',
    summary: 'Try such a job again',
    scope: 'jobs:admin',
    level: 'operator',
    params: id,
    answer: z.object({ replayed: z.int() }),
  }),
} as const;
