import { type Fault, problemDetails } from '@crossparcel/units';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** HTTP status by code of fault; any other fault is about the request (422). */
const STATUS: Readonly<Record<string, ContentfulStatusCode>> = {
  'bad-json': 400,
  'bad-record': 400,
  'bad-cursor': 400,
  'no-key': 401,
  'scope-missing': 403,
  'operator-only': 403,
  'other-seller': 403,
  'not-found': 404,
  'not-logged-yet': 409,
  'in-progress': 409,
  'epc-taken': 409,
  'order-held': 409,
  'too-large': 413,
  'key-reused': 422,
  'internal-error': 500,
  busy: 503,
  unavailable: 503,
};

/** A fault as an HTTP answer. */
export const problemResponse = (fault: Fault): Response => {
  const status = STATUS[fault.code] ?? 422;
  return new Response(JSON.stringify(problemDetails(fault, status)), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(status === 503 ? { 'retry-after': '1' } : {}),
    },
  });
};

/** What is not there, or not to be seen by this caller: the two are not told apart. */
export const notFound = (what: string): Fault => ({
  code: 'not-found',
  what: `there is no such ${what}`,
  mend: 'check the id',
});
