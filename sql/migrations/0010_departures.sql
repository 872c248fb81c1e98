-- Users and locations that the host is about to take away: between its question and its answer every check of the
-- coverage guarantee counts them as gone. A row that has passed means nothing.
CREATE TABLE departure (
  kind {key} NOT NULL,
  subject {key} NOT NULL,
  until_at BIGINT NOT NULL,
  PRIMARY KEY (kind, subject)
);
