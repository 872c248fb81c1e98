-- Model and campaign are written, no longer unpacked from the content by the database.
ALTER TABLE lead ALTER COLUMN model DROP EXPRESSION;
ALTER TABLE lead ALTER COLUMN campaign DROP EXPRESSION;
UPDATE lead SET model = '' WHERE model IS NULL;
UPDATE lead SET campaign = '' WHERE campaign IS NULL;
ALTER TABLE lead ALTER COLUMN model SET DEFAULT '', ALTER COLUMN model SET NOT NULL;
ALTER TABLE lead ALTER COLUMN campaign SET DEFAULT '', ALTER COLUMN campaign SET NOT NULL;

-- A text that is not JSON, or holds an escaped NUL (which PostgreSQL refuses to unescape), names no number.
INSERT INTO lead_number (number, lead_id)
  SELECT lower(trim(CAST(content AS json) -> 'prospect' ->> 'customer_number')), id
  FROM (SELECT id, CASE WHEN content LIKE '{%' AND position('\u0000' in content) = 0 THEN content ELSE '{}' END AS content
        FROM lead) readable
  WHERE trim(COALESCE(CAST(content AS json) -> 'prospect' ->> 'customer_number', '')) <> ''
  ON CONFLICT DO NOTHING;
INSERT INTO lead_number (number, lead_id)
  SELECT lower(trim(one.value ->> 'vin')), id
  FROM (SELECT id, CASE WHEN content LIKE '{%' AND position('\u0000' in content) = 0 THEN content ELSE '{}' END AS content
        FROM lead) readable, json_array_elements(CAST(content AS json) -> 'wanted') AS one
  WHERE trim(COALESCE(one.value ->> 'vin', '')) <> ''
  ON CONFLICT DO NOTHING;
