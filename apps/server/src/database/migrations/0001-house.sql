-- Two roles do all the work. A tenant sees the rows of its operator, and of its seller where it is one; the keeper (the
-- sequencer of the log, the outbox, the check of API keys) sees what those need, of everybody.
-- Roles belong to the whole server, so another database on it may have made them already, or may be making them right now.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['crossparcel_tenant', 'crossparcel_keeper'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
    IF NOT pg_has_role(current_user, name, 'SET') THEN
      -- Not inherited: whoever has not taken a role on sees nothing.
      EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT FALSE, SET TRUE', name);
    END IF;
  END LOOP;
END $$;

-- Where pg-boss makes its tables.
CREATE SCHEMA IF NOT EXISTS pgboss;

CREATE FUNCTION tenant_sees(operator uuid, seller uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT operator = nullif(current_setting('crossparcel.operator', true), '')::uuid
    AND (coalesce(current_setting('crossparcel.seller', true), '') = ''
      OR seller = nullif(current_setting('crossparcel.seller', true), '')::uuid)
$$;

CREATE TABLE operators (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE sellers (
  id uuid PRIMARY KEY,
  operator_id uuid NOT NULL REFERENCES operators,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (operator_id, id)
);

CREATE TABLE api_keys (
  id uuid PRIMARY KEY,
  operator_id uuid NOT NULL REFERENCES operators,
  seller_id uuid,
  name text NOT NULL,
  prefix text NOT NULL UNIQUE,
  secret_hash bytea NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  FOREIGN KEY (operator_id, seller_id) REFERENCES sellers (operator_id, id)
);

-- Personal data, sealed with a key of its own that is itself sealed. Erasing deletes both; the row stays as a tombstone, so
-- that a shop that sends the order again does not bring the person back.
CREATE TABLE people (
  id uuid PRIMARY KEY,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  sealed_key bytea,
  sealed bytea,
  erased_at timestamptz,
  FOREIGN KEY (operator_id, seller_id) REFERENCES sellers (operator_id, id)
);

-- The latest version of each order. `content` holds no personal data: the recipient stands in `people`, the buyer's id is a
-- fingerprint.
CREATE TABLE orders (
  id uuid PRIMARY KEY,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  shop text NOT NULL,
  external_id text NOT NULL,
  placed_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version_hash text COLLATE "C" NOT NULL,
  content jsonb NOT NULL,
  -- Checked at commit: people are written after the orders that turned out to be new.
  recipient_id uuid REFERENCES people DEFERRABLE INITIALLY DEFERRED,
  received_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (operator_id, seller_id, shop, external_id),
  FOREIGN KEY (operator_id, seller_id) REFERENCES sellers (operator_id, id)
);
CREATE INDEX orders_by_id ON orders (operator_id, id);

-- Every version that came, once. `updated_at` is empty where the sender did not say when it was made.
CREATE TABLE order_versions (
  order_id uuid NOT NULL REFERENCES orders,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  version_hash text COLLATE "C" NOT NULL,
  updated_at timestamptz,
  received_at timestamptz NOT NULL DEFAULT now(),
  content jsonb NOT NULL,
  UNIQUE NULLS NOT DISTINCT (order_id, version_hash, updated_at)
);

-- Holds that people or jobs put on orders; those that the shop puts stand in the order itself.
CREATE TABLE order_holds (
  order_id uuid NOT NULL REFERENCES orders,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  code text NOT NULL,
  why text NOT NULL,
  mend text NOT NULL,
  put_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (order_id, code)
);

CREATE TABLE parcels (
  id uuid PRIMARY KEY,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  order_id uuid NOT NULL REFERENCES orders,
  epc text NOT NULL,
  content jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (operator_id, epc),
  FOREIGN KEY (operator_id, seller_id) REFERENCES sellers (operator_id, id)
);
CREATE INDEX parcels_by_order ON parcels (order_id);

-- What happened, never changed. `canonical` is the text to which the log commits.
CREATE TABLE events (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  event_id text NOT NULL,
  is_declaration boolean NOT NULL,
  canonical text NOT NULL,
  content_hash text NOT NULL,
  event_time timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  salt bytea NOT NULL,
  commitment bytea NOT NULL,
  leaf_hash bytea NOT NULL,
  leaf_index bigint UNIQUE,
  UNIQUE (operator_id, seller_id, event_id, is_declaration),
  FOREIGN KEY (operator_id, seller_id) REFERENCES sellers (operator_id, id)
);
CREATE INDEX events_to_sequence ON events (position) WHERE leaf_index IS NULL;

CREATE TABLE event_parcels (
  event_position bigint NOT NULL REFERENCES events,
  parcel_id uuid NOT NULL REFERENCES parcels,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  PRIMARY KEY (parcel_id, event_position)
);
CREATE INDEX event_parcels_by_event ON event_parcels (event_position);

-- Views: made from the tables above, and can be made again. Rows are written often; room is left for them on their page.
CREATE TABLE parcel_views (
  parcel_id uuid PRIMARY KEY REFERENCES parcels,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  order_id uuid NOT NULL,
  state text NOT NULL,
  timeline text NOT NULL
) WITH (fillfactor = 60);
CREATE INDEX parcel_views_by_order ON parcel_views (order_id);

CREATE TABLE order_views (
  order_id uuid PRIMARY KEY REFERENCES orders,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  state text NOT NULL
) WITH (fillfactor = 60);
CREATE INDEX order_views_by_state ON order_views (operator_id, state, order_id);

-- What others are to be told, written with what it tells of.
CREATE TABLE outbox (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  topic text NOT NULL,
  subject text NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  relayed_at timestamptz
);
CREATE INDEX outbox_to_relay ON outbox (position) WHERE relayed_at IS NULL;

CREATE TABLE webhooks (
  id uuid PRIMARY KEY,
  operator_id uuid NOT NULL REFERENCES operators,
  seller_id uuid,
  url text NOT NULL,
  topics text[] NOT NULL,
  sealed_secret bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (operator_id, seller_id) REFERENCES sellers (operator_id, id)
);

-- Steps of jobs that are done: a step done twice does its work once.
CREATE TABLE step_runs (
  step text NOT NULL,
  key text NOT NULL,
  operator_id uuid NOT NULL,
  seller_id uuid,
  state text NOT NULL CHECK (state IN ('done', 'undone')),
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (step, key)
);

CREATE TABLE idempotency_keys (
  api_key_id uuid NOT NULL REFERENCES api_keys,
  key text NOT NULL,
  operator_id uuid NOT NULL,
  seller_id uuid,
  request_hash bytea NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  status integer,
  -- Sealed: the answer to making a key holds its secret.
  sealed_answer bytea,
  PRIMARY KEY (api_key_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (started_at);

-- The transparency log. One root for one size, whoever believes to be the sequencer.
CREATE TABLE log_tiles (
  level integer NOT NULL,
  number bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (level, number)
);
CREATE TABLE log_checkpoints (
  size bigint PRIMARY KEY,
  root bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  note text,
  signed_at timestamptz
);
CREATE TABLE log_identity (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  origin text NOT NULL,
  public_key bytea NOT NULL
);

-- Row-level security, also for the owner of the tables: without a role nothing is seen.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['sellers', 'api_keys', 'people', 'orders', 'order_versions', 'order_holds', 'parcels', 'events', 'event_parcels',
    'parcel_views', 'order_views', 'outbox', 'webhooks', 'step_runs', 'idempotency_keys'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossparcel_tenant USING (tenant_sees(operator_id, %s)) WITH CHECK (tenant_sees(operator_id, %s))',
      name,
      CASE WHEN name = 'sellers' THEN 'id' ELSE 'seller_id' END,
      CASE WHEN name = 'sellers' THEN 'id' ELSE 'seller_id' END);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO crossparcel_tenant', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['sellers', 'api_keys', 'events', 'outbox', 'webhooks', 'step_runs', 'idempotency_keys'] LOOP
    EXECUTE format('CREATE POLICY keeper ON %I TO crossparcel_keeper USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
-- Operators are not told of each other, and events are never changed or deleted by a tenant.
ALTER TABLE operators ENABLE ROW LEVEL SECURITY;
ALTER TABLE operators FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON operators TO crossparcel_tenant USING (tenant_sees(id, NULL));
CREATE POLICY keeper ON operators TO crossparcel_keeper USING (true) WITH CHECK (true);
GRANT SELECT ON operators TO crossparcel_tenant;
REVOKE UPDATE, DELETE ON events, event_parcels, order_versions FROM crossparcel_tenant;

GRANT SELECT, INSERT ON operators, sellers, api_keys, step_runs TO crossparcel_keeper;
GRANT UPDATE ON step_runs TO crossparcel_keeper;
GRANT SELECT (position, operator_id, seller_id, commitment, leaf_hash, leaf_index), UPDATE (leaf_index) ON events TO crossparcel_keeper;
GRANT SELECT, UPDATE (relayed_at) ON outbox TO crossparcel_keeper;
GRANT SELECT ON webhooks TO crossparcel_keeper;
GRANT SELECT (started_at), DELETE ON idempotency_keys TO crossparcel_keeper;
GRANT SELECT, INSERT, UPDATE ON log_tiles, log_checkpoints, log_identity TO crossparcel_keeper;
