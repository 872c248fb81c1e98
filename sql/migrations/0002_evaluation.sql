-- What the evaluation needs beside the leads: as what a lead ended, and which leads have changed.

-- State in which the lead ended, empty while it is open. Unlike the state it stays when the lead is anonymised, so that
-- an erasure changes no count. Kept by triggers.
ALTER TABLE lead ADD COLUMN outcome {key} NOT NULL DEFAULT '';
UPDATE lead SET outcome = state WHERE is_open = 0 AND state <> 'erased';

-- One line a write of a lead or of its feedback, made by triggers in the same transaction. A reader that knows all
-- up to some line brings itself up to date from here. Old lines are forgotten (store/evaluation_rows).
CREATE TABLE lead_change (
  seq {id},
  lead_id BIGINT NOT NULL,
  -- the writing transaction on PostgreSQL, where lines of later numbers may be committed earlier; 0 on SQLite
  txid BIGINT NOT NULL
);
CREATE INDEX lead_change_by_transaction ON lead_change (txid);

-- The newest line that was forgotten: a reader that knows less reads all leads anew.
CREATE TABLE lead_change_forgotten (
  id INTEGER PRIMARY KEY,
  seq BIGINT NOT NULL,
  txid BIGINT NOT NULL
);
INSERT INTO lead_change_forgotten (id, seq, txid) VALUES (1, 0, 0);
