import * as z from 'zod';
import { MOST_RECORDS, pageOf, pageQuery, uuid } from '../fields.ts';
import {
  decisionSchema,
  placeSchema,
  planSchema,
  stockSchema,
  todaySchema,
  undespatchedSchema,
} from '../plan-schemas.ts';
import { route } from '../route.ts';
import { id, seller } from './common.ts';

/** Stock, plans, despatch, and what the day looks like. */
export const planningRoutes = {
  'stock.put': route({
    method: 'POST',
    path: '/v1/stock',
    summary: 'Say how many units are on hand at facilities; what was said before of a SKU there is replaced',
    scope: 'plans:write',
    query: seller,
    body: z.strictObject({ stock: z.array(stockSchema).min(1).max(MOST_RECORDS) }),
    answer: z.object({ rows: z.int() }),
  }),
  'stock.list': route({
    method: 'GET',
    path: '/v1/stock',
    summary: 'Units on hand, by facility and SKU; units that plans have promised are still among them',
    scope: 'plans:read',
    query: { ...pageQuery, ...seller },
    answer: pageOf(stockSchema),
  }),
  'plans.create': route({
    method: 'POST',
    path: '/v1/plans',
    summary: 'Plan all orders that are ready and have no parcel yet',
    scope: 'plans:write',
    query: seller,
    answer: planSchema,
    status: 202,
  }),
  'plans.list': route({
    method: 'GET',
    path: '/v1/plans',
    summary: 'Plans, latest first',
    scope: 'plans:read',
    query: { ...pageQuery, ...seller },
    answer: pageOf(planSchema),
  }),
  'plans.get': route({
    method: 'GET',
    path: '/v1/plans/{id}',
    summary: 'One plan with its sums',
    scope: 'plans:read',
    params: id,
    answer: planSchema,
  }),
  'plans.decisions': route({
    method: 'GET',
    path: '/v1/plans/{id}/decisions',
    summary: 'What a plan decided, order by order, the dearest first',
    scope: 'plans:read',
    params: id,
    query: pageQuery,
    answer: pageOf(decisionSchema.extend({ order: uuid })),
  }),
  'despatches.create': route({
    method: 'POST',
    path: '/v1/despatches',
    summary: 'Make parcels of planned orders: each gets its number and its papers, and is announced',
    scope: 'parcels:write',
    query: seller,
    body: z.strictObject({ orders: z.array(uuid).min(1).max(MOST_RECORDS) }),
    answer: z.object({
      parcels: z.array(z.object({ id: uuid, orderId: uuid, epc: z.string(), number: z.string() })),
      refused: z.array(undespatchedSchema),
    }),
  }),
  'today.get': route({
    method: 'GET',
    path: '/v1/today',
    summary: 'What burns: counts, concerns with examples, orders a day',
    scope: 'orders:read',
    query: seller,
    answer: todaySchema,
  }),
  'network.places': route({
    method: 'GET',
    path: '/v1/network/places',
    summary: 'The places that legs run between, with coordinates',
    scope: 'plans:read',
    answer: z.object({ places: z.array(placeSchema) }),
  }),
} as const;
