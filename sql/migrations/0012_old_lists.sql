-- Lists of the old system that an admin has uploaded to see what would become of them (Umstellung). They hold personal
-- data: each goes when it was imported, and after a day.
CREATE TABLE old_list (
  id {id once},
  source {key} NOT NULL,
  user_id {key} NOT NULL,
  name TEXT NOT NULL,
  at BIGINT NOT NULL,
  -- base64
  body TEXT NOT NULL
);
