ALTER TABLE lead ADD COLUMN model TEXT GENERATED ALWAYS AS
  (CASE WHEN json_valid(content) THEN COALESCE(json_extract(content, '$.wanted[0].model'), '') ELSE '' END) VIRTUAL;
ALTER TABLE lead ADD COLUMN campaign TEXT GENERATED ALWAYS AS
  (CASE WHEN json_valid(content) THEN COALESCE(json_extract(content, '$.campaign'), '') ELSE '' END) VIRTUAL;

CREATE TRIGGER lead_outcome_of_new AFTER INSERT ON lead WHEN NEW.is_open = 0 AND NEW.state <> 'erased'
BEGIN
  UPDATE lead SET outcome = NEW.state WHERE id = NEW.id;
END;
CREATE TRIGGER lead_outcome_of_change AFTER UPDATE OF state ON lead WHEN NEW.state <> OLD.state AND NEW.state <> 'erased'
BEGIN
  UPDATE lead SET outcome = CASE WHEN NEW.is_open = 1 THEN '' ELSE NEW.state END WHERE id = NEW.id;
END;

CREATE TRIGGER lead_change_of_new AFTER INSERT ON lead
BEGIN
  INSERT INTO lead_change (lead_id, txid) VALUES (NEW.id, 0);
END;
CREATE TRIGGER lead_change_of_change AFTER UPDATE ON lead
BEGIN
  INSERT INTO lead_change (lead_id, txid) VALUES (NEW.id, 0);
END;
CREATE TRIGGER lead_change_of_new_feedback AFTER INSERT ON feedback_message
BEGIN
  INSERT INTO lead_change (lead_id, txid) VALUES (NEW.lead_id, 0);
END;
CREATE TRIGGER lead_change_of_feedback AFTER UPDATE OF status ON feedback_message WHEN NEW.status <> OLD.status
BEGIN
  INSERT INTO lead_change (lead_id, txid) VALUES (NEW.lead_id, 0);
END;
