import * as z from 'zod';
import {
  numberAccountSchema,
  numberClosingSchema,
  numberLeaseSchema,
  numberLeaseWishSchema,
  numberRangeSchema,
} from '../plan-schemas.ts';
import { route } from '../route.ts';
import { id } from './common.ts';

/** Ranges of parcel numbers and leases from them. */
export const numbersRoutes = {
  'numbers.ranges': route({
    method: 'GET',
    path: '/v1/numbers/ranges',
    summary: 'Ranges of numbers, and how many of them are fresh, leased, used, returned and burnt',
    scope: 'parcels:read',
    level: 'operator',
    answer: z.object({ ranges: z.array(numberAccountSchema) }),
  }),
  'numbers.open': route({
    method: 'POST',
    path: '/v1/numbers/ranges',
    summary:
      'Open a range of numbers in the place of the one of its kind; numbers that may not come back yet are refused',
    scope: 'sellers:admin',
    level: 'operator',
    body: numberRangeSchema,
    answer: numberRangeSchema,
  }),
  'numbers.lease': route({
    method: 'POST',
    path: '/v1/numbers/leases',
    summary: 'Lease numbers to whoever prints them elsewhere; what is not closed in time is burnt',
    scope: 'parcels:write',
    level: 'operator',
    body: numberLeaseWishSchema,
    answer: numberLeaseSchema,
  }),
  'numbers.close': route({
    method: 'POST',
    path: '/v1/numbers/leases/{id}/close',
    summary: 'Say how many leased numbers were used, and return or burn the others',
    scope: 'parcels:write',
    level: 'operator',
    params: id,
    body: numberClosingSchema,
    answer: z.object({ used: z.int(), rest: z.int() }),
  }),
} as const;
