import * as z from 'zod';
import { pageOf, pageQuery } from '../fields.ts';
import {
  orderedProposalsSchema,
  placedProposalSchema,
  placementSchema,
  placementWishSchema,
} from '../placement-schemas.ts';
import { route } from '../route.ts';
import { id, seller } from './common.ts';

/** What to stock where before it is sold. */
export const placementsRoutes = {
  'placements.create': route({
    method: 'POST',
    path: '/v1/placements',
    summary: 'Ask what to stock where, by the orders and the stock so far',
    scope: 'demand:write',
    query: seller,
    body: placementWishSchema,
    answer: placementSchema,
    status: 202,
  }),
  'placements.list': route({
    method: 'GET',
    path: '/v1/placements',
    summary: 'Placements, latest first',
    scope: 'demand:read',
    query: { ...pageQuery, ...seller },
    answer: pageOf(placementSchema),
  }),
  'placements.get': route({
    method: 'GET',
    path: '/v1/placements/{id}',
    summary: 'One placement with its sums',
    scope: 'demand:read',
    params: id,
    answer: placementSchema,
  }),
  'placements.proposals': route({
    method: 'GET',
    path: '/v1/placements/{id}/proposals',
    summary: 'What a placement proposes, the largest saving first; quantity 0 means to go on shipping direct',
    scope: 'demand:read',
    params: id,
    query: pageQuery,
    answer: pageOf(placedProposalSchema),
  }),
  'placements.file': route({
    method: 'GET',
    path: '/v1/placements/{id}/proposals.csv',
    summary: 'All proposals to order something as CSV; the planner reads it as stock',
    scope: 'demand:read',
    params: id,
    answer: z.string(),
    media: 'csv',
  }),
  'placements.order': route({
    method: 'POST',
    path: '/v1/placements/{id}/ordered',
    summary:
      'Say that proposals were ordered, or not after all; later placements count them as on their way until they arrive',
    scope: 'demand:write',
    params: id,
    body: orderedProposalsSchema,
    answer: z.object({ proposals: z.array(placedProposalSchema) }),
  }),
} as const;
