import { eventSchema, PARCEL_STATES } from '@crossparcel/trace';
import * as z from 'zod';
import { MOST_RECORDS, pageOf, pageQuery, uuid } from '../fields.ts';
import { PAPERS } from '../plan-schemas.ts';
import { route } from '../route.ts';
import { parcelSchema, parcelSubmissionSchema, recipientSchema, recordedEventSchema } from '../schemas.ts';
import { id, nothing, seller } from './common.ts';

/** Parcels, what happened to them, the people behind them, and the log that proves it. */
export const parcelsRoutes = {
  'stream.open': route({
    method: 'GET',
    path: '/v1/stream',
    summary:
      'Server-sent events: `change` with {"topics": […]} whenever something happened; ask again for what you show',
    scope: 'orders:read',
    query: seller,
    answer: z.string(),
    media: 'events',
  }),
  'parcels.register': route({
    method: 'POST',
    path: '/v1/parcels',
    summary: 'Register parcels of orders, so that events can tell of them',
    scope: 'parcels:write',
    query: seller,
    body: z.strictObject({ parcels: z.array(parcelSubmissionSchema).min(1).max(MOST_RECORDS) }),
    answer: z.object({ parcels: z.array(z.object({ id: uuid, epc: z.string() })) }),
  }),
  'parcels.list': route({
    method: 'GET',
    path: '/v1/parcels',
    summary: 'Parcels, latest first',
    scope: 'parcels:read',
    query: {
      ...pageQuery,
      ...seller,
      orderId: uuid.optional(),
      epc: z.string().optional(),
      number: z.string().max(40).optional(),
      state: z.enum(PARCEL_STATES).optional(),
    },
    answer: pageOf(parcelSchema),
  }),
  'parcels.get': route({
    method: 'GET',
    path: '/v1/parcels/{id}',
    summary: 'One parcel with its timeline',
    scope: 'parcels:read',
    params: id,
    answer: parcelSchema,
  }),
  'parcels.paper': route({
    method: 'GET',
    path: '/v1/parcels/{id}/papers/{paper}',
    summary: 'A paper of a despatched parcel as PDF: 4×6 inch label, CN 22 or CN 23, packing slip',
    scope: 'people:read',
    params: { id: uuid, paper: z.enum(PAPERS) },
    answer: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    media: 'pdf',
  }),
  'parcels.proof': route({
    method: 'GET',
    path: '/v1/parcels/{id}/proof',
    summary: 'The proof of a parcel’s logged events, which `crossparcel verify` checks offline',
    scope: 'parcels:read',
    params: id,
    answer: z.string(),
    media: 'text',
  }),
  'events.record': route({
    method: 'POST',
    path: '/v1/events',
    summary: 'Record EPCIS 2.0 object and aggregation events: once however often they come',
    scope: 'events:write',
    query: seller,
    body: z.strictObject({ events: z.array(eventSchema).min(1).max(MOST_RECORDS) }),
    answer: z.object({ results: z.array(recordedEventSchema) }),
  }),
  'events.list': route({
    method: 'GET',
    path: '/v1/events',
    summary: 'Events in the order of the log, in which each stands about a second after it was recorded',
    scope: 'events:read',
    query: { ...pageQuery, ...seller, epc: z.string().optional() },
    answer: pageOf(eventSchema),
  }),
  'people.erase': route({
    method: 'DELETE',
    path: '/v1/people/{id}',
    summary: 'Erase a person: the key is deleted, no proof breaks',
    scope: 'people:erase',
    params: id,
    answer: nothing,
    status: 204,
  }),
  'people.get': route({
    method: 'GET',
    path: '/v1/people/{id}',
    summary: 'The recipient of an order',
    scope: 'people:read',
    params: id,
    answer: recipientSchema,
  }),
  'views.rebuild': route({
    method: 'POST',
    path: '/v1/views/rebuild',
    summary: 'Drop the views of parcels and orders and make them again from what was recorded',
    scope: 'views:admin',
    level: 'operator',
    answer: z.object({ parcels: z.int(), orders: z.int() }),
  }),
  'log.checkpoint': route({
    method: 'GET',
    path: '/log/checkpoint',
    summary: 'The latest signed checkpoint of the transparency log (C2SP tlog-tiles)',
    scope: 'public',
    answer: z.string(),
    media: 'text',
  }),
  'log.policy': route({
    method: 'GET',
    path: '/log/policy',
    summary: 'The policy under which proofs of this log are checked (C2SP tlog-policy)',
    scope: 'public',
    answer: z.string(),
    media: 'text',
  }),
} as const;
