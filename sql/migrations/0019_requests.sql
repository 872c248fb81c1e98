-- works with: 18
-- Requests that a host may repeat, by their token: what was done once is answered again as it was.
CREATE TABLE request (
  user_id {key} NOT NULL,
  token {key} NOT NULL,
  -- of screen, action and input: the same token with another is a mistake of the host's
  digest TEXT NOT NULL,
  begun_at BIGINT NOT NULL,
  -- 0: it still runs, or ended with the process that did it
  answered_at BIGINT NOT NULL DEFAULT 0,
  -- empty: an erasure took it, or it was too long
  document TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (user_id, token)
);
CREATE INDEX request_by_age ON request (begun_at);
