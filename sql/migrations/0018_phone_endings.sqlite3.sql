-- works with: 17
-- A lead is also found by the last digits of its phone: each number stands turned round among the numbers that are
-- found by their beginning.
INSERT OR IGNORE INTO lead_number (number, lead_id)
WITH RECURSIVE turned (lead_id, rest, number) AS (
  SELECT id, phone_key_1, 'tel:' FROM lead WHERE phone_key_1 <> ''
  UNION ALL SELECT id, phone_key_2, 'tel:' FROM lead WHERE phone_key_2 <> ''
  UNION ALL SELECT id, phone_key_3, 'tel:' FROM lead WHERE phone_key_3 <> ''
  UNION ALL SELECT lead_id, substr(rest, 1, length(rest) - 1), number || substr(rest, -1) FROM turned WHERE rest <> '')
SELECT number, lead_id FROM turned WHERE rest = '';
