-- works with: 24
-- Definitions of sources that admins made on the screen. active_version: by which payloads are read, 0: none of these.
-- base: the definition that it was made from; base_digest: SHA-256 of that one's text, as an admin saw it last.
CREATE TABLE own_definition (
  id {key} NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  base {key} NOT NULL,
  base_digest {key} NOT NULL,
  active_version BIGINT NOT NULL,
  last_version BIGINT NOT NULL
);
-- Texts never change. activated_at: when it read payloads first, 0: never, a draft.
CREATE TABLE own_definition_version (
  source {key} NOT NULL,
  version BIGINT NOT NULL,
  text TEXT NOT NULL,
  note TEXT NOT NULL,
  made_by {key} NOT NULL,
  made_at BIGINT NOT NULL,
  activated_at BIGINT NOT NULL,
  PRIMARY KEY (source, version)
);
-- Another number after each change: how hosts notice.
CREATE TABLE own_definition_news (
  id INTEGER PRIMARY KEY,
  revision BIGINT NOT NULL
);
INSERT INTO own_definition_news (id, revision) VALUES (1, 0);
-- By which version of its source's own definition a payload was read; 0: by a shipped one or a file.
ALTER TABLE import_run ADD COLUMN definition_version BIGINT NOT NULL DEFAULT 0;
