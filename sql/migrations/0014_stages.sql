-- Stages are counted because they happened, no longer because a later one was reached: a set of bits, 1 contacted,
-- 2 appointment, 4 test drive, 8 offer, 16 sold. reached, the farthest one, is what the version before reads. And the
-- appointment that was agreed is the lead's own, 0 for none; the one that was wished for is in its content.
ALTER TABLE lead ADD COLUMN stages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lead ADD COLUMN agreed_at BIGINT NOT NULL DEFAULT 0;

-- What each lead's events tell. Texts within texts have their quotes escaped, and match none of these.
CREATE TABLE stage_told (
  lead_id BIGINT PRIMARY KEY,
  bits INTEGER NOT NULL
);
INSERT INTO stage_told (lead_id, bits)
  SELECT lead_id,
    MAX(CASE WHEN kind = 'contact_result' AND data NOT LIKE '%"result":"reached"%' THEN 0
             WHEN kind = 'progress' AND data LIKE '%"to":"in_progress"%' THEN 0
             WHEN kind = 'closed' AND data NOT LIKE '%"to":"won"%' THEN 0 ELSE 1 END)
    + MAX(CASE WHEN kind = 'progress' AND data LIKE '%"to":"appointment"%' THEN 2 ELSE 0 END)
    + MAX(CASE WHEN kind = 'progress' AND data LIKE '%"to":"test_drive_done"%' THEN 4 ELSE 0 END)
    + MAX(CASE WHEN kind = 'progress' AND data LIKE '%"to":"offer"%' THEN 8 ELSE 0 END)
  FROM lead_event WHERE kind IN ('contact_result', 'progress', 'closed') GROUP BY lead_id;
-- Where a lead stands it came to, whatever of its events is left.
INSERT INTO stage_told (lead_id, bits)
  SELECT id, 0 FROM lead WHERE NOT EXISTS (SELECT 1 FROM stage_told WHERE stage_told.lead_id = lead.id);
UPDATE stage_told SET bits = bits | (
  SELECT CASE WHEN outcome = 'won' THEN 17 WHEN state = 'appointment' THEN 3 WHEN state = 'test_drive_done' THEN 5
              WHEN state = 'offer' THEN 9 WHEN contact = 'reached' THEN 1 ELSE 0 END
  FROM lead WHERE lead.id = stage_told.lead_id);

-- The test drive that was planned last, unless the lead went back to its beginning after it.
CREATE TABLE drive_planned (
  lead_id BIGINT PRIMARY KEY,
  event_id BIGINT NOT NULL
);
INSERT INTO drive_planned (lead_id, event_id)
  SELECT lead_id, MAX(id) FROM lead_event
  WHERE kind = 'contact_planned' AND data LIKE '%"kind":"test_drive"%' AND data LIKE '%"due":"%' GROUP BY lead_id;
DELETE FROM drive_planned WHERE EXISTS (
  SELECT 1 FROM lead_event later WHERE later.lead_id = drive_planned.lead_id AND later.id > drive_planned.event_id
    AND (later.kind IN ('rejected', 'reopened') OR later.kind = 'progress' AND later.data LIKE '%"to":"in_progress"%'));
