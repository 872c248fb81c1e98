-- The plugin's tables. Written once for both engines; what differs is named and filled in by store/dialect:
--   {id}   the engine's own growing number as primary key
--   {key}  text that is compared and ordered byte by byte, whatever the database's collation
-- Times are microseconds since the epoch in UTC, 0 unknown. Nothing is null: empty text and 0 say "none".

CREATE TABLE payload (
  id {id},
  digest {key} NOT NULL UNIQUE,
  source {key} NOT NULL,
  size BIGINT NOT NULL,
  at BIGINT NOT NULL,
  -- zstd, base64; empty: over a limit, kept by its digest only
  body TEXT NOT NULL
);

CREATE TABLE lead (
  id {id},
  version BIGINT NOT NULL,
  source {key} NOT NULL,
  external_id {key} NOT NULL,
  -- 1 for the first lead of an external id, 2 for an enquiry that follows a closed one
  occurrence INTEGER NOT NULL,
  digest {key} NOT NULL,
  type {key} NOT NULL,
  category {key} NOT NULL,
  state {key} NOT NULL,
  state_rank INTEGER NOT NULL,
  is_open INTEGER NOT NULL,
  contact {key} NOT NULL,
  location {key} NOT NULL,
  dealer_code {key} NOT NULL,
  assignee {key} NOT NULL,
  customer {key} NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  reminder_at BIGINT NOT NULL,
  escalation_at BIGINT NOT NULL,
  -- escalation_at while the deadline runs; store/lead_rows names the two values for "none" and "kept"
  due_at BIGINT NOT NULL,
  first_contact_at BIGINT NOT NULL,
  imported_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  reason {key} NOT NULL,
  reached INTEGER NOT NULL,
  follows BIGINT NOT NULL,
  payload_id BIGINT NOT NULL,
  -- folded: what people search and sort by
  name_key {key} NOT NULL,
  email_key {key} NOT NULL,
  phone_key_1 {key} NOT NULL,
  phone_key_2 {key} NOT NULL,
  phone_key_3 {key} NOT NULL,
  search_key {key} NOT NULL,
  -- the canonical lead as JSON: what lists show, and the rest (message, consents, extras)
  content TEXT NOT NULL,
  details TEXT NOT NULL
);

CREATE UNIQUE INDEX lead_external ON lead (source, external_id, occurrence);
-- One index an order of the overview: keyset pages read it forth and back.
CREATE INDEX lead_by_created ON lead (created_at, id);
CREATE INDEX lead_by_due ON lead (due_at, id);
CREATE INDEX lead_by_type ON lead (type, id);
CREATE INDEX lead_by_name ON lead (name_key, id);
CREATE INDEX lead_by_location ON lead (location, id);
CREATE INDEX lead_by_assignee ON lead (assignee, id);
CREATE INDEX lead_by_state ON lead (state_rank, id);
-- One place's leads of a type, one salesperson's leads, newest first.
CREATE INDEX lead_by_place ON lead (type, location, created_at, id);
CREATE INDEX lead_of_assignee ON lead (assignee, created_at, id) WHERE assignee <> '';
CREATE INDEX lead_open ON lead (type, location, assignee) WHERE is_open = 1;
CREATE INDEX lead_open_by_created ON lead (created_at, id) WHERE is_open = 1;
-- The same person again.
CREATE INDEX lead_by_email ON lead (email_key, created_at) WHERE email_key <> '';
CREATE INDEX lead_by_phone_1 ON lead (phone_key_1, created_at) WHERE phone_key_1 <> '';
CREATE INDEX lead_by_phone_2 ON lead (phone_key_2, created_at) WHERE phone_key_2 <> '';
CREATE INDEX lead_by_phone_3 ON lead (phone_key_3, created_at) WHERE phone_key_3 <> '';
CREATE INDEX lead_unplaced ON lead (source, dealer_code) WHERE is_open = 1 AND location = '';

