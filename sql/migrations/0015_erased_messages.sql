-- Not to be worked with by an older plugin: it would take a line without a lead for one of all messages in quarantine.
-- A message in quarantine has no lead: the protocol of erasures names the archived message of the person instead.
ALTER TABLE erasure ADD COLUMN payload_id BIGINT NOT NULL DEFAULT 0;
