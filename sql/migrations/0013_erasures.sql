-- The protocol of erasures: which lead was anonymised by whom, when and why. No personal data, ever.
CREATE TABLE erasure (
  id {id},
  lead_id BIGINT NOT NULL,
  type {key} NOT NULL,
  source {key} NOT NULL,
  -- login; empty: the retention
  actor {key} NOT NULL,
  -- request, retention, lead
  cause {key} NOT NULL,
  at BIGINT NOT NULL,
  -- when the archive, the outbox and the host had forgotten as well; 0: not yet
  settled BIGINT NOT NULL
);
CREATE INDEX erasure_unsettled ON erasure (id) WHERE settled = 0;

-- Leads that have ended, by when: what the retention looks for. New leads are not in it.
CREATE INDEX lead_ended ON lead (type, ended_at) WHERE is_open = 0 AND state <> 'erased';
