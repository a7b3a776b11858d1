-- What to stock where before it is sold: asked by somebody, made by a worker, kept with all its proposals.
CREATE TABLE placements (
  id uuid PRIMARY KEY,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  asked_at timestamptz NOT NULL DEFAULT now(),
  claimed_until timestamptz,
  ended_at timestamptz,
  day date NOT NULL,
  wish jsonb NOT NULL,
  summary jsonb,
  fault jsonb,
  FOREIGN KEY (operator_id, seller_id) REFERENCES sellers (operator_id, id)
);
CREATE INDEX placements_to_run ON placements (asked_at) WHERE state = 'running';

CREATE TABLE proposals (
  placement_id uuid NOT NULL REFERENCES placements,
  rank integer NOT NULL,
  operator_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  -- Days from order to shelf; null where nothing is to be ordered.
  lead_days integer,
  ordered_at timestamptz,
  record jsonb NOT NULL,
  PRIMARY KEY (placement_id, rank),
  CHECK (ordered_at IS NULL OR lead_days IS NOT NULL)
);

CREATE INDEX proposals_ordered ON proposals (operator_id, seller_id, ordered_at) WHERE ordered_at IS NOT NULL;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['placements', 'proposals'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossparcel_tenant USING (tenant_sees(operator_id, seller_id)) WITH CHECK (tenant_sees(operator_id, seller_id))', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON placements TO crossparcel_tenant;
GRANT SELECT, INSERT, UPDATE (ordered_at) ON proposals TO crossparcel_tenant;

-- The keeper finds placements that wait; what is in them only their tenant sees.
CREATE POLICY keeper ON placements TO crossparcel_keeper USING (true) WITH CHECK (true);
GRANT SELECT (id, operator_id, seller_id, state, asked_at, claimed_until) ON placements TO crossparcel_keeper;
GRANT UPDATE (claimed_until) ON placements TO crossparcel_keeper;
