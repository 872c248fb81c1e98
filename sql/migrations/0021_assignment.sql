-- works with: 18
-- Where new leads are given to somebody by themselves, by lead type and location ('': leads without a location): a row
-- is on, nothing is off. since: leads that came before stay with the people who assign.
CREATE TABLE assignment_rule (
  type {key} NOT NULL,
  location {key} NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (type, location)
);