-- Every content that an external id ever came with: an old payload again changes nothing, whatever came in between.
CREATE TABLE lead_digest (
  source {key} NOT NULL,
  external_id {key} NOT NULL,
  digest {key} NOT NULL,
  PRIMARY KEY (source, external_id, digest)
);

CREATE TABLE lead_event (
  id {id},
  lead_id BIGINT NOT NULL REFERENCES lead (id),
  -- the lead's version when the event was written
  lead_version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  kind {key} NOT NULL,
  actor {key} NOT NULL,
  actor_name TEXT NOT NULL,
  comment TEXT NOT NULL,
  data TEXT NOT NULL
);
CREATE INDEX lead_event_of_lead ON lead_event (lead_id, id);

CREATE TABLE feedback_message (
  id {id},
  lead_id BIGINT NOT NULL REFERENCES lead (id),
  message_id {key} NOT NULL UNIQUE,
  source {key} NOT NULL,
  external_id {key} NOT NULL,
  cause {key} NOT NULL,
  status_code TEXT NOT NULL,
  reason_code TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  answered_at BIGINT NOT NULL,
  status {key} NOT NULL,
  attempts INTEGER NOT NULL,
  answer TEXT NOT NULL,
  lease_owner {key} NOT NULL,
  lease_until BIGINT NOT NULL
);
CREATE INDEX feedback_of_lead ON feedback_message (lead_id, id);
CREATE INDEX feedback_due ON feedback_message (next_attempt_at, id) WHERE status = 'waiting';
CREATE INDEX feedback_by_status ON feedback_message (status, id);

CREATE TABLE import_run (
  id {id},
  receipt {key} NOT NULL UNIQUE,
  source {key} NOT NULL,
  channel {key} NOT NULL,
  user_id {key} NOT NULL,
  name TEXT NOT NULL,
  at BIGINT NOT NULL,
  payload_id BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  digest {key} NOT NULL,
  accepted INTEGER NOT NULL,
  repeated INTEGER NOT NULL,
  legacy INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX import_run_by_source ON import_run (source, id);
CREATE INDEX import_run_of_payload ON import_run (payload_id);

CREATE TABLE import_item (
  id {id},
  run_id BIGINT NOT NULL REFERENCES import_run (id),
  position INTEGER NOT NULL,
  external_id {key} NOT NULL,
  outcome {key} NOT NULL,
  lead_id BIGINT NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX import_item_of_run ON import_item (run_id, position);

CREATE TABLE grant_entry (
  user_id {key} NOT NULL,
  -- 1: on a category, 0: on a type
  on_category INTEGER NOT NULL,
  subject {key} NOT NULL,
  scope {key} NOT NULL,
  PRIMARY KEY (user_id, on_category, subject)
);

CREATE TABLE grant_location (
  user_id {key} NOT NULL,
  on_category INTEGER NOT NULL,
  subject {key} NOT NULL,
  location {key} NOT NULL,
  PRIMARY KEY (user_id, on_category, subject, location),
  FOREIGN KEY (user_id, on_category, subject) REFERENCES grant_entry (user_id, on_category, subject) ON DELETE CASCADE
);

CREATE TABLE lead_type_setting (
  type {key} PRIMARY KEY,
  active_from BIGINT NOT NULL,
  reminder_minutes INTEGER NOT NULL,
  escalation_minutes INTEGER NOT NULL,
  retention_months INTEGER NOT NULL
);

CREATE TABLE dealer_code (
  source {key} NOT NULL,
  code {key} NOT NULL,
  location {key} NOT NULL,
  PRIMARY KEY (source, code)
);

CREATE TABLE feedback_channel (
  source {key} PRIMARY KEY,
  transport {key} NOT NULL,
  settings TEXT NOT NULL
);

CREATE TABLE settings_change (
  id {id},
  at BIGINT NOT NULL,
  actor {key} NOT NULL,
  kind {key} NOT NULL,
  subject TEXT NOT NULL,
  was TEXT NOT NULL,
  is_now TEXT NOT NULL
);

CREATE TABLE lease (
  name {key} PRIMARY KEY,
  owner {key} NOT NULL,
  lease_until BIGINT NOT NULL
);
