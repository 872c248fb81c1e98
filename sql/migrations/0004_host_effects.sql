-- Events of leads that the host has still to be told of (myKontakte, notifications): queued in the transaction of the
-- event, taken out when the host has it. What a crash or an unreachable host leaves behind is done later.
CREATE TABLE host_effect (
  event_id BIGINT PRIMARY KEY REFERENCES lead_event (id),
  lead_id BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  -- what the host said last, one sentence
  problem TEXT NOT NULL
);
CREATE INDEX host_effect_due ON host_effect (next_attempt_at, event_id);
CREATE INDEX host_effect_of_lead ON host_effect (lead_id, event_id);
