-- Model and campaign are written, no longer unpacked from the content at each reading.
ALTER TABLE lead DROP COLUMN model;
ALTER TABLE lead DROP COLUMN campaign;
ALTER TABLE lead ADD COLUMN model TEXT NOT NULL DEFAULT '';
ALTER TABLE lead ADD COLUMN campaign TEXT NOT NULL DEFAULT '';
-- Nobody needs to be told: what is counted stays the same.
DROP TRIGGER lead_change_of_change;
UPDATE lead SET model = COALESCE(json_extract(content, '$.wanted[0].model'), ''),
                campaign = COALESCE(json_extract(content, '$.campaign'), '') WHERE json_valid(content);
CREATE TRIGGER lead_change_of_change AFTER UPDATE ON lead
BEGIN
  INSERT INTO lead_change (lead_id, txid) VALUES (NEW.id, 0);
END;

INSERT OR IGNORE INTO lead_number (number, lead_id)
  SELECT lower(trim(json_extract(content, '$.prospect.customer_number'))), id FROM lead
  WHERE json_valid(content) AND trim(COALESCE(json_extract(content, '$.prospect.customer_number'), '')) <> '';
INSERT OR IGNORE INTO lead_number (number, lead_id)
  SELECT lower(trim(json_extract(one.value, '$.vin'))), lead.id FROM lead, json_each(lead.content, '$.wanted') AS one
  WHERE json_valid(lead.content) AND trim(COALESCE(json_extract(one.value, '$.vin'), '')) <> '';
