-- Readers begin with reading everything: nobody needs to be told of each lead.
ALTER TABLE lead DISABLE TRIGGER lead_change_of_lead;
UPDATE lead SET stages = stage_told.bits FROM stage_told WHERE stage_told.lead_id = lead.id;
UPDATE lead SET agreed_at = CAST(CAST(lead_event.data AS json) ->> 'due' AS BIGINT)
  FROM drive_planned JOIN lead_event ON lead_event.id = drive_planned.event_id
  WHERE drive_planned.lead_id = lead.id;
ALTER TABLE lead ENABLE TRIGGER lead_change_of_lead;
DROP TABLE stage_told;
DROP TABLE drive_planned;
