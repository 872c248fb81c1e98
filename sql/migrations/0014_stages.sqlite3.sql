-- Readers begin with reading everything: nobody needs to be told of each lead.
DROP TRIGGER lead_change_of_change;
UPDATE lead SET stages = (SELECT bits FROM stage_told WHERE lead_id = lead.id);
UPDATE lead SET agreed_at = CAST((SELECT json_extract(data, '$.due') FROM lead_event JOIN drive_planned
    ON lead_event.id = drive_planned.event_id WHERE drive_planned.lead_id = lead.id) AS INTEGER)
  WHERE id IN (SELECT lead_id FROM drive_planned);
CREATE TRIGGER lead_change_of_change AFTER UPDATE ON lead
BEGIN
  INSERT INTO lead_change (lead_id, txid) VALUES (NEW.id, 0);
END;
DROP TABLE stage_told;
DROP TABLE drive_planned;
