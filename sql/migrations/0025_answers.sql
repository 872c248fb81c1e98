-- works with: 19
-- What is written to prospects by e-mail (dms/ext/mail.h): templates, the legal footer, where receipts are sent.
CREATE TABLE answer_template (
  id {id},
  -- "receipt" or "answer"
  kind {key} NOT NULL,
  -- "de" or "en"
  language {key} NOT NULL,
  -- for which leads: '' all, "category:" or "type:" and its key
  reach {key} NOT NULL,
  title TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  -- 1: it is used
  active INTEGER NOT NULL,
  version BIGINT NOT NULL,
  changed_by {key} NOT NULL,
  changed_at BIGINT NOT NULL
);
-- By location ('': for all that have none of their own) and language.
CREATE TABLE answer_footer (
  location {key} NOT NULL,
  language {key} NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (location, language)
);
-- Where receipts are sent, by lead type and location ('': leads without a location): a row is on, nothing is off. since:
-- leads that came before get none.
CREATE TABLE receipt_rule (
  type {key} NOT NULL,
  location {key} NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (type, location)
);
-- Leads that were looked at: "sent", or why none was (lead/receipt.hpp). Each is looked at once.
CREATE TABLE receipt (
  lead_id BIGINT PRIMARY KEY,
  outcome {key} NOT NULL,
  at BIGINT NOT NULL
);
-- E-mails that the host has still to be given: queued in the transaction of their event.
CREATE TABLE mail_queue (
  mail_key {key} NOT NULL PRIMARY KEY,
  lead_id BIGINT NOT NULL,
  document TEXT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  -- what the host said last, one sentence
  problem TEXT NOT NULL
);
CREATE INDEX mail_queue_due ON mail_queue (next_attempt_at, mail_key);
CREATE INDEX mail_queue_of_lead ON mail_queue (lead_id);
-- News of the host that stand in a timeline already, and up to which change all do.
CREATE TABLE mail_news (
  id {key} NOT NULL PRIMARY KEY,
  lead_id BIGINT NOT NULL
);
CREATE TABLE mail_known (
  id INTEGER PRIMARY KEY,
  change_number BIGINT NOT NULL
);
INSERT INTO mail_known (id, change_number) VALUES (1, 0);
