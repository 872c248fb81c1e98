-- Each source's messages are sent by themselves, so that a receiver that hangs holds up no other one.
CREATE INDEX feedback_due_of_source ON feedback_message (source, next_attempt_at, id) WHERE status = 'waiting';
DROP INDEX feedback_due;

-- Who sent the message again or gave it up, and why; empty: nobody decided anything.
ALTER TABLE feedback_message ADD COLUMN decided_by {key} NOT NULL DEFAULT '';
ALTER TABLE feedback_message ADD COLUMN decision TEXT NOT NULL DEFAULT '';
