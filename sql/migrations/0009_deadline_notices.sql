-- Reminder and escalation (product.md 9): when the lead's next one is due, 0 for none; and the steps that were told:
-- 0 none, 1 the reminder, 2 the escalation. Leads that wait already are told of once, all together.
ALTER TABLE lead ADD COLUMN notified INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lead ADD COLUMN notice_at BIGINT NOT NULL DEFAULT 0;
UPDATE lead SET notice_at = CASE WHEN reminder_at <> 0 THEN reminder_at ELSE escalation_at END
  WHERE is_open = 1 AND first_contact_at = 0;
CREATE INDEX lead_by_notice ON lead (notice_at, id) WHERE notice_at <> 0;

-- Who has still to be told of such an event, one row a person and channel: queued in the transaction of the event,
-- taken out when it was delivered. What goes to one person at once has one batch, so that it stays one message however
-- often it is tried.
CREATE TABLE notice (
  -- names a batch, by which the host tells a repeat: never given twice
  id {id once},
  event_id BIGINT NOT NULL REFERENCES lead_event (id),
  lead_id BIGINT NOT NULL,
  user_id {key} NOT NULL,
  -- bell, mail
  channel {key} NOT NULL,
  -- 0: not put together yet
  batch BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL
);
CREATE INDEX notice_waiting ON notice (channel, user_id, id);
