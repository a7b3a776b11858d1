-- What sellers tell of their goods and of what is on hand, what plans decided, and the numbers that parcels bear.

CREATE TABLE items (
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  sku text COLLATE "C" NOT NULL,
  content jsonb NOT NULL,
  PRIMARY KEY (operator_id, seller_id, sku),
  FOREIGN KEY (operator_id, seller_id) REFERENCES sellers (operator_id, id)
);

CREATE TABLE stock (
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  facility text COLLATE "C" NOT NULL,
  sku text COLLATE "C" NOT NULL,
  quantity integer NOT NULL CHECK (quantity >= 0),
  PRIMARY KEY (operator_id, seller_id, facility, sku),
  FOREIGN KEY (operator_id, seller_id) REFERENCES sellers (operator_id, id)
);

-- Whoever plans claims the plan for a while; a claim that ran out is another's to take.
CREATE TABLE plans (
  id uuid PRIMARY KEY,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  asked_at timestamptz NOT NULL DEFAULT now(),
  claimed_until timestamptz,
  ended_at timestamptz,
  orders integer NOT NULL DEFAULT 0,
  currency text,
  summary jsonb,
  FOREIGN KEY (operator_id, seller_id) REFERENCES sellers (operator_id, id)
);
CREATE INDEX plans_to_run ON plans (asked_at) WHERE state = 'running';

CREATE TABLE decisions (
  plan_id uuid NOT NULL REFERENCES plans,
  order_id uuid NOT NULL REFERENCES orders,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  cost numeric NOT NULL,
  record jsonb NOT NULL,
  PRIMARY KEY (order_id, plan_id)
);
CREATE INDEX decisions_by_cost ON decisions (plan_id, cost DESC, order_id);

-- Ranges of numbers for parcels. They belong to the operator: the parcels of all its sellers are numbered from them.
CREATE TABLE number_ranges (
  operator_id uuid NOT NULL REFERENCES operators,
  kind text NOT NULL,
  form jsonb NOT NULL,
  next bigint NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (operator_id, kind)
);

ALTER TABLE parcels ADD COLUMN number text, ADD COLUMN due_at timestamptz;
CREATE UNIQUE INDEX parcels_by_number ON parcels (operator_id, number);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['items', 'stock', 'plans', 'decisions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossparcel_tenant USING (tenant_sees(operator_id, seller_id)) WITH CHECK (tenant_sees(operator_id, seller_id))', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO crossparcel_tenant', name);
  END LOOP;
END $$;

ALTER TABLE number_ranges ENABLE ROW LEVEL SECURITY;
ALTER TABLE number_ranges FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON number_ranges TO crossparcel_tenant
  USING (operator_id = nullif(current_setting('crossparcel.operator', true), '')::uuid)
  WITH CHECK (operator_id = nullif(current_setting('crossparcel.operator', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON number_ranges TO crossparcel_tenant;

-- The keeper finds plans that wait; what is in them only their tenant sees.
CREATE POLICY keeper ON plans TO crossparcel_keeper USING (true) WITH CHECK (true);
GRANT SELECT (id, operator_id, seller_id, state, asked_at, claimed_until) ON plans TO crossparcel_keeper;
GRANT UPDATE (claimed_until) ON plans TO crossparcel_keeper;

-- The sample shop is made for one moment; a load that was interrupted goes on with that moment.
CREATE TABLE sample_load (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  began_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz
);
GRANT SELECT, INSERT, UPDATE ON sample_load TO crossparcel_keeper;
