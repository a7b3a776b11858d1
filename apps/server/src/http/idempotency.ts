import { createHash } from 'node:crypto';
import { type Fault, fail, ok, type Result } from '@crossparcel/units';
import type { Database } from '../database/database.ts';
import { asKeeper, asTenant, type Tenant } from '../database/tenant.ts';
import type { Caller } from '../keys/caller.ts';
import type { Keyring } from '../secrets/keyring.ts';

/** After this time a request that never got its answer is taken for dead, and a repeat is let through. */
const ABANDONED_SECONDS = 60;
/** Answers are remembered this long. */
const KEPT_DAYS = 7;

/** What remembering needs. */
export interface Remembering {
  readonly database: Database;
  readonly keyring: Keyring;
}

/** An answer that was given before. */
export interface GivenAnswer {
  readonly status: number;
  readonly answer: string;
}

const purpose = (caller: Caller, key: string): string => `idempotency ${caller.keyId} ${key}`;

const tenantOf = ({ operator, seller }: Caller): Tenant => ({ operator, ...(seller === undefined ? {} : { seller }) });

/**
 * Remembers a request by its idempotency key. Gives the answer that the same request got before, nothing when it is to
 * be worked on, or a fault: the key was used for another request, or the first one is still being worked on.
 */
export const beginOnce = async (
  { database, keyring }: Remembering,
  caller: Caller,
  key: string,
  request: string,
): Promise<Result<GivenAnswer | undefined, Fault>> => {
  const hash = createHash('sha256').update(request).digest('hex');
  return asTenant(database, tenantOf(caller), async (sql) => {
    const fresh = await sql.query(
      `INSERT INTO idempotency_keys (api_key_id, key, operator_id, seller_id, request_hash)
       VALUES ($1, $2, $3, $4, decode($5, 'hex'))
       ON CONFLICT (api_key_id, key) DO UPDATE SET started_at = now()
         WHERE idempotency_keys.status IS NULL AND idempotency_keys.request_hash = excluded.request_hash
           AND idempotency_keys.started_at < now() - make_interval(secs => $6)
       RETURNING key`,
      [caller.keyId, key, caller.operator, caller.seller ?? null, hash, ABANDONED_SECONDS],
    );
    if (fresh.length > 0) return ok(undefined);
    const [known] = await sql.query<{ hash: string; status: number | null; sealed_answer: Uint8Array | null }>(
      "SELECT encode(request_hash, 'hex') AS hash, status, sealed_answer FROM idempotency_keys WHERE api_key_id = $1 AND key = $2",
      [caller.keyId, key],
    );
    if (known && known.hash !== hash) return fail(REUSED);
    if (known?.status == null || known.sealed_answer === null) return fail(RUNNING);
    const answer = keyring.unseal(known.sealed_answer, purpose(caller, key)).toString('utf8');
    return ok({ status: known.status, answer });
  });
};

/** Keeps the answer of a request for its repeats; an answer that says to try again is not kept. */
export const endOnce = (
  { database, keyring }: Remembering,
  caller: Caller,
  key: string,
  { status, answer }: GivenAnswer,
): Promise<unknown> =>
  asTenant(database, tenantOf(caller), (sql) =>
    status >= 500 || status === 409
      ? sql.query('DELETE FROM idempotency_keys WHERE api_key_id = $1 AND key = $2', [caller.keyId, key])
      : sql.query(
          "UPDATE idempotency_keys SET status = $3, sealed_answer = decode($4, 'hex') WHERE api_key_id = $1 AND key = $2",
          [caller.keyId, key, status, keyring.seal(Buffer.from(answer), purpose(caller, key)).toString('hex')],
        ),
  );

/** Forgets requests that are older than a repeat can sensibly be. */
export const forgetOld = (database: Database): Promise<unknown> =>
  asKeeper(database, (sql) =>
    sql.query('DELETE FROM idempotency_keys WHERE started_at < now() - make_interval(days => $1)', [KEPT_DAYS]),
  );

const REUSED: Fault = {
  code: 'key-reused',
  field: 'Idempotency-Key',
  what: 'this key was used for another request',
  mend: 'make a new key for each request',
};

const RUNNING: Fault = {
  code: 'in-progress',
  field: 'Idempotency-Key',
  what: 'the first request with this key is still being worked on',
  mend: 'try again in a moment',
};
