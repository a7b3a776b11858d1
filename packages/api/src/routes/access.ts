import * as z from 'zod';
import { pageOf, pageQuery } from '../fields.ts';
import { route } from '../route.ts';
import { keySchema, keySubmissionSchema, sellerSchema, sessionSchema } from '../schemas.ts';
import { id, nothing } from './common.ts';

/** Who may do what: sessions, sellers, keys. */
export const accessRoutes = {
  'session.get': route({
    method: 'GET',
    path: '/v1/session',
    summary: 'Who is asking',
    scope: 'any',
    answer: sessionSchema,
  }),
  'session.begin': route({
    method: 'POST',
    path: '/v1/session',
    summary: 'Keep an API key in a cookie of the browser that only this server sees',
    scope: 'public',
    body: z.strictObject({ key: z.string().min(1).max(200) }),
    answer: sessionSchema,
  }),
  'session.end': route({
    method: 'DELETE',
    path: '/v1/session',
    summary: 'Forget that cookie',
    scope: 'public',
    answer: nothing,
    status: 204,
  }),
  'sellers.create': route({
    method: 'POST',
    path: '/v1/sellers',
    summary: 'Add a seller',
    scope: 'sellers:admin',
    level: 'operator',
    body: z.strictObject({ name: z.string().min(1).max(200) }),
    answer: sellerSchema,
    status: 201,
  }),
  'sellers.list': route({
    method: 'GET',
    path: '/v1/sellers',
    summary: 'Sellers of the operator',
    scope: 'sellers:admin',
    level: 'operator',
    query: pageQuery,
    answer: pageOf(sellerSchema),
  }),
  'keys.create': route({
    method: 'POST',
    path: '/v1/keys',
    summary: 'Make an API key; its secret is shown this once',
    scope: 'keys:admin',
    level: 'operator',
    body: keySubmissionSchema,
    answer: keySchema.extend({ secret: z.string() }),
    status: 201,
  }),
  'keys.list': route({
    method: 'GET',
    path: '/v1/keys',
    summary: 'API keys',
    scope: 'keys:admin',
    level: 'operator',
    query: pageQuery,
    answer: pageOf(keySchema),
  }),
  'keys.revoke': route({
    method: 'DELETE',
    path: '/v1/keys/{id}',
    summary: 'Revoke an API key',
    scope: 'keys:admin',
    level: 'operator',
    params: id,
    answer: nothing,
    status: 204,
  }),
} as const;
