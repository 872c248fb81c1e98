-- The overview filters, sorts and counts in memory (plugin/index) and reads rows by their primary key: what is left here
-- is what tells a repeat, finds the same person again, checks the coverage, or finds a number that a person types.
DROP INDEX lead_by_created;
DROP INDEX lead_by_due;
DROP INDEX lead_by_type;
DROP INDEX lead_by_name;
DROP INDEX lead_by_location;
DROP INDEX lead_by_assignee;
DROP INDEX lead_by_state;
DROP INDEX lead_by_place;
DROP INDEX lead_of_assignee;
DROP INDEX lead_counted;
DROP INDEX lead_by_model;
DROP INDEX lead_by_campaign;
CREATE INDEX lead_open ON lead (type, location, assignee) WHERE is_open = 1;
CREATE INDEX lead_by_customer ON lead (customer, created_at) WHERE customer <> '';

-- Customer numbers and vehicle identification numbers, folded: a lead is found by their beginning.
CREATE TABLE lead_number (
  number {key} NOT NULL,
  lead_id BIGINT NOT NULL REFERENCES lead (id),
  PRIMARY KEY (number, lead_id)
);
