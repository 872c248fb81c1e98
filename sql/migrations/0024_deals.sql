-- works with: 19
-- Deals of the host (dms/ext/sales.h), as it told of them last, and the lead that each is the sale of; 0: none.
CREATE TABLE deal (
  id {key} NOT NULL PRIMARY KEY,
  customer {key} NOT NULL,
  make TEXT NOT NULL,
  model TEXT NOT NULL,
  vin TEXT NOT NULL,
  stock_number TEXT NOT NULL,
  salesperson {key} NOT NULL,
  location {key} NOT NULL,
  -- the ISO date, and the noon of that day
  sold_on {key} NOT NULL,
  sold_at BIGINT NOT NULL,
  cancelled INTEGER NOT NULL,
  -- the host's number of the deal's last change
  change_number BIGINT NOT NULL,
  lead_id BIGINT NOT NULL DEFAULT 0,
  -- how it was found: a key of lead/sale.hpp, or "confirmed"
  tied_how {key} NOT NULL DEFAULT '',
  tied_by {key} NOT NULL DEFAULT '',
  tied_at BIGINT NOT NULL DEFAULT 0,
  -- 1: its lead was anonymised, and nothing leads from one to the other any more
  forgotten INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX deal_by_day ON deal (sold_at, id);
CREATE INDEX deal_by_customer ON deal (customer, id);
CREATE UNIQUE INDEX deal_by_lead ON deal (lead_id) WHERE lead_id <> 0;
-- Of these the lead is still to be told.
CREATE INDEX deal_fallen_through ON deal (id) WHERE cancelled = 1 AND lead_id <> 0 AND forgotten = 0;
-- Pairs that somebody has said no to.
CREATE TABLE deal_refusal (
  deal_id {key} NOT NULL,
  lead_id BIGINT NOT NULL,
  refused_by {key} NOT NULL,
  refused_at BIGINT NOT NULL,
  PRIMARY KEY (deal_id, lead_id)
);
CREATE INDEX deal_refusal_by_lead ON deal_refusal (lead_id);
-- Up to which change the host's deals are known.
CREATE TABLE deal_news (
  id INTEGER PRIMARY KEY,
  change_number BIGINT NOT NULL
);
INSERT INTO deal_news (id, change_number) VALUES (1, 0);
