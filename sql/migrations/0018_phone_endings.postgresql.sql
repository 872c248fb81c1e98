-- works with: 17
-- A lead is also found by the last digits of its phone: each number stands turned round among the numbers that are
-- found by their beginning.
INSERT INTO lead_number (number, lead_id)
SELECT 'tel:' || reverse(phone), id
FROM (SELECT id, phone_key_1 AS phone FROM lead
      UNION SELECT id, phone_key_2 FROM lead
      UNION SELECT id, phone_key_3 FROM lead) phones
WHERE phone <> ''
ON CONFLICT DO NOTHING;
