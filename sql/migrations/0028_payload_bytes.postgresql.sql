-- What is no base64 stays as it is: decode would refuse it, and with it the whole migration.
UPDATE payload SET body = '', packed = CASE WHEN body ~ '^[A-Za-z0-9+/]*={0,2}$' AND length(body) % 4 = 0
  THEN decode(body, 'base64') ELSE convert_to(body, 'UTF8') END WHERE body <> '';
UPDATE payload_part SET body = '', packed = CASE WHEN body ~ '^[A-Za-z0-9+/]*={0,2}$' AND length(body) % 4 = 0
  THEN decode(body, 'base64') ELSE convert_to(body, 'UTF8') END WHERE body <> '';
UPDATE old_list SET body = '', content = CASE WHEN body ~ '^[A-Za-z0-9+/]*={0,2}$' AND length(body) % 4 = 0
  THEN decode(body, 'base64') ELSE convert_to(body, 'UTF8') END WHERE body <> '';
