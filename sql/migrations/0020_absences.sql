-- works with: 18
-- Who is away from when until when, both days included, and who works his leads meanwhile. Days are written
-- 2026-12-05, which compare as texts.
CREATE TABLE absence (
  id {id},
  user_id {key} NOT NULL,
  from_day {key} NOT NULL,
  to_day {key} NOT NULL,
  -- empty: nobody is named
  deputy {key} NOT NULL,
  -- 1: the host told it, and alone changes it
  told INTEGER NOT NULL,
  -- empty where the host told it
  entered_by {key} NOT NULL,
  entered_at BIGINT NOT NULL
);
CREATE INDEX absence_by_end ON absence (to_day);
