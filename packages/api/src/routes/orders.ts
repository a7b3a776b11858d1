import * as z from 'zod';
import { identifier, MOST_RECORDS, pageOf, pageQuery, uuid } from '../fields.ts';
import { ORDER_STATES } from '../order-states.ts';
import { decisionSchema, itemSchema } from '../plan-schemas.ts';
import { route } from '../route.ts';
import { holdSchema, intakeResultSchema, orderSchema, orderSubmissionSchema } from '../schemas.ts';
import { id, seller } from './common.ts';

/** Orders and the goods that they name. */
export const ordersRoutes = {
  'orders.submit': route({
    method: 'POST',
    path: '/v1/orders',
    summary: 'Take in orders: durable before the answer, once however often they come, the latest version wins',
    scope: 'orders:write',
    query: seller,
    body: z.strictObject({ orders: z.array(orderSubmissionSchema).min(1).max(MOST_RECORDS) }),
    answer: z.object({ results: z.array(intakeResultSchema) }),
  }),
  'orders.list': route({
    method: 'GET',
    path: '/v1/orders',
    summary: 'Orders, latest first',
    scope: 'orders:read',
    query: { ...pageQuery, ...seller, state: z.enum(ORDER_STATES).optional(), externalId: identifier.optional() },
    answer: pageOf(orderSchema),
  }),
  'orders.get': route({
    method: 'GET',
    path: '/v1/orders/{id}',
    summary: 'One order',
    scope: 'orders:read',
    params: id,
    answer: orderSchema,
  }),
  'orders.hold': route({
    method: 'POST',
    path: '/v1/orders/{id}/holds',
    summary: 'Put a hold on an order: no parcel is made of it until the hold is released',
    scope: 'orders:write',
    params: id,
    body: holdSchema,
    answer: orderSchema,
  }),
  'orders.release': route({
    method: 'DELETE',
    path: '/v1/orders/{id}/holds/{code}',
    summary: 'Release a hold that was put here',
    scope: 'orders:write',
    params: { id: uuid, code: holdSchema.shape.code },
    answer: orderSchema,
  }),
  'orders.plan': route({
    method: 'GET',
    path: '/v1/orders/{id}/plan',
    summary: 'What the latest plan decided for an order: costs by kind, the losers and why they lost',
    scope: 'plans:read',
    params: id,
    answer: decisionSchema,
  }),
  'items.put': route({
    method: 'POST',
    path: '/v1/items',
    summary: 'Say what is known of SKUs; what was said before of one is replaced',
    scope: 'plans:write',
    query: seller,
    body: z.strictObject({ items: z.array(itemSchema).min(1).max(MOST_RECORDS) }),
    answer: z.object({ items: z.int() }),
  }),
  'items.list': route({
    method: 'GET',
    path: '/v1/items',
    summary: 'The catalogue, by SKU',
    scope: 'plans:read',
    query: { ...pageQuery, ...seller },
    answer: pageOf(itemSchema),
  }),
} as const;
