-- from_base64 is the plugin's (store/dialect): bytes, or the text as it is where it is no base64.
UPDATE payload SET packed = from_base64(body), body = '' WHERE body <> '';
UPDATE payload_part SET packed = from_base64(body), body = '' WHERE body <> '';
UPDATE old_list SET content = from_base64(body), body = '' WHERE body <> '';
