-- Channels that a person has refused stand in what a list reads, not only in the details: a list must not offer them.
-- A text with an escaped NUL (which PostgreSQL refuses to unescape) stays as it is.
UPDATE lead SET content = CAST(jsonb_set(CAST(lead.content AS jsonb), '{consents}', refused.channels) AS text)
FROM (
  SELECT id, jsonb_agg(jsonb_build_object('channel', channel, 'given', false)) AS channels FROM (
    SELECT each.id, one ->> 'channel' AS channel
    FROM lead AS each, LATERAL jsonb_array_elements(
      CASE WHEN each.details LIKE '%"given":false%' AND each.details LIKE '{%' AND each.content LIKE '{%'
                AND position('\u0000' in each.details) = 0 AND position('\u0000' in each.content) = 0
           THEN CAST(each.details AS jsonb) -> 'consents' END) AS one
    GROUP BY each.id, one ->> 'channel'
    HAVING max(CASE WHEN one ->> 'given' = 'false' THEN COALESCE(CAST(one ->> 'at' AS bigint), 0) END)
           >= COALESCE(max(CASE WHEN one ->> 'given' = 'true' THEN COALESCE(CAST(one ->> 'at' AS bigint), 0) END),
                       -9000000000000000000)) AS by_channel
  GROUP BY id) AS refused
WHERE refused.id = lead.id;
