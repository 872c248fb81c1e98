-- Not to be worked with by an older plugin: it would leave the message of an erased person in the new columns.
-- Archived payloads (zstd) and uploaded lists are kept as bytes; base64 took a third more. The columns `body` stay, empty.
ALTER TABLE payload ADD COLUMN packed {bytes} NOT NULL DEFAULT '';
ALTER TABLE payload_part ADD COLUMN packed {bytes} NOT NULL DEFAULT '';
ALTER TABLE old_list ADD COLUMN content {bytes} NOT NULL DEFAULT '';
