-- Blocks of a range of numbers: every serial number below `next` of its range that was leased since this migration lies in
-- exactly one row. Blocks are `open` while somebody prints from them, then `used`, `returned` (to be leased again, for
-- nobody has seen them) or `burnt` (never to be used, for somebody may have seen them).
ALTER TABLE number_ranges ADD COLUMN first bigint, ADD COLUMN opened_at timestamptz NOT NULL DEFAULT now();
UPDATE number_ranges SET first = next;
ALTER TABLE number_ranges ALTER COLUMN first SET NOT NULL;

CREATE TABLE number_leases (
  id uuid PRIMARY KEY,
  -- Blocks of one lease share it.
  lease uuid NOT NULL,
  operator_id uuid NOT NULL REFERENCES operators,
  kind text NOT NULL,
  form jsonb NOT NULL,
  first bigint NOT NULL,
  last bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'used', 'returned', 'burnt')),
  holder text NOT NULL,
  leased_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  closed_at timestamptz,
  CHECK (first <= last),
  CHECK ((state = 'open') = (closed_at IS NULL))
);
CREATE INDEX number_leases_by_lease ON number_leases (lease);
CREATE INDEX number_leases_by_place ON number_leases (operator_id, kind, first);
CREATE INDEX number_leases_waiting ON number_leases (operator_id, kind, first) WHERE state IN ('open', 'returned');

ALTER TABLE number_leases ENABLE ROW LEVEL SECURITY;
ALTER TABLE number_leases FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON number_leases TO crossparcel_tenant
  USING (operator_id = nullif(current_setting('crossparcel.operator', true), '')::uuid)
  WITH CHECK (operator_id = nullif(current_setting('crossparcel.operator', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON number_leases TO crossparcel_tenant;
