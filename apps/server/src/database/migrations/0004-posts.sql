-- Posts about goods (videos, live streams, ads, campaigns), and readings of their counters. A reading says what a counter
-- stood at, and since when that could be known; it is never changed: what is said later of the same instant stands beside
-- it, so that what was known at any time can be told again.
CREATE TABLE posts (
  id uuid PRIMARY KEY,
  operator_id uuid NOT NULL REFERENCES operators,
  seller_id uuid NOT NULL REFERENCES sellers,
  platform text NOT NULL,
  external_id text NOT NULL,
  publishes_at timestamptz NOT NULL,
  content jsonb NOT NULL,
  UNIQUE (operator_id, seller_id, platform, external_id)
);
CREATE INDEX posts_by_time ON posts (operator_id, publishes_at DESC, id DESC);

CREATE TABLE post_readings (
  operator_id uuid NOT NULL REFERENCES operators,
  seller_id uuid NOT NULL REFERENCES sellers,
  post_id uuid NOT NULL REFERENCES posts ON DELETE CASCADE,
  metric text NOT NULL,
  at timestamptz NOT NULL,
  known_at timestamptz NOT NULL,
  value double precision,
  countries text[],
  PRIMARY KEY (post_id, metric, at, known_at),
  CHECK (known_at >= at),
  CHECK ((value IS NULL) <> (countries IS NULL))
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['posts', 'post_readings'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO crossparcel_tenant USING (tenant_sees(operator_id, seller_id)) WITH CHECK (tenant_sees(operator_id, seller_id))', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON posts TO crossparcel_tenant;
GRANT SELECT, INSERT ON post_readings TO crossparcel_tenant;
