-- A text that is not JSON, or holds an escaped NUL (which PostgreSQL refuses to unescape), has no model.
ALTER TABLE lead ADD COLUMN model TEXT COLLATE "C" GENERATED ALWAYS AS
  (COALESCE(CAST(CASE WHEN content LIKE '{%' AND position('\u0000' in content) = 0 THEN content END AS json)
            -> 'wanted' -> 0 ->> 'model', '')) STORED;
ALTER TABLE lead ADD COLUMN campaign TEXT COLLATE "C" GENERATED ALWAYS AS
  (COALESCE(CAST(CASE WHEN content LIKE '{%' AND position('\u0000' in content) = 0 THEN content END AS json)
            ->> 'campaign', '')) STORED;

CREATE FUNCTION keep_lead_outcome() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
  IF NEW.state <> ''erased'' THEN
    NEW.outcome := CASE WHEN NEW.is_open = 1 THEN '''' ELSE NEW.state END;
  END IF;
  RETURN NEW;
END';
CREATE FUNCTION note_lead() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
  INSERT INTO lead_system.lead_change (lead_id, txid) VALUES (NEW.id, pg_current_xact_id()::text::bigint);
  RETURN NULL;
END';
CREATE FUNCTION note_feedback() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
  INSERT INTO lead_system.lead_change (lead_id, txid) VALUES (NEW.lead_id, pg_current_xact_id()::text::bigint);
  RETURN NULL;
END';

CREATE TRIGGER lead_outcome BEFORE INSERT OR UPDATE OF state ON lead FOR EACH ROW EXECUTE FUNCTION keep_lead_outcome();
CREATE TRIGGER lead_change_of_lead AFTER INSERT OR UPDATE ON lead FOR EACH ROW EXECUTE FUNCTION note_lead();
CREATE TRIGGER lead_change_of_new_feedback AFTER INSERT ON feedback_message FOR EACH ROW EXECUTE FUNCTION note_feedback();
CREATE TRIGGER lead_change_of_feedback AFTER UPDATE OF status ON feedback_message FOR EACH ROW
  WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION note_feedback();
