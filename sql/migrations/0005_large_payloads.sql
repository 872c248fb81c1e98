-- Payloads that are larger than the memory are archived in parts and filed in several transactions.

CREATE TABLE payload_part (
  payload_id BIGINT NOT NULL REFERENCES payload (id),
  position INTEGER NOT NULL,
  -- zstd, base64
  body TEXT NOT NULL,
  PRIMARY KEY (payload_id, position)
);

-- 0 while the leads of a large payload are being filed; such a run goes on where it was broken off.
ALTER TABLE import_run ADD COLUMN finished INTEGER NOT NULL DEFAULT 1;

-- The later run in which an admin tried the lead again; 0: none.
ALTER TABLE import_item ADD COLUMN retried_by BIGINT NOT NULL DEFAULT 0;
CREATE INDEX import_item_quarantined ON import_item (id) WHERE outcome = 'quarantined' AND retried_by = 0;
