-- Channels that a person has refused stand in what a list reads, not only in the details: a list must not offer them.
UPDATE lead SET content = json_set(content, '$.consents', (
  SELECT json_group_array(json_object('channel', channel, 'given', json('false'))) FROM (
    SELECT json_extract(value, '$.channel') AS channel FROM json_each(lead.details, '$.consents')
    GROUP BY json_extract(value, '$.channel')
    HAVING COALESCE(max(CASE WHEN json_extract(value, '$.given') = 0 THEN COALESCE(json_extract(value, '$.at'), 0) END)
                    >= COALESCE(max(CASE WHEN json_extract(value, '$.given') = 1
                                         THEN COALESCE(json_extract(value, '$.at'), 0) END), -9000000000000000000), 0))))
WHERE details LIKE '%"given":false%' AND json_valid(details) AND json_valid(content);
