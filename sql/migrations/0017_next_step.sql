-- No open lead falls silent (plugin/README.md "Next step"): the earliest contact that is planned and not made yet, 0 for
-- none, and reminder and escalation of what follows the first contact. due_at is from now on the date of whatever a lead
-- waits for: the deadline of the first contact, a planned contact, an agreed drive; the greatest number but one is an open
-- lead for which nothing is planned. What stands in myKontakte already is found by the job that looks there.
ALTER TABLE lead ADD COLUMN next_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE lead ADD COLUMN next_kind {key} NOT NULL DEFAULT '';
ALTER TABLE lead ADD COLUMN next_reminder_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE lead ADD COLUMN next_escalation_at BIGINT NOT NULL DEFAULT 0;
UPDATE lead SET due_at = CASE WHEN state = 'appointment' AND agreed_at <> 0 THEN agreed_at ELSE 9223372036854775806 END
  WHERE is_open = 1 AND first_contact_at <> 0;
UPDATE lead SET due_at = agreed_at
  WHERE is_open = 1 AND first_contact_at = 0 AND state = 'appointment' AND agreed_at <> 0 AND agreed_at < due_at;
ALTER TABLE lead_type_setting ADD COLUMN follow_up_reminder_minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lead_type_setting ADD COLUMN follow_up_escalation_minutes INTEGER NOT NULL DEFAULT 0;
