-- Filters of the overview that a user keeps under a name.
CREATE TABLE saved_filter (
  user_id {key} NOT NULL,
  name {key} NOT NULL,
  -- the list's address: "tab=open&type=test_drive"
  query TEXT NOT NULL,
  PRIMARY KEY (user_id, name)
);
