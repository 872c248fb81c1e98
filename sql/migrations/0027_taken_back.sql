-- works with: 24
-- 1: somebody took the sale back. The two are not tied by themselves again, but still offered to each other.
ALTER TABLE deal_refusal ADD COLUMN still_offered INTEGER NOT NULL DEFAULT 0;
