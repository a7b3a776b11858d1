import { randomBytes } from 'node:crypto';
import { type Recipient, recipientSchema } from '@crossparcel/api';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';
import { KEY_BYTES, type Keyring, seal, unseal } from '../secrets/keyring.ts';

/** A person to be kept: an id, and what is known of them. */
export interface Person {
  readonly id: string;
  readonly recipient: Recipient;
}

/** A person as the database takes them: sealed with a key of their own, which is sealed with the master key. */
export const sealedPerson = ({ id, recipient }: Person, keyring: Keyring) => {
  const key = randomBytes(KEY_BYTES);
  return {
    id,
    sealed_key: keyring.seal(key, `person ${id}`).toString('base64'),
    sealed: seal(key, Buffer.from(JSON.stringify(recipient)), `person ${id}`).toString('base64'),
  };
};

/** Keeps people. One who has been erased stays erased. */
export const keepPeople = async (
  sql: Sql,
  tenant: Required<Tenant>,
  people: readonly Person[],
  keyring: Keyring,
): Promise<void> => {
  if (people.length === 0) return;
  await sql.query(
    `INSERT INTO people (id, operator_id, seller_id, sealed_key, sealed)
     SELECT id, $2, $3, decode(sealed_key, 'base64'), decode(sealed, 'base64')
     FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, sealed_key text, sealed text)
     ON CONFLICT (id) DO UPDATE SET sealed_key = excluded.sealed_key, sealed = excluded.sealed WHERE people.erased_at IS NULL`,
    [JSON.stringify(people.map((person) => sealedPerson(person, keyring))), tenant.operator, tenant.seller],
  );
};

/** A person, or undefined when there is none or they have been erased. */
export const findPerson = async (sql: Sql, id: string, keyring: Keyring): Promise<Recipient | undefined> => {
  const [row] = await sql.query<{ sealed_key: Uint8Array | null; sealed: Uint8Array | null }>(
    'SELECT sealed_key, sealed FROM people WHERE id = $1',
    [id],
  );
  if (!row?.sealed_key || !row.sealed) return undefined;
  const key = keyring.unseal(row.sealed_key, `person ${id}`);
  return recipientSchema.parse(JSON.parse(unseal(key, row.sealed, `person ${id}`).toString('utf8')));
};

/** Erases a person: key and data go, a tombstone stays. False when there is no such person. */
export const erasePerson = async (sql: Sql, id: string): Promise<boolean> => {
  const rows = await sql.query(
    'UPDATE people SET sealed_key = NULL, sealed = NULL, erased_at = coalesce(erased_at, now()) WHERE id = $1 RETURNING id',
    [id],
  );
  return rows.length > 0;
};
