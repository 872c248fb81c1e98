-- The evaluation's drill-down by what feeds name: the overview must not unpack the content of every lead.
CREATE INDEX lead_by_model ON lead (model, created_at, id) WHERE model <> '';
CREATE INDEX lead_by_campaign ON lead (campaign, created_at, id) WHERE campaign <> '';

-- Who gets the monthly report of the evaluation.
CREATE TABLE report_reader (
  user_id {key} PRIMARY KEY,
  since BIGINT NOT NULL
);

-- The reports that are made, so that each is made once, whoever makes it.
CREATE TABLE report_made (
  month {key} NOT NULL,
  user_id {key} NOT NULL,
  at BIGINT NOT NULL,
  -- how it left: mailed; or file, where no mail server is set up or the user has no address
  how {key} NOT NULL,
  PRIMARY KEY (month, user_id)
);
