-- Schema 13 as a released plugin left it: a few leads of the demo with their history.
CREATE TABLE dealer_code (
  source TEXT NOT NULL,
  code TEXT NOT NULL,
  location TEXT NOT NULL,
  PRIMARY KEY (source, code)
);
INSERT INTO "dealer_code" VALUES('siebel_nissan','AT10017','wien');
INSERT INTO "dealer_code" VALUES('siebel_nissan','AT10023','graz');
INSERT INTO "dealer_code" VALUES('siebel_nissan','AT10031','linz');
INSERT INTO "dealer_code" VALUES('siebel_nissan','AT10044','salzburg');
INSERT INTO "dealer_code" VALUES('siebel_nissan','AT10052','innsbruck');
INSERT INTO "dealer_code" VALUES('siebel_nissan','AT10068','klagenfurt');
INSERT INTO "dealer_code" VALUES('web_json','AT10017','wien');
INSERT INTO "dealer_code" VALUES('web_json','AT10023','graz');
INSERT INTO "dealer_code" VALUES('web_json','AT10031','linz');
INSERT INTO "dealer_code" VALUES('web_json','AT10044','salzburg');
INSERT INTO "dealer_code" VALUES('web_json','AT10052','innsbruck');
INSERT INTO "dealer_code" VALUES('web_json','AT10068','klagenfurt');
INSERT INTO "dealer_code" VALUES('finance_expiry_csv','AT10017','wien');
INSERT INTO "dealer_code" VALUES('finance_expiry_csv','AT10023','graz');
INSERT INTO "dealer_code" VALUES('finance_expiry_csv','AT10031','linz');
INSERT INTO "dealer_code" VALUES('finance_expiry_csv','AT10044','salzburg');
INSERT INTO "dealer_code" VALUES('finance_expiry_csv','AT10052','innsbruck');
INSERT INTO "dealer_code" VALUES('finance_expiry_csv','AT10068','klagenfurt');
INSERT INTO "dealer_code" VALUES('adf','AT10017','wien');
INSERT INTO "dealer_code" VALUES('adf','AT10023','graz');
INSERT INTO "dealer_code" VALUES('adf','AT10031','linz');
INSERT INTO "dealer_code" VALUES('adf','AT10044','salzburg');
INSERT INTO "dealer_code" VALUES('adf','AT10052','innsbruck');
INSERT INTO "dealer_code" VALUES('adf','AT10068','klagenfurt');
INSERT INTO "dealer_code" VALUES('siebel_dacia','AT10017','wien');
INSERT INTO "dealer_code" VALUES('siebel_dacia','AT10023','graz');
INSERT INTO "dealer_code" VALUES('siebel_dacia','AT10031','linz');
INSERT INTO "dealer_code" VALUES('siebel_dacia','AT10044','salzburg');
INSERT INTO "dealer_code" VALUES('siebel_dacia','AT10052','innsbruck');
INSERT INTO "dealer_code" VALUES('siebel_dacia','AT10068','klagenfurt');
CREATE TABLE departure (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  until_at BIGINT NOT NULL,
  PRIMARY KEY (kind, subject)
);
CREATE TABLE erasure (
  id INTEGER PRIMARY KEY,
  lead_id BIGINT NOT NULL,
  type TEXT NOT NULL,
  source TEXT NOT NULL,
  
  actor TEXT NOT NULL,
  
  cause TEXT NOT NULL,
  at BIGINT NOT NULL,
  
  settled BIGINT NOT NULL
);
CREATE TABLE feedback_channel (
  source TEXT PRIMARY KEY,
  transport TEXT NOT NULL,
  settings TEXT NOT NULL
);
INSERT INTO "feedback_channel" VALUES('siebel_nissan','directory','{"directory":"/tmp/rel_fix/s/outbox/siebel_nissan"}');
CREATE TABLE feedback_message (
  id INTEGER PRIMARY KEY,
  lead_id BIGINT NOT NULL REFERENCES lead (id),
  message_id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  cause TEXT NOT NULL,
  status_code TEXT NOT NULL,
  reason_code TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  answered_at BIGINT NOT NULL,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  answer TEXT NOT NULL,
  lease_owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL
, decided_by TEXT NOT NULL DEFAULT '', decision TEXT NOT NULL DEFAULT '');
INSERT INTO "feedback_message" VALUES(1,1,'01a07b5b-6b80-718c-91f2-9a7d043a5af7','siebel_nissan','1-9TB10784-001','received','New','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a07b5b-6b80-718c-91f2-9a7d043a5af7" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10784-001</Id>
      <StatusCode>New</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/07/2026 10:13:04</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson></SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1788775984000000,1788775984000000,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(2,1,'01a07b65-148d-75b7-b557-18a3c507bccf','siebel_nissan','1-9TB10784-001','assigned','Pending','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a07b65-148d-75b7-b557-18a3c507bccf" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10784-001</Id>
      <StatusCode>Pending</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/07/2026 10:23:37</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf3</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1788776617101541,1788776617101541,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(3,1,'01a07fdb-45c3-745b-9920-2758014969b1','siebel_nissan','1-9TB10784-001','in_progress','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a07fdb-45c3-745b-9920-2758014969b1" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10784-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/08/2026 07:11:11</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf3</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1788851471811940,1788851471811940,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(4,2,'01a08066-5bf8-73d7-9332-3894a996798d','siebel_nissan','1-9TB10574-001','received','New','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a08066-5bf8-73d7-9332-3894a996798d" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10574-001</Id>
      <StatusCode>New</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/08/2026 09:43:07</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson></SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1788860587000000,1788860587000000,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(5,3,'01a08069-e250-7fbf-bf0a-99bbe201bcef','siebel_nissan','1-9TB12037-001','received','New','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a08069-e250-7fbf-bf0a-99bbe201bcef" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12037-001</Id>
      <StatusCode>New</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/08/2026 09:46:58</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson></SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1788860818000000,1788860818000000,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(6,3,'01a0807c-6302-7db7-9315-5c73069c53a8','siebel_nissan','1-9TB12037-001','assigned','Pending','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0807c-6302-7db7-9315-5c73069c53a8" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12037-001</Id>
      <StatusCode>Pending</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/08/2026 10:07:10</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf2</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1788862030594847,1788862030594847,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(7,2,'01a0807d-57c7-74ed-84e7-3aeaca3812d0','siebel_nissan','1-9TB10574-001','assigned','Pending','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0807d-57c7-74ed-84e7-3aeaca3812d0" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10574-001</Id>
      <StatusCode>Pending</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/08/2026 10:08:13</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf1</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1788862093255541,1788862093255541,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(8,2,'01a08513-645e-7f2c-b4e3-d01ab7281335','siebel_nissan','1-9TB10574-001','in_progress','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a08513-645e-7f2c-b4e3-d01ab7281335" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10574-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/09/2026 07:30:35</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf1</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1788939035742406,1788939035742406,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(9,4,'01a08539-2958-7f76-bc2a-f417969392f8','siebel_nissan','1-9TB11267-001','received','New','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a08539-2958-7f76-bc2a-f417969392f8" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11267-001</Id>
      <StatusCode>New</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/09/2026 08:11:51</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson></SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1788941511000000,1788941511000000,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(10,4,'01a085f5-4fe5-77af-b762-956977ad1a11','siebel_nissan','1-9TB11267-001','assigned','Pending','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a085f5-4fe5-77af-b762-956977ad1a11" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11267-001</Id>
      <StatusCode>Pending</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/09/2026 11:37:21</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1788953841637297,1788953841637297,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(13,2,'01a086da-916d-7615-9383-fe5c877dbd63','siebel_nissan','1-9TB10574-001','appointment','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a086da-916d-7615-9383-fe5c877dbd63" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10574-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/09/2026 15:47:46</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf1</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1788968866157240,1788968866157240,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(14,4,'01a08a30-7002-761d-9951-b5d4a352089b','siebel_nissan','1-9TB11267-001','in_progress','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a08a30-7002-761d-9951-b5d4a352089b" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11267-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/10/2026 07:20:25</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789024825346449,1789024825346449,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(15,1,'01a08a33-e9db-736a-abde-9251a606cdc8','siebel_nissan','1-9TB10784-001','appointment','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a08a33-e9db-736a-abde-9251a606cdc8" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10784-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/10/2026 07:24:13</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf3</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789025053147779,1789025053147779,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(16,3,'01a08aea-2ece-7f2b-80f8-2cf024e36d1c','siebel_nissan','1-9TB12037-001','in_progress','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a08aea-2ece-7f2b-80f8-2cf024e36d1c" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12037-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/10/2026 10:43:18</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf2</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789036998350968,1789036998350968,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(20,4,'01a08f93-f2b0-7a4c-afeb-080cdcc713f6','siebel_nissan','1-9TB11267-001','appointment','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a08f93-f2b0-7a4c-afeb-080cdcc713f6" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11267-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/11/2026 08:27:12</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789115232944685,1789115232944685,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(23,9,'01a09936-c6b8-7269-813c-67540c61b403','siebel_nissan','1-9TB10357-001','received','New','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a09936-c6b8-7269-813c-67540c61b403" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10357-001</Id>
      <StatusCode>New</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/13/2026 05:21:39</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson></SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789276899000000,1789276899000000,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(27,2,'01a09eb7-e4d2-77ec-b90a-396a854e4da1','siebel_nissan','1-9TB10574-001','test_drive_done','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a09eb7-e4d2-77ec-b90a-396a854e4da1" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10574-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/14/2026 07:00:46</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf1</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789369246930307,1789369246930307,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(29,1,'01a09ece-a28d-7b43-8be7-495f8a55bbdc','siebel_nissan','1-9TB10784-001','test_drive_done','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a09ece-a28d-7b43-8be7-495f8a55bbdc" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10784-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/14/2026 07:25:37</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf3</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789370737293722,1789370737293722,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(35,3,'01a09ef4-0bd7-7694-9e58-f72bead25a86','siebel_nissan','1-9TB12037-001','appointment','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a09ef4-0bd7-7694-9e58-f72bead25a86" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12037-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/14/2026 08:06:29</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf2</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789373189079305,1789373189079305,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(36,9,'01a09efa-7463-7c25-b4d1-777311ecc8e9','siebel_nissan','1-9TB10357-001','assigned','Pending','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a09efa-7463-7c25-b4d1-777311ecc8e9" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10357-001</Id>
      <StatusCode>Pending</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/14/2026 08:13:29</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789373609059674,1789373609059674,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(45,4,'01a0a424-d25a-752a-85b6-0ad61f7d835a','siebel_nissan','1-9TB11267-001','test_drive_done','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0a424-d25a-752a-85b6-0ad61f7d835a" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11267-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/15/2026 08:17:51</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789460271706292,1789460271706292,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(46,9,'01a0a473-b241-73e7-9200-7f62208b57f8','siebel_nissan','1-9TB10357-001','in_progress','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0a473-b241-73e7-9200-7f62208b57f8" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10357-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/15/2026 09:44:00</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789465440833678,1789465440833678,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(53,1,'01a0a907-bd3f-7565-9b08-9c8dd93a89b2','siebel_nissan','1-9TB10784-001','offer','Converted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0a907-bd3f-7565-9b08-9c8dd93a89b2" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10784-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/16/2026 07:04:11</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf3</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789542251839197,1789542251839197,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(54,2,'01a0a933-3bd3-72e8-82fd-a440ed58921a','siebel_nissan','1-9TB10574-001','offer','Converted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0a933-3bd3-72e8-82fd-a440ed58921a" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10574-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/16/2026 07:51:42</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf1</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789545102291940,1789545102291940,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(57,4,'01a0aad3-1b4f-75d4-a7f8-3b5135af91a6','siebel_nissan','1-9TB11267-001','offer','Converted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0aad3-1b4f-75d4-a7f8-3b5135af91a6" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11267-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/16/2026 15:25:56</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789572356943604,1789572356943604,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(65,9,'01a0b36f-3811-7a3c-8231-c0a66f269993','siebel_nissan','1-9TB10357-001','test_drive_done','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0b36f-3811-7a3c-8231-c0a66f269993" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10357-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/18/2026 07:33:25</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789716805649301,1789716805649301,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(69,3,'01a0b50d-6a30-7e7e-b626-700dd3da2004','siebel_nissan','1-9TB12037-001','test_drive_done','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0b50d-6a30-7e7e-b626-700dd3da2004" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12037-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/18/2026 15:05:50</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf2</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1789743950384880,1789743950384880,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(87,3,'01a0c7f2-88bc-7dbf-a894-cf603dfd179a','siebel_nissan','1-9TB12037-001','offer','Converted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0c7f2-88bc-7dbf-a894-cf603dfd179a" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12037-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/22/2026 07:09:15</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf2</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790060955836259,1790060955836259,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(89,9,'01a0c7f8-9f19-713b-88ec-ecb93a965c6a','siebel_nissan','1-9TB10357-001','offer','Converted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0c7f8-9f19-713b-88ec-ecb93a965c6a" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10357-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/22/2026 07:15:54</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790061354777586,1790061354777586,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(106,39,'01a0d4b1-feb0-74e7-81b4-2729923213e4','siebel_nissan','1-9TB12100-001','received','New','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0d4b1-feb0-74e7-81b4-2729923213e4" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12100-001</Id>
      <StatusCode>New</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/24/2026 18:33:50</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson></SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790274830000000,1790274830000000,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(108,39,'01a0d785-c3f5-7c1c-b28a-ae0844ce3f05','siebel_nissan','1-9TB12100-001','assigned','Pending','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0d785-c3f5-7c1c-b28a-ae0844ce3f05" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12100-001</Id>
      <StatusCode>Pending</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/25/2026 07:44:23</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790322263029207,1790322263029207,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(111,39,'01a0d88b-bbbf-7734-8ad1-39464f233aea','siebel_nissan','1-9TB12100-001','in_progress','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0d88b-bbbf-7734-8ad1-39464f233aea" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12100-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/25/2026 12:30:31</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790339431359446,1790339431359446,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(122,39,'01a0e6e7-b9bf-7d58-87b3-409e7b04de1c','siebel_nissan','1-9TB12100-001','appointment','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0e6e7-b9bf-7d58-87b3-409e7b04de1c" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12100-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>09/28/2026 07:25:41</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790580341183411,1790580341183411,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(127,1,'01a0e70d-381a-79e0-a2bd-1d2cf7bba883','siebel_nissan','1-9TB10784-001','won','Converted','Won','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0e70d-381a-79e0-a2bd-1d2cf7bba883" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10784-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode>Won</ReasonCode>
      <StatusDate>09/28/2026 08:06:38</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf3</SalesPerson>
      <Comments>Verkauft</Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790582798362630,1790582798362630,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(161,2,'01a0f12d-0ac5-78ab-b2a6-c62aedafb027','siebel_nissan','1-9TB10574-001','won','Converted','Won','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0f12d-0ac5-78ab-b2a6-c62aedafb027" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10574-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode>Won</ReasonCode>
      <StatusDate>09/30/2026 07:17:36</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf1</SalesPerson>
      <Comments>Verkauft</Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790752656069335,1790752656069335,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(167,9,'01a0f297-9238-70cd-9cfa-3cf70f87df7b','siebel_nissan','1-9TB10357-001','won','Converted','Won','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0f297-9238-70cd-9cfa-3cf70f87df7b" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10357-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode>Won</ReasonCode>
      <StatusDate>09/30/2026 13:53:34</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments>Verkauft</Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790776414776475,1790776414776475,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(172,39,'01a0f691-e691-7c22-b3a8-42ffdd267bd1','siebel_nissan','1-9TB12100-001','test_drive_done','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0f691-e691-7c22-b3a8-42ffdd267bd1" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12100-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/01/2026 08:25:52</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790843152017658,1790843152017658,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(173,3,'01a0f6b9-08fa-729e-bae0-8791b024d175','siebel_nissan','1-9TB12037-001','won','Converted','Won','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0f6b9-08fa-729e-bae0-8791b024d175" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12037-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode>Won</ReasonCode>
      <StatusDate>10/01/2026 09:08:36</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf2</SalesPerson>
      <Comments>Verkauft</Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790845716730532,1790845716730532,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(184,4,'01a0fb87-be49-76b9-94e3-0768d8c2cdfa','siebel_nissan','1-9TB11267-001','lost','Retired','FinanceRejected','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0fb87-be49-76b9-94e3-0768d8c2cdfa" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11267-001</Id>
      <StatusCode>Retired</StatusCode>
      <ReasonCode>FinanceRejected</ReasonCode>
      <StatusDate>10/02/2026 07:32:52</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments>Finanzierung abgelehnt</Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790926372425067,1790926372425067,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(188,61,'01a0fc99-01a8-7975-b5d8-dde5035fc0f3','siebel_nissan','1-9TB11561-001','received','New','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0fc99-01a8-7975-b5d8-dde5035fc0f3" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11561-001</Id>
      <StatusCode>New</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/02/2026 12:31:21</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson></SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790944281000000,1790944281000000,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(189,61,'01a0fcac-6f0f-7fd0-a524-965266ece10f','siebel_nissan','1-9TB11561-001','assigned','Pending','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a0fcac-6f0f-7fd0-a524-965266ece10f" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11561-001</Id>
      <StatusCode>Pending</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/02/2026 12:52:34</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf3</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1790945554191754,1790945554191754,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(209,61,'01a10b2c-c5d3-7ba0-9f40-5032c0621417','siebel_nissan','1-9TB11561-001','in_progress','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a10b2c-c5d3-7ba0-9f40-5032c0621417" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11561-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/05/2026 08:27:26</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf3</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1791188846035180,1791188846035180,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(217,39,'01a11039-0d9f-7230-b17a-ba27537f684a','siebel_nissan','1-9TB12100-001','offer','Converted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a11039-0d9f-7230-b17a-ba27537f684a" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12100-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/06/2026 07:58:56</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1791273536927371,1791273536927371,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(221,61,'01a11535-f033-7b55-b798-fc18fb2ad786','siebel_nissan','1-9TB11561-001','appointment','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a11535-f033-7b55-b798-fc18fb2ad786" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11561-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/07/2026 07:13:38</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf3</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1791357218867671,1791357218867671,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(250,39,'01a12079-d23d-7962-919e-a771a02dbbaa','siebel_nissan','1-9TB12100-001','won','Converted','Won','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a12079-d23d-7962-919e-a771a02dbbaa" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB12100-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode>Won</ReasonCode>
      <StatusDate>10/09/2026 11:43:37</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf6</SalesPerson>
      <Comments>Verkauft</Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1791546217021319,1791546217021319,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(251,61,'01a12120-8995-7527-8571-ce9d87ff26cb','siebel_nissan','1-9TB11561-001','test_drive_done','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a12120-8995-7527-8571-ce9d87ff26cb" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11561-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/09/2026 14:45:42</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf3</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1791557142933482,1791557142933482,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(259,61,'01a12f17-0b64-7033-8b75-0739411369d8','siebel_nissan','1-9TB11561-001','offer','Converted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a12f17-0b64-7033-8b75-0739411369d8" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11561-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/12/2026 07:50:01</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf3</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1791791401828201,1791791401828201,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(286,86,'01a13fba-e780-7dd8-aaa7-7293df2b7d64','siebel_nissan','1-9TB10434-001','received','New','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a13fba-e780-7dd8-aaa7-7293df2b7d64" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10434-001</Id>
      <StatusCode>New</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/15/2026 13:22:56</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson></SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1792070576000000,1792070576000000,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(287,86,'01a13fbe-4880-7308-8b1c-3c0b6d7cb580','siebel_nissan','1-9TB10434-001','assigned','Pending','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a13fbe-4880-7308-8b1c-3c0b6d7cb580" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10434-001</Id>
      <StatusCode>Pending</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/15/2026 13:26:37</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf1</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1792070797440529,1792070797440529,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(290,86,'01a143af-9bc7-7d33-a04e-b2c9a756c2b4','siebel_nissan','1-9TB10434-001','in_progress','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a143af-9bc7-7d33-a04e-b2c9a756c2b4" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10434-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/16/2026 07:49:04</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf1</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1792136944583890,1792136944583890,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(295,90,'01a14915-b1e8-7bf3-afd4-0132d449f69a','siebel_nissan','1-9TB11505-001','received','New','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a14915-b1e8-7bf3-afd4-0132d449f69a" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11505-001</Id>
      <StatusCode>New</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/17/2026 08:58:41</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson></SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1792227521000000,1792227521000000,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(301,90,'01a152f9-2124-725d-8735-392bcfa85d85','siebel_nissan','1-9TB11505-001','assigned','Pending','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a152f9-2124-725d-8735-392bcfa85d85" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11505-001</Id>
      <StatusCode>Pending</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/19/2026 07:03:41</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf10</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1792393421092885,1792393421092885,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(307,86,'01a1532a-1000-7967-aede-c365fb708a32','siebel_nissan','1-9TB10434-001','appointment','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a1532a-1000-7967-aede-c365fb708a32" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10434-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/19/2026 07:57:07</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf1</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1792396627968891,1792396627968891,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(322,90,'01a15943-cd7f-7703-a0e7-cbeaec75f17d','siebel_nissan','1-9TB11505-001','in_progress','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a15943-cd7f-7703-a0e7-cbeaec75f17d" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11505-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/20/2026 12:22:58</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf10</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1792498978175779,1792498978175779,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(323,61,'01a15956-efb8-71ae-9552-087a8a943c60','siebel_nissan','1-9TB11561-001','lost','Retired','FinanceRejected','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a15956-efb8-71ae-9552-087a8a943c60" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11561-001</Id>
      <StatusCode>Retired</StatusCode>
      <ReasonCode>FinanceRejected</ReasonCode>
      <StatusDate>10/20/2026 12:43:52</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf3</SalesPerson>
      <Comments>Finanzierung abgelehnt</Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1792500232120409,1792500232120409,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(325,86,'01a15989-fc98-7753-aaca-84a68641bb34','siebel_nissan','1-9TB10434-001','test_drive_done','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a15989-fc98-7753-aaca-84a68641bb34" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10434-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/20/2026 13:39:37</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf1</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1792503577752021,1792503577752021,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(326,90,'01a15d61-c840-7830-a91d-eec4ce742fe8','siebel_nissan','1-9TB11505-001','appointment','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a15d61-c840-7830-a91d-eec4ce742fe8" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11505-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/21/2026 07:34:11</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf10</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1792568051776377,1792568051776377,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(327,86,'01a15d76-8f34-7f7c-99c9-1326e417ce92','siebel_nissan','1-9TB10434-001','offer','Converted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a15d76-8f34-7f7c-99c9-1326e417ce92" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10434-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/21/2026 07:56:53</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf1</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1792569413428524,1792569413428524,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(367,90,'01a17749-0db6-7369-8ff8-5b9ed01d985d','siebel_nissan','1-9TB11505-001','test_drive_done','Accepted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a17749-0db6-7369-8ff8-5b9ed01d985d" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11505-001</Id>
      <StatusCode>Accepted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/26/2026 08:17:18</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf10</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1793002638774596,1793002638774596,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(388,90,'01a1819a-5416-70d4-8eff-482d057bdc1c','siebel_nissan','1-9TB11505-001','offer','Converted','','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a1819a-5416-70d4-8eff-482d057bdc1c" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11505-001</Id>
      <StatusCode>Converted</StatusCode>
      <ReasonCode></ReasonCode>
      <StatusDate>10/28/2026 08:22:17</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf10</SalesPerson>
      <Comments></Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1793175737366106,1793175737366106,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(390,86,'01a1822f-8db8-7cb8-9e10-9fbfce6add68','siebel_nissan','1-9TB10434-001','closed','Retired','NoFurtherContact','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a1822f-8db8-7cb8-9e10-9fbfce6add68" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB10434-001</Id>
      <StatusCode>Retired</StatusCode>
      <ReasonCode>NoFurtherContact</ReasonCode>
      <StatusDate>10/28/2026 11:05:16</StatusDate>
      <DealerCode>AT10017</DealerCode>
      <SalesPerson>verkauf1</SalesPerson>
      <Comments>Kein weiterer Kontakt gewünscht</Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1793185516984828,1793185516984828,0,'waiting',0,'','',0,'','');
INSERT INTO "feedback_message" VALUES(425,90,'01a19b34-e00d-7442-ab62-06605080bf37','siebel_nissan','1-9TB11505-001','lost','Retired','NoInterest','<?xml version="1.0" encoding="UTF-8"?>
<SiebelMessage MessageId="01a19b34-e00d-7442-ab62-06605080bf37" MessageType="Integration Object" IntObjectName="NE Dealer Lead Status" IntObjectFormat="Siebel Hierarchical">
  <ListOfNeDealerLeadStatus>
    <NeDealerLeadStatus>
      <Id>1-9TB11505-001</Id>
      <StatusCode>Retired</StatusCode>
      <ReasonCode>NoInterest</ReasonCode>
      <StatusDate>11/02/2026 07:41:36</StatusDate>
      <DealerCode>AT10031</DealerCode>
      <SalesPerson>verkauf10</SalesPerson>
      <Comments>Kein Interesse mehr</Comments>
    </NeDealerLeadStatus>
  </ListOfNeDealerLeadStatus>
</SiebelMessage>
',1793605296141302,1793605296141302,0,'waiting',0,'','',0,'','');
CREATE TABLE grant_entry (
  user_id TEXT NOT NULL,
  
  on_category INTEGER NOT NULL,
  subject TEXT NOT NULL,
  scope TEXT NOT NULL,
  PRIMARY KEY (user_id, on_category, subject)
);
INSERT INTO "grant_entry" VALUES('leitung',1,'siebel_nissan','all');
INSERT INTO "grant_entry" VALUES('wien1',1,'siebel_nissan','locations');
INSERT INTO "grant_entry" VALUES('leitung',1,'finance','all');
INSERT INTO "grant_entry" VALUES('wien1',1,'finance','locations');
INSERT INTO "grant_entry" VALUES('leitung',1,'siebel_dacia','all');
INSERT INTO "grant_entry" VALUES('wien1',1,'siebel_dacia','locations');
INSERT INTO "grant_entry" VALUES('graz1',0,'test_drive_fast_track','locations');
INSERT INTO "grant_entry" VALUES('graz1',0,'test_drive','locations');
CREATE TABLE grant_location (
  user_id TEXT NOT NULL,
  on_category INTEGER NOT NULL,
  subject TEXT NOT NULL,
  location TEXT NOT NULL,
  PRIMARY KEY (user_id, on_category, subject, location),
  FOREIGN KEY (user_id, on_category, subject) REFERENCES grant_entry (user_id, on_category, subject) ON DELETE CASCADE
);
INSERT INTO "grant_location" VALUES('wien1',1,'siebel_nissan','wien');
INSERT INTO "grant_location" VALUES('wien1',1,'finance','wien');
INSERT INTO "grant_location" VALUES('wien1',1,'siebel_dacia','wien');
INSERT INTO "grant_location" VALUES('graz1',0,'test_drive_fast_track','graz');
INSERT INTO "grant_location" VALUES('graz1',0,'test_drive','graz');
CREATE TABLE host_effect (
  event_id BIGINT PRIMARY KEY REFERENCES lead_event (id),
  lead_id BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  
  problem TEXT NOT NULL
);
CREATE TABLE import_item (
  id INTEGER PRIMARY KEY,
  run_id BIGINT NOT NULL REFERENCES import_run (id),
  position INTEGER NOT NULL,
  external_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  lead_id BIGINT NOT NULL,
  reason TEXT NOT NULL
, retried_by BIGINT NOT NULL DEFAULT 0);
INSERT INTO "import_item" VALUES(1,1,1,'1-9TB10784-001','accepted',1,'',0);
INSERT INTO "import_item" VALUES(2,2,1,'1-9TB10574-001','accepted',2,'',0);
INSERT INTO "import_item" VALUES(3,3,1,'1-9TB12037-001','accepted',3,'',0);
INSERT INTO "import_item" VALUES(4,4,1,'1-9TB11267-001','accepted',4,'',0);
INSERT INTO "import_item" VALUES(9,9,1,'1-9TB10357-001','accepted',9,'',0);
INSERT INTO "import_item" VALUES(39,33,1,'1-9TB12100-001','accepted',39,'',0);
INSERT INTO "import_item" VALUES(61,54,1,'1-9TB11561-001','accepted',61,'',0);
INSERT INTO "import_item" VALUES(86,76,1,'1-9TB10434-001','accepted',86,'',0);
INSERT INTO "import_item" VALUES(90,80,1,'1-9TB11505-001','accepted',90,'',0);
CREATE TABLE import_run (
  id INTEGER PRIMARY KEY,
  receipt TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  channel TEXT NOT NULL,
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,
  at BIGINT NOT NULL,
  payload_id BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  digest TEXT NOT NULL,
  accepted INTEGER NOT NULL,
  repeated INTEGER NOT NULL,
  legacy INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  reason TEXT NOT NULL
, finished INTEGER NOT NULL DEFAULT 1);
INSERT INTO "import_run" VALUES(1,'5a16988823669116acee3536','siebel_nissan','folder','','1-9TB10784.xml',1788775984000000,1,1239,'6581f71b764a9f2e5b4dff335681e0e36fcf87433ae56b236516a6fdd6d04e60',1,0,0,0,0,'',1);
INSERT INTO "import_run" VALUES(2,'a4ee73ee97142701f8f67beb','siebel_nissan','folder','','1-9TB10574.xml',1788860587000000,2,1216,'7259140cf3f08da14899bcd7514a08fbb34c67e10aa947a8579b86c880b8edfc',1,0,0,0,0,'',1);
INSERT INTO "import_run" VALUES(3,'9131533d9706c7ee83cca908','siebel_nissan','folder','','1-9TB12037.xml',1788860818000000,3,1232,'eeb3fd2ef83e79e8b23471d911d06065e8a5933b082faae5e89390dcf85495e1',1,0,0,0,0,'',1);
INSERT INTO "import_run" VALUES(4,'90fd7984cf7f05342dac0c9a','siebel_nissan','folder','','1-9TB11267.xml',1788941511000000,4,1221,'46d5a56915be238ea075a7580bcb40bfc075911252b462115d969c07156ee13f',1,0,0,0,0,'',1);
INSERT INTO "import_run" VALUES(9,'f86b2065de1b8e72e217adda','siebel_nissan','folder','','1-9TB10357.xml',1789276899000000,9,1244,'e73dc31e5d1dad928503b90d71bda1ad24935739ba09cca4fb157216d2c17f49',1,0,0,0,0,'',1);
INSERT INTO "import_run" VALUES(33,'203d0b0983f819b64c39c867','siebel_nissan','folder','','1-9TB12100.xml',1790274830000000,33,1256,'12afde332853f984eb38f4aecc0a6bc8e44e0e54bcc5560eb2449656e2d040a0',1,0,0,0,0,'',1);
INSERT INTO "import_run" VALUES(54,'46bcb060c4c6433f2f48ed89','siebel_nissan','folder','','1-9TB11561.xml',1790944281000000,54,1186,'3d5f8fa80ddbd80cd740fa26b95e2907e8bae29e2b1c7c4e0768e4426c8043fc',1,0,0,0,0,'',1);
INSERT INTO "import_run" VALUES(76,'3a52cce2542abec455dcd40e','siebel_nissan','folder','','1-9TB10434.xml',1792070576000000,76,1147,'079c01cf48081c4ec32bd50a68dbf035c4d95ea4ba26edaec824af7382ebf337',1,0,0,0,0,'',1);
INSERT INTO "import_run" VALUES(80,'42986cb9951740e8013d7856','siebel_nissan','folder','','1-9TB11505.xml',1792227521000000,80,1238,'9ce9828d0f54a2e168001daddf1a1d233d75ceeb6ad310e5c87ed896f323873f',1,0,0,0,0,'',1);
CREATE TABLE lead (
  id INTEGER PRIMARY KEY,
  version BIGINT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  
  occurrence INTEGER NOT NULL,
  digest TEXT NOT NULL,
  type TEXT NOT NULL,
  category TEXT NOT NULL,
  state TEXT NOT NULL,
  state_rank INTEGER NOT NULL,
  is_open INTEGER NOT NULL,
  contact TEXT NOT NULL,
  location TEXT NOT NULL,
  dealer_code TEXT NOT NULL,
  assignee TEXT NOT NULL,
  customer TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  reminder_at BIGINT NOT NULL,
  escalation_at BIGINT NOT NULL,
  
  due_at BIGINT NOT NULL,
  first_contact_at BIGINT NOT NULL,
  imported_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  reached INTEGER NOT NULL,
  follows BIGINT NOT NULL,
  payload_id BIGINT NOT NULL,
  
  name_key TEXT NOT NULL,
  email_key TEXT NOT NULL,
  phone_key_1 TEXT NOT NULL,
  phone_key_2 TEXT NOT NULL,
  phone_key_3 TEXT NOT NULL,
  search_key TEXT NOT NULL,
  
  content TEXT NOT NULL,
  details TEXT NOT NULL
, outcome TEXT NOT NULL DEFAULT '', model TEXT NOT NULL DEFAULT '', campaign TEXT NOT NULL DEFAULT '', notified INTEGER NOT NULL DEFAULT 0, notice_at BIGINT NOT NULL DEFAULT 0);
INSERT INTO "lead" VALUES(1,9,'siebel_nissan','1-9TB10784-001',1,'67d32a6b8d101ec1957a8cc71d24a244a3c9258555953710095e5acefa306838','test_drive_fast_track','siebel_nissan','won',6,0,'reached','wien','AT10017','verkauf3','10401',1788775984000000,1790582798362630,1788777784000000,1788779584000000,9223372036854775807,1788792555910573,1788792924868924,1790582798362630,'sale',5,0,1,'binder johannes','johannes.binder@mail.example.at','436765551786','','','salzburg 5020|nissan juke','{"appointment_at":1788854400000000,"campaign":"QASHQAI-SOMMER","dealer_code":"AT10017","external_id":"1-9TB10784-001","prospect":{"city":"Salzburg","country":"AT","email":"johannes.binder@mail.example.at","first_name":"Johannes","language":"de","last_name":"Binder","phones":[{"kind":"mobile","number":"+436765551786"}],"postal_code":"5020","salutation":"mr","street":"Dorfplatz 48"},"received_at":1788775924000000,"referrer":"Händlersuche","source":"siebel_nissan","type":"test_drive_fast_track","wanted":[{"condition":"new","make":"Nissan","model":"Juke","trim":"N-Design"}]}','{"consents":[{"channel":"email","given":true},{"channel":"phone","given":true}],"message":"Mit Anhängerkupplung, wenn möglich."}','won','Juke','QASHQAI-SOMMER',0,0);
INSERT INTO "lead" VALUES(2,9,'siebel_nissan','1-9TB10574-001',1,'842c778c2c1e248033c4dd8ab65aa1cb0d39d00e22ae72a9885210b2d901a54d','test_drive','siebel_nissan','won',6,0,'reached','wien','AT10017','verkauf1','10402',1788860587000000,1790752656069335,1788874987000000,1788946987000000,9223372036854775807,1788875809071016,1788876905215444,1790752656069335,'sale',5,0,2,'auer julia','julia.auer@example.at','4315555411','','','klagenfurt am worthersee 9020|nissan micra','{"appointment_at":1789214400000000,"campaign":"ARIYA-START","dealer_code":"AT10017","external_id":"1-9TB10574-001","prospect":{"city":"Klagenfurt am Wörthersee","country":"AT","email":"julia.auer@example.at","first_name":"Julia","language":"de","last_name":"Auer","phones":[{"kind":"home","number":"+4315555411"}],"postal_code":"9020","salutation":"ms","street":"Ringstraße 28"},"received_at":1788860527000000,"referrer":"Händlersuche","source":"siebel_nissan","type":"test_drive","wanted":[{"condition":"new","make":"Nissan","model":"Micra","trim":"N-Sport"}]}','{"consents":[{"channel":"email","given":true},{"channel":"phone","given":true}],"message":"Bitte um Rückruf am Abend."}','won','Micra','ARIYA-START',0,0);
INSERT INTO "lead" VALUES(3,9,'siebel_nissan','1-9TB12037-001',1,'fa2870bfaae55a54d4689de6d27ac9142e2100049d0d335c3a485cb5767148b0','test_drive','siebel_nissan','won',6,0,'reached','wien','AT10017','verkauf2','',1788860818000000,1790845716730532,1788875218000000,1788947218000000,9223372036854775807,1788866735513652,0,1790845716730532,'sale',5,0,3,'aigner katharina','katharina.aigner@example.at','436995559880','','','graz 8055|nissan qashqai','{"appointment_at":1789214400000000,"campaign":"LEAF-FOERDERUNG","dealer_code":"AT10017","external_id":"1-9TB12037-001","prospect":{"city":"Graz","country":"AT","email":"katharina.aigner@example.at","first_name":"Katharina","language":"de","last_name":"Aigner","phones":[{"kind":"mobile","number":"+436995559880"}],"postal_code":"8055","salutation":"ms","street":"Ringstraße 94"},"received_at":1788860758000000,"referrer":"nissan.at","source":"siebel_nissan","type":"test_drive","wanted":[{"condition":"new","make":"Nissan","model":"Qashqai","trim":"N-Connecta"}]}','{"consents":[{"channel":"email","given":true},{"channel":"phone","given":true}],"message":"Mit Anhängerkupplung, wenn möglich."}','won','Qashqai','LEAF-FOERDERUNG',0,0);
INSERT INTO "lead" VALUES(4,9,'siebel_nissan','1-9TB11267-001',1,'1b26bc22140dea6e262e654fe686b1155cd756d6d84131ed300f5772d656ab88','test_drive','siebel_nissan','lost',7,0,'reached','linz','AT10031','verkauf6','10212',1788941511000000,1790926372425067,1788955911000000,1789027911000000,9223372036854775807,1788962217617175,1788964622832049,1790926372425067,'finance_rejected',4,0,4,'wagner wolfgang','wolfgang.wagner@example.com','436605553448','','','hall in tirol 6060|nissan qashqai','{"appointment_at":1789295400000000,"campaign":"LEAF-FOERDERUNG","dealer_code":"AT10031","external_id":"1-9TB11267-001","prospect":{"city":"Hall in Tirol","country":"AT","email":"wolfgang.wagner@example.com","first_name":"Wolfgang","language":"de","last_name":"Wagner","phones":[{"kind":"mobile","number":"+436605553448"}],"postal_code":"6060","salutation":"mr","street":"Industriestraße 31"},"received_at":1788941451000000,"referrer":"nissan.at","source":"siebel_nissan","type":"test_drive","wanted":[{"condition":"new","make":"Nissan","model":"Qashqai","trim":"Tekna"}]}','{"consents":[{"channel":"email","given":true},{"channel":"phone","given":false}],"message":"Welche Lieferzeit?"}','lost','Qashqai','LEAF-FOERDERUNG',0,0);
INSERT INTO "lead" VALUES(9,9,'siebel_nissan','1-9TB10357-001',1,'a61c387ad6064a0fe8127b689c84c20ef1455b3e16bada8617ed67c753016e05','test_drive_fast_track','siebel_nissan','won',6,0,'reached','linz','AT10031','verkauf6','10408',1789276899000000,1790776414776475,1789367400000000,1789369200000000,9223372036854775807,1789377331808714,1789461237515575,1790776414776475,'sale',5,0,9,'weber sophie','sophie.weber@mail.example.at','436645557338','','','klagenfurt am worthersee 9020|nissan qashqai','{"appointment_at":1789738200000000,"campaign":"JUKE-AKTION","dealer_code":"AT10031","external_id":"1-9TB10357-001","prospect":{"city":"Klagenfurt am Wörthersee","country":"AT","email":"sophie.weber@mail.example.at","first_name":"Sophie","language":"de","last_name":"Weber","phones":[{"kind":"mobile","number":"+436645557338"}],"postal_code":"9020","salutation":"ms","street":"Mozartgasse 69"},"received_at":1789276839000000,"referrer":"Händlersuche","source":"siebel_nissan","type":"test_drive_fast_track","wanted":[{"condition":"new","make":"Nissan","model":"Qashqai","trim":"N-Connecta"}]}','{"consents":[{"channel":"email","given":true},{"channel":"phone","given":true}],"message":"Bitte um Rückruf am Abend."}','won','Qashqai','JUKE-AKTION',0,0);
INSERT INTO "lead" VALUES(39,10,'siebel_nissan','1-9TB12100-001',1,'6e4930a53a7ee4e66b8e135626fdef1917f3c1f5c443c2e43073c83f8ca9adcc','test_drive','siebel_nissan','won',6,0,'reached','linz','AT10031','verkauf6','10419',1790274830000000,1791546217021319,1790330400000000,1790352000000000,9223372036854775807,1790325366808821,1790328874295768,1791546217021319,'sale',5,0,33,'yilmaz lena','lena.ylmaz93@example.at','436505554687','4315551266','','villach 9500|nissan leaf','{"appointment_at":1790415000000000,"campaign":"LEAF-FOERDERUNG","dealer_code":"AT10031","external_id":"1-9TB12100-001","prospect":{"city":"Villach","country":"AT","email":"lena.ylmaz93@example.at","first_name":"Lena","language":"de","last_name":"Yılmaz","phones":[{"kind":"mobile","number":"+436505554687"},{"kind":"home","number":"+4315551266"}],"postal_code":"9500","salutation":"ms","street":"Ringstraße 1"},"received_at":1790274770000000,"referrer":"Newsletter","source":"siebel_nissan","type":"test_drive","wanted":[{"condition":"new","make":"Nissan","model":"Leaf","trim":"e+ Tekna"}]}','{"consents":[{"channel":"email","given":true},{"channel":"phone","given":true}],"message":"Mit Anhängerkupplung, wenn möglich."}','won','Leaf','LEAF-FOERDERUNG',0,0);
INSERT INTO "lead" VALUES(61,10,'siebel_nissan','1-9TB11561-001',1,'4c9ba85004008c5ab0bd3f381b197c8d73f3a91fb7bf344dfcce590064b82f95','test_drive_fast_track','siebel_nissan','lost',7,0,'reached','wien','AT10017','verkauf3','10428',1790944281000000,1792500232120409,1790946081000000,1790947881000000,9223372036854775807,1790952697788774,1790954182725908,1792500232120409,'finance_rejected',4,0,54,'leitner marlene','marlene.leitner93@post.example.at','436995557110','','','villach 9500|nissan townstar','{"appointment_at":1791387000000000,"campaign":"ARIYA-START","dealer_code":"AT10017","external_id":"1-9TB11561-001","prospect":{"city":"Villach","country":"AT","email":"marlene.leitner93@post.example.at","first_name":"Marlene","language":"de","last_name":"Leitner","phones":[{"kind":"mobile","number":"+436995557110"}],"postal_code":"9500","salutation":"ms","street":"Hauptstraße 76"},"received_at":1790944221000000,"referrer":"Händlersuche","source":"siebel_nissan","type":"test_drive_fast_track","wanted":[{"condition":"new","make":"Nissan","model":"Townstar","trim":"Business"}]}','{"consents":[{"channel":"email","given":true},{"channel":"phone","given":true}]}','lost','Townstar','ARIYA-START',0,0);
INSERT INTO "lead" VALUES(86,10,'siebel_nissan','1-9TB10434-001',1,'098d00b4d6a78d993e80f054e21d85f48d8ad40fac9e5783e11f41b5049e8e5e','test_drive_fast_track','siebel_nissan','closed',8,0,'reached','wien','AT10017','verkauf1','10117',1792070576000000,1793185516984828,1792072376000000,1792074176000000,9223372036854775807,1792072793857333,1792074956822673,1793185516984828,'no_further_contact',4,0,76,'fischer elisabeth','','436995553567','','','innsbruck 6020|nissan juke','{"appointment_at":1792330200000000,"dealer_code":"AT10017","external_id":"1-9TB10434-001","prospect":{"city":"Innsbruck","country":"AT","first_name":"Elisabeth","language":"de","last_name":"Fischer","phones":[{"kind":"mobile","number":"+436995553567"}],"postal_code":"6020","salutation":"ms","street":"Gartengasse 18"},"received_at":1792070516000000,"referrer":"Händlersuche","source":"siebel_nissan","type":"test_drive_fast_track","wanted":[{"condition":"new","make":"Nissan","model":"Juke","trim":"Acenta"}]}','{"consents":[{"channel":"email","given":true},{"channel":"phone","given":true}],"message":"Mit Anhängerkupplung, wenn möglich."}','closed','Juke','',0,0);
INSERT INTO "lead" VALUES(90,10,'siebel_nissan','1-9TB11505-001',1,'c888c30cf029bc077f0ec1f719513864e19a2eb5e6f23ad738330ac8e309187a','test_drive_fast_track','siebel_nissan','lost',7,0,'reached','linz','AT10031','verkauf10','10043',1792227521000000,1793605296141302,1792229321000000,1792231121000000,9223372036854775807,1792405964529065,1792481575908676,1793605296141302,'no_interest',4,0,80,'lang stefan','stefan.lang@post.example.at','436765559580','','','backerei lang st polten 3100|nissan leaf','{"appointment_at":1792569600000000,"dealer_code":"AT10031","external_id":"1-9TB11505-001","prospect":{"city":"St. Pölten","company":"Bäckerei Lang","country":"AT","email":"stefan.lang@post.example.at","first_name":"Stefan","language":"de","last_name":"Lang","phones":[{"kind":"mobile","number":"+436765559580"}],"postal_code":"3100","salutation":"mr","street":"Wiener Straße 123"},"received_at":1792227461000000,"referrer":"Händlersuche","source":"siebel_nissan","type":"test_drive_fast_track","wanted":[{"condition":"new","make":"Nissan","model":"Leaf","trim":"e+ Tekna"}]}','{"consents":[{"channel":"email","given":true},{"channel":"phone","given":true}],"message":"Mit Anhängerkupplung, wenn möglich."}','lost','Leaf','',0,0);
CREATE TABLE lead_change (
  seq INTEGER PRIMARY KEY,
  lead_id BIGINT NOT NULL,
  
  txid BIGINT NOT NULL
);
INSERT INTO "lead_change" VALUES(1,1,0);
INSERT INTO "lead_change" VALUES(2,1,0);
INSERT INTO "lead_change" VALUES(3,1,0);
INSERT INTO "lead_change" VALUES(4,1,0);
INSERT INTO "lead_change" VALUES(5,1,0);
INSERT INTO "lead_change" VALUES(6,1,0);
INSERT INTO "lead_change" VALUES(7,1,0);
INSERT INTO "lead_change" VALUES(8,1,0);
INSERT INTO "lead_change" VALUES(9,1,0);
INSERT INTO "lead_change" VALUES(10,1,0);
INSERT INTO "lead_change" VALUES(11,2,0);
INSERT INTO "lead_change" VALUES(12,2,0);
INSERT INTO "lead_change" VALUES(13,3,0);
INSERT INTO "lead_change" VALUES(14,3,0);
INSERT INTO "lead_change" VALUES(15,3,0);
INSERT INTO "lead_change" VALUES(16,3,0);
INSERT INTO "lead_change" VALUES(17,3,0);
INSERT INTO "lead_change" VALUES(18,2,0);
INSERT INTO "lead_change" VALUES(19,2,0);
INSERT INTO "lead_change" VALUES(20,2,0);
INSERT INTO "lead_change" VALUES(21,3,0);
INSERT INTO "lead_change" VALUES(22,2,0);
INSERT INTO "lead_change" VALUES(23,2,0);
INSERT INTO "lead_change" VALUES(24,2,0);
INSERT INTO "lead_change" VALUES(25,2,0);
INSERT INTO "lead_change" VALUES(26,2,0);
INSERT INTO "lead_change" VALUES(27,4,0);
INSERT INTO "lead_change" VALUES(28,4,0);
INSERT INTO "lead_change" VALUES(29,4,0);
INSERT INTO "lead_change" VALUES(30,4,0);
INSERT INTO "lead_change" VALUES(31,4,0);
INSERT INTO "lead_change" VALUES(32,4,0);
INSERT INTO "lead_change" VALUES(35,4,0);
INSERT INTO "lead_change" VALUES(39,2,0);
INSERT INTO "lead_change" VALUES(40,2,0);
INSERT INTO "lead_change" VALUES(41,2,0);
INSERT INTO "lead_change" VALUES(42,4,0);
INSERT INTO "lead_change" VALUES(43,4,0);
INSERT INTO "lead_change" VALUES(44,4,0);
INSERT INTO "lead_change" VALUES(45,1,0);
INSERT INTO "lead_change" VALUES(46,1,0);
INSERT INTO "lead_change" VALUES(47,1,0);
INSERT INTO "lead_change" VALUES(48,3,0);
INSERT INTO "lead_change" VALUES(51,3,0);
INSERT INTO "lead_change" VALUES(52,3,0);
INSERT INTO "lead_change" VALUES(53,3,0);
INSERT INTO "lead_change" VALUES(63,4,0);
INSERT INTO "lead_change" VALUES(64,4,0);
INSERT INTO "lead_change" VALUES(65,4,0);
INSERT INTO "lead_change" VALUES(71,9,0);
INSERT INTO "lead_change" VALUES(72,9,0);
INSERT INTO "lead_change" VALUES(82,2,0);
INSERT INTO "lead_change" VALUES(83,2,0);
INSERT INTO "lead_change" VALUES(84,2,0);
INSERT INTO "lead_change" VALUES(88,1,0);
INSERT INTO "lead_change" VALUES(89,1,0);
INSERT INTO "lead_change" VALUES(90,1,0);
INSERT INTO "lead_change" VALUES(110,3,0);
INSERT INTO "lead_change" VALUES(111,3,0);
INSERT INTO "lead_change" VALUES(112,3,0);
INSERT INTO "lead_change" VALUES(113,9,0);
INSERT INTO "lead_change" VALUES(114,9,0);
INSERT INTO "lead_change" VALUES(115,9,0);
INSERT INTO "lead_change" VALUES(119,9,0);
INSERT INTO "lead_change" VALUES(159,9,0);
INSERT INTO "lead_change" VALUES(166,4,0);
INSERT INTO "lead_change" VALUES(167,4,0);
INSERT INTO "lead_change" VALUES(168,4,0);
INSERT INTO "lead_change" VALUES(169,9,0);
INSERT INTO "lead_change" VALUES(170,9,0);
INSERT INTO "lead_change" VALUES(171,9,0);
INSERT INTO "lead_change" VALUES(172,9,0);
INSERT INTO "lead_change" VALUES(191,1,0);
INSERT INTO "lead_change" VALUES(192,1,0);
INSERT INTO "lead_change" VALUES(193,1,0);
INSERT INTO "lead_change" VALUES(194,2,0);
INSERT INTO "lead_change" VALUES(195,2,0);
INSERT INTO "lead_change" VALUES(196,2,0);
INSERT INTO "lead_change" VALUES(208,4,0);
INSERT INTO "lead_change" VALUES(209,4,0);
INSERT INTO "lead_change" VALUES(210,4,0);
INSERT INTO "lead_change" VALUES(233,9,0);
INSERT INTO "lead_change" VALUES(234,9,0);
INSERT INTO "lead_change" VALUES(235,9,0);
INSERT INTO "lead_change" VALUES(248,3,0);
INSERT INTO "lead_change" VALUES(249,3,0);
INSERT INTO "lead_change" VALUES(250,3,0);
INSERT INTO "lead_change" VALUES(343,3,0);
INSERT INTO "lead_change" VALUES(344,3,0);
INSERT INTO "lead_change" VALUES(345,3,0);
INSERT INTO "lead_change" VALUES(349,9,0);
INSERT INTO "lead_change" VALUES(350,9,0);
INSERT INTO "lead_change" VALUES(351,9,0);
INSERT INTO "lead_change" VALUES(417,39,0);
INSERT INTO "lead_change" VALUES(418,39,0);
INSERT INTO "lead_change" VALUES(427,39,0);
INSERT INTO "lead_change" VALUES(428,39,0);
INSERT INTO "lead_change" VALUES(429,39,0);
INSERT INTO "lead_change" VALUES(438,39,0);
INSERT INTO "lead_change" VALUES(439,39,0);
INSERT INTO "lead_change" VALUES(440,39,0);
INSERT INTO "lead_change" VALUES(445,39,0);
INSERT INTO "lead_change" VALUES(446,39,0);
INSERT INTO "lead_change" VALUES(447,39,0);
INSERT INTO "lead_change" VALUES(478,39,0);
INSERT INTO "lead_change" VALUES(479,39,0);
INSERT INTO "lead_change" VALUES(480,39,0);
INSERT INTO "lead_change" VALUES(499,1,0);
INSERT INTO "lead_change" VALUES(500,1,0);
INSERT INTO "lead_change" VALUES(501,1,0);
INSERT INTO "lead_change" VALUES(629,2,0);
INSERT INTO "lead_change" VALUES(630,2,0);
INSERT INTO "lead_change" VALUES(631,2,0);
INSERT INTO "lead_change" VALUES(656,9,0);
INSERT INTO "lead_change" VALUES(657,9,0);
INSERT INTO "lead_change" VALUES(658,9,0);
INSERT INTO "lead_change" VALUES(673,39,0);
INSERT INTO "lead_change" VALUES(674,39,0);
INSERT INTO "lead_change" VALUES(675,39,0);
INSERT INTO "lead_change" VALUES(679,3,0);
INSERT INTO "lead_change" VALUES(680,3,0);
INSERT INTO "lead_change" VALUES(681,3,0);
INSERT INTO "lead_change" VALUES(712,4,0);
INSERT INTO "lead_change" VALUES(713,4,0);
INSERT INTO "lead_change" VALUES(714,4,0);
INSERT INTO "lead_change" VALUES(731,61,0);
INSERT INTO "lead_change" VALUES(732,61,0);
INSERT INTO "lead_change" VALUES(733,61,0);
INSERT INTO "lead_change" VALUES(734,61,0);
INSERT INTO "lead_change" VALUES(735,61,0);
INSERT INTO "lead_change" VALUES(739,61,0);
INSERT INTO "lead_change" VALUES(740,61,0);
INSERT INTO "lead_change" VALUES(741,61,0);
INSERT INTO "lead_change" VALUES(808,61,0);
INSERT INTO "lead_change" VALUES(809,61,0);
INSERT INTO "lead_change" VALUES(810,61,0);
INSERT INTO "lead_change" VALUES(841,39,0);
INSERT INTO "lead_change" VALUES(842,39,0);
INSERT INTO "lead_change" VALUES(843,39,0);
INSERT INTO "lead_change" VALUES(853,61,0);
INSERT INTO "lead_change" VALUES(854,61,0);
INSERT INTO "lead_change" VALUES(855,61,0);
INSERT INTO "lead_change" VALUES(951,39,0);
INSERT INTO "lead_change" VALUES(952,39,0);
INSERT INTO "lead_change" VALUES(953,39,0);
INSERT INTO "lead_change" VALUES(954,61,0);
INSERT INTO "lead_change" VALUES(955,61,0);
INSERT INTO "lead_change" VALUES(956,61,0);
INSERT INTO "lead_change" VALUES(983,61,0);
INSERT INTO "lead_change" VALUES(984,61,0);
INSERT INTO "lead_change" VALUES(985,61,0);
INSERT INTO "lead_change" VALUES(1106,86,0);
INSERT INTO "lead_change" VALUES(1107,86,0);
INSERT INTO "lead_change" VALUES(1108,86,0);
INSERT INTO "lead_change" VALUES(1109,86,0);
INSERT INTO "lead_change" VALUES(1110,86,0);
INSERT INTO "lead_change" VALUES(1111,86,0);
INSERT INTO "lead_change" VALUES(1112,86,0);
INSERT INTO "lead_change" VALUES(1113,86,0);
INSERT INTO "lead_change" VALUES(1122,86,0);
INSERT INTO "lead_change" VALUES(1123,86,0);
INSERT INTO "lead_change" VALUES(1124,86,0);
INSERT INTO "lead_change" VALUES(1136,90,0);
INSERT INTO "lead_change" VALUES(1137,90,0);
INSERT INTO "lead_change" VALUES(1151,90,0);
INSERT INTO "lead_change" VALUES(1152,90,0);
INSERT INTO "lead_change" VALUES(1153,90,0);
INSERT INTO "lead_change" VALUES(1172,86,0);
INSERT INTO "lead_change" VALUES(1173,86,0);
INSERT INTO "lead_change" VALUES(1174,86,0);
INSERT INTO "lead_change" VALUES(1207,90,0);
INSERT INTO "lead_change" VALUES(1225,90,0);
INSERT INTO "lead_change" VALUES(1228,90,0);
INSERT INTO "lead_change" VALUES(1237,90,0);
INSERT INTO "lead_change" VALUES(1238,90,0);
INSERT INTO "lead_change" VALUES(1239,90,0);
INSERT INTO "lead_change" VALUES(1240,61,0);
INSERT INTO "lead_change" VALUES(1241,61,0);
INSERT INTO "lead_change" VALUES(1242,61,0);
INSERT INTO "lead_change" VALUES(1246,86,0);
INSERT INTO "lead_change" VALUES(1247,86,0);
INSERT INTO "lead_change" VALUES(1248,86,0);
INSERT INTO "lead_change" VALUES(1250,90,0);
INSERT INTO "lead_change" VALUES(1251,90,0);
INSERT INTO "lead_change" VALUES(1252,90,0);
INSERT INTO "lead_change" VALUES(1253,86,0);
INSERT INTO "lead_change" VALUES(1254,86,0);
INSERT INTO "lead_change" VALUES(1255,86,0);
INSERT INTO "lead_change" VALUES(1397,90,0);
INSERT INTO "lead_change" VALUES(1398,90,0);
INSERT INTO "lead_change" VALUES(1399,90,0);
INSERT INTO "lead_change" VALUES(1471,90,0);
INSERT INTO "lead_change" VALUES(1472,90,0);
INSERT INTO "lead_change" VALUES(1473,90,0);
INSERT INTO "lead_change" VALUES(1479,86,0);
INSERT INTO "lead_change" VALUES(1480,86,0);
INSERT INTO "lead_change" VALUES(1481,86,0);
INSERT INTO "lead_change" VALUES(1581,90,0);
INSERT INTO "lead_change" VALUES(1582,90,0);
INSERT INTO "lead_change" VALUES(1583,90,0);
CREATE TABLE lead_change_forgotten (
  id INTEGER PRIMARY KEY,
  seq BIGINT NOT NULL,
  txid BIGINT NOT NULL
);
INSERT INTO "lead_change_forgotten" VALUES(1,0,0);
CREATE TABLE lead_digest (
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (source, external_id, digest)
);
INSERT INTO "lead_digest" VALUES('siebel_nissan','1-9TB10784-001','67d32a6b8d101ec1957a8cc71d24a244a3c9258555953710095e5acefa306838');
INSERT INTO "lead_digest" VALUES('siebel_nissan','1-9TB10574-001','842c778c2c1e248033c4dd8ab65aa1cb0d39d00e22ae72a9885210b2d901a54d');
INSERT INTO "lead_digest" VALUES('siebel_nissan','1-9TB12037-001','fa2870bfaae55a54d4689de6d27ac9142e2100049d0d335c3a485cb5767148b0');
INSERT INTO "lead_digest" VALUES('siebel_nissan','1-9TB11267-001','1b26bc22140dea6e262e654fe686b1155cd756d6d84131ed300f5772d656ab88');
INSERT INTO "lead_digest" VALUES('siebel_nissan','1-9TB10357-001','a61c387ad6064a0fe8127b689c84c20ef1455b3e16bada8617ed67c753016e05');
INSERT INTO "lead_digest" VALUES('siebel_nissan','1-9TB12100-001','6e4930a53a7ee4e66b8e135626fdef1917f3c1f5c443c2e43073c83f8ca9adcc');
INSERT INTO "lead_digest" VALUES('siebel_nissan','1-9TB11561-001','4c9ba85004008c5ab0bd3f381b197c8d73f3a91fb7bf344dfcce590064b82f95');
INSERT INTO "lead_digest" VALUES('siebel_nissan','1-9TB10434-001','098d00b4d6a78d993e80f054e21d85f48d8ad40fac9e5783e11f41b5049e8e5e');
INSERT INTO "lead_digest" VALUES('siebel_nissan','1-9TB11505-001','c888c30cf029bc077f0ec1f719513864e19a2eb5e6f23ad738330ac8e309187a');
CREATE TABLE lead_event (
  id INTEGER PRIMARY KEY,
  lead_id BIGINT NOT NULL REFERENCES lead (id),
  
  lead_version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  comment TEXT NOT NULL,
  data TEXT NOT NULL
);
INSERT INTO "lead_event" VALUES(1,1,1,1788775984000000,'received','','','','{"source":"siebel_nissan"}');
INSERT INTO "lead_event" VALUES(2,1,2,1788776617101541,'assigned','leitung','Sabine Hofer','','{"user":"verkauf3"}');
INSERT INTO "lead_event" VALUES(3,1,3,1788792555910573,'contact_result','verkauf3','Michael Wagner','','{"from":"open","result":"reached"}');
INSERT INTO "lead_event" VALUES(4,1,4,1788792924868924,'imported','verkauf3','Michael Wagner','','{"customer":"10401","revision":"1"}');
INSERT INTO "lead_event" VALUES(5,1,5,1788851471811940,'progress','verkauf3','Michael Wagner','','{"from":"assigned","to":"in_progress"}');
INSERT INTO "lead_event" VALUES(6,2,1,1788860587000000,'received','','','','{"source":"siebel_nissan"}');
INSERT INTO "lead_event" VALUES(7,3,1,1788860818000000,'received','','','','{"source":"siebel_nissan"}');
INSERT INTO "lead_event" VALUES(8,3,2,1788862030594847,'assigned','leitung','Sabine Hofer','','{"user":"verkauf2"}');
INSERT INTO "lead_event" VALUES(9,2,2,1788862093255541,'assigned','wien1','Martin Gruber','','{"user":"verkauf1"}');
INSERT INTO "lead_event" VALUES(10,3,3,1788866735513652,'contact_result','verkauf2','Anna Pichler','','{"from":"open","result":"tried"}');
INSERT INTO "lead_event" VALUES(11,2,3,1788875809071016,'contact_result','verkauf1','Lukas Steiner','','{"from":"open","result":"reached"}');
INSERT INTO "lead_event" VALUES(12,2,4,1788876905215444,'imported','verkauf1','Lukas Steiner','','{"customer":"10402","revision":"1"}');
INSERT INTO "lead_event" VALUES(13,2,5,1788939035742406,'progress','verkauf1','Lukas Steiner','','{"from":"assigned","to":"in_progress"}');
INSERT INTO "lead_event" VALUES(14,4,1,1788941511000000,'received','','','','{"source":"siebel_nissan"}');
INSERT INTO "lead_event" VALUES(15,4,2,1788953841637297,'assigned','leitung','Sabine Hofer','','{"user":"verkauf6"}');
INSERT INTO "lead_event" VALUES(16,4,3,1788962217617175,'contact_result','verkauf6','Magdalena Plank','','{"from":"open","result":"reached"}');
INSERT INTO "lead_event" VALUES(18,4,4,1788964622832049,'linked','verkauf6','Magdalena Plank','','{"customer":"10212","revision":"1"}');
INSERT INTO "lead_event" VALUES(20,2,6,1788968866157240,'progress','verkauf1','Lukas Steiner','','{"from":"in_progress","to":"appointment"}');
INSERT INTO "lead_event" VALUES(21,4,5,1789024825346449,'progress','verkauf6','Magdalena Plank','','{"from":"assigned","to":"in_progress"}');
INSERT INTO "lead_event" VALUES(22,1,6,1789025053147779,'progress','verkauf3','Michael Wagner','','{"from":"in_progress","to":"appointment"}');
INSERT INTO "lead_event" VALUES(23,3,4,1789025977257612,'contact_result','verkauf2','Anna Pichler','','{"from":"tried","result":"reached"}');
INSERT INTO "lead_event" VALUES(26,3,5,1789036998350968,'progress','verkauf2','Anna Pichler','','{"from":"assigned","to":"in_progress"}');
INSERT INTO "lead_event" VALUES(32,4,6,1789115232944685,'progress','verkauf6','Magdalena Plank','','{"from":"in_progress","to":"appointment"}');
INSERT INTO "lead_event" VALUES(36,9,1,1789276899000000,'received','','','','{"source":"siebel_nissan"}');
INSERT INTO "lead_event" VALUES(43,2,7,1789369246930307,'progress','verkauf1','Lukas Steiner','','{"from":"appointment","to":"test_drive_done"}');
INSERT INTO "lead_event" VALUES(45,1,7,1789370737293722,'progress','verkauf3','Michael Wagner','','{"from":"appointment","to":"test_drive_done"}');
INSERT INTO "lead_event" VALUES(53,3,6,1789373189079305,'progress','verkauf2','Anna Pichler','','{"from":"in_progress","to":"appointment"}');
INSERT INTO "lead_event" VALUES(54,9,2,1789373609059674,'assigned','leitung','Sabine Hofer','','{"user":"verkauf6"}');
INSERT INTO "lead_event" VALUES(57,9,3,1789377331808714,'contact_result','verkauf6','Magdalena Plank','','{"from":"open","result":"tried"}');
INSERT INTO "lead_event" VALUES(84,9,4,1789458661481714,'contact_result','verkauf6','Magdalena Plank','','{"from":"tried","result":"reached"}');
INSERT INTO "lead_event" VALUES(87,4,7,1789460271706292,'progress','verkauf6','Magdalena Plank','','{"from":"appointment","to":"test_drive_done"}');
INSERT INTO "lead_event" VALUES(88,9,5,1789461237515575,'imported','verkauf6','Magdalena Plank','','{"customer":"10408","revision":"1"}');
INSERT INTO "lead_event" VALUES(89,9,6,1789465440833678,'progress','verkauf6','Magdalena Plank','','{"from":"assigned","to":"in_progress"}');
INSERT INTO "lead_event" VALUES(98,1,8,1789542251839197,'progress','verkauf3','Michael Wagner','','{"from":"test_drive_done","to":"offer"}');
INSERT INTO "lead_event" VALUES(99,2,8,1789545102291940,'progress','verkauf1','Lukas Steiner','','{"from":"test_drive_done","to":"offer"}');
INSERT INTO "lead_event" VALUES(106,4,8,1789572356943604,'progress','verkauf6','Magdalena Plank','','{"from":"test_drive_done","to":"offer"}');
INSERT INTO "lead_event" VALUES(117,9,7,1789716805649301,'progress','verkauf6','Magdalena Plank','','{"from":"in_progress","to":"test_drive_done"}');
INSERT INTO "lead_event" VALUES(125,3,7,1789743950384880,'progress','verkauf2','Anna Pichler','','{"from":"appointment","to":"test_drive_done"}');
INSERT INTO "lead_event" VALUES(177,3,8,1790060955836259,'progress','verkauf2','Anna Pichler','','{"from":"test_drive_done","to":"offer"}');
INSERT INTO "lead_event" VALUES(179,9,8,1790061354777586,'progress','verkauf6','Magdalena Plank','','{"from":"test_drive_done","to":"offer"}');
INSERT INTO "lead_event" VALUES(213,39,1,1790274830000000,'received','','','','{"source":"siebel_nissan"}');
INSERT INTO "lead_event" VALUES(220,39,2,1790322263029207,'assigned','leitung','Sabine Hofer','','{"user":"verkauf6"}');
INSERT INTO "lead_event" VALUES(225,39,3,1790325366808821,'contact_result','verkauf6','Magdalena Plank','','{"from":"open","result":"reached"}');
INSERT INTO "lead_event" VALUES(226,39,4,1790328874295768,'imported','verkauf6','Magdalena Plank','','{"customer":"10419","revision":"1"}');
INSERT INTO "lead_event" VALUES(227,39,5,1790329827358019,'contact_planned','verkauf6','Magdalena Plank','Wie besprochen.','{"due":"1796018863522366","kind":"test_drive","user":"verkauf6"}');
INSERT INTO "lead_event" VALUES(230,39,6,1790339431359446,'progress','verkauf6','Magdalena Plank','','{"from":"assigned","to":"in_progress"}');
INSERT INTO "lead_event" VALUES(246,39,7,1790580341183411,'progress','verkauf6','Magdalena Plank','','{"from":"in_progress","to":"appointment"}');
INSERT INTO "lead_event" VALUES(255,1,9,1790582798362630,'closed','verkauf3','Michael Wagner','','{"from":"offer","reason":"sale","to":"won"}');
INSERT INTO "lead_event" VALUES(319,2,9,1790752656069335,'closed','verkauf1','Lukas Steiner','','{"from":"offer","reason":"sale","to":"won"}');
INSERT INTO "lead_event" VALUES(332,9,9,1790776414776475,'closed','verkauf6','Magdalena Plank','','{"from":"offer","reason":"sale","to":"won"}');
INSERT INTO "lead_event" VALUES(340,39,8,1790843152017658,'progress','verkauf6','Magdalena Plank','','{"from":"appointment","to":"test_drive_done"}');
INSERT INTO "lead_event" VALUES(344,3,9,1790845716730532,'closed','verkauf2','Anna Pichler','','{"from":"offer","reason":"sale","to":"won"}');
INSERT INTO "lead_event" VALUES(357,4,9,1790926372425067,'closed','verkauf6','Magdalena Plank','','{"from":"offer","reason":"finance_rejected","to":"lost"}');
INSERT INTO "lead_event" VALUES(367,61,1,1790944281000000,'received','','','','{"source":"siebel_nissan"}');
INSERT INTO "lead_event" VALUES(368,61,2,1790945554191754,'assigned','leitung','Sabine Hofer','','{"user":"verkauf3"}');
INSERT INTO "lead_event" VALUES(370,61,3,1790952697788774,'contact_result','verkauf3','Michael Wagner','','{"from":"open","result":"reached"}');
INSERT INTO "lead_event" VALUES(371,61,4,1790954182725908,'imported','verkauf3','Michael Wagner','','{"customer":"10428","revision":"1"}');
INSERT INTO "lead_event" VALUES(372,61,5,1790955493158172,'contact_planned','verkauf3','Michael Wagner','Wie besprochen.','{"due":"1796278063522366","kind":"test_drive","user":"verkauf3"}');
INSERT INTO "lead_event" VALUES(401,61,6,1791188846035180,'progress','verkauf3','Michael Wagner','','{"from":"assigned","to":"in_progress"}');
INSERT INTO "lead_event" VALUES(416,39,9,1791273536927371,'progress','verkauf6','Magdalena Plank','','{"from":"test_drive_done","to":"offer"}');
INSERT INTO "lead_event" VALUES(421,61,7,1791357218867671,'progress','verkauf3','Michael Wagner','','{"from":"in_progress","to":"appointment"}');
INSERT INTO "lead_event" VALUES(464,39,10,1791546217021319,'closed','verkauf6','Magdalena Plank','','{"from":"offer","reason":"sale","to":"won"}');
INSERT INTO "lead_event" VALUES(465,61,8,1791557142933482,'progress','verkauf3','Michael Wagner','','{"from":"appointment","to":"test_drive_done"}');
INSERT INTO "lead_event" VALUES(479,61,9,1791791401828201,'progress','verkauf3','Michael Wagner','','{"from":"test_drive_done","to":"offer"}');
INSERT INTO "lead_event" VALUES(541,86,1,1792070576000000,'received','','','','{"source":"siebel_nissan"}');
INSERT INTO "lead_event" VALUES(542,86,2,1792070797440529,'assigned','leitung','Sabine Hofer','','{"user":"verkauf1"}');
INSERT INTO "lead_event" VALUES(543,86,3,1792072793857333,'contact_result','verkauf1','Lukas Steiner','','{"from":"open","result":"reached"}');
INSERT INTO "lead_event" VALUES(544,86,4,1792074956822673,'linked','verkauf1','Lukas Steiner','','{"customer":"10117","revision":"1"}');
INSERT INTO "lead_event" VALUES(545,86,5,1792075327293151,'contact_planned','verkauf1','Lukas Steiner','Wie besprochen.','{"due":"1796191663522366","kind":"test_drive","user":"verkauf1"}');
INSERT INTO "lead_event" VALUES(549,86,6,1792136944583890,'progress','verkauf1','Lukas Steiner','','{"from":"assigned","to":"in_progress"}');
INSERT INTO "lead_event" VALUES(555,90,1,1792227521000000,'received','','','','{"source":"siebel_nissan"}');
INSERT INTO "lead_event" VALUES(564,90,2,1792393421092885,'assigned','leitung','Sabine Hofer','','{"user":"verkauf10"}');
INSERT INTO "lead_event" VALUES(572,86,7,1792396627968891,'progress','verkauf1','Lukas Steiner','','{"from":"in_progress","to":"appointment"}');
INSERT INTO "lead_event" VALUES(586,90,3,1792405964529065,'contact_result','verkauf10','Verena Schmid','','{"from":"open","result":"tried"}');
INSERT INTO "lead_event" VALUES(600,90,4,1792480279968429,'contact_result','verkauf10','Verena Schmid','','{"from":"tried","result":"reached"}');
INSERT INTO "lead_event" VALUES(602,90,5,1792481575908676,'linked','verkauf10','Verena Schmid','','{"customer":"10043","revision":"1"}');
INSERT INTO "lead_event" VALUES(606,90,6,1792498978175779,'progress','verkauf10','Verena Schmid','','{"from":"assigned","to":"in_progress"}');
INSERT INTO "lead_event" VALUES(607,61,10,1792500232120409,'closed','verkauf3','Michael Wagner','','{"from":"offer","reason":"finance_rejected","to":"lost"}');
INSERT INTO "lead_event" VALUES(609,86,8,1792503577752021,'progress','verkauf1','Lukas Steiner','','{"from":"appointment","to":"test_drive_done"}');
INSERT INTO "lead_event" VALUES(611,90,7,1792568051776377,'progress','verkauf10','Verena Schmid','','{"from":"in_progress","to":"appointment"}');
INSERT INTO "lead_event" VALUES(612,86,9,1792569413428524,'progress','verkauf1','Lukas Steiner','','{"from":"test_drive_done","to":"offer"}');
INSERT INTO "lead_event" VALUES(679,90,8,1793002638774596,'progress','verkauf10','Verena Schmid','','{"from":"appointment","to":"test_drive_done"}');
INSERT INTO "lead_event" VALUES(711,90,9,1793175737366106,'progress','verkauf10','Verena Schmid','','{"from":"test_drive_done","to":"offer"}');
INSERT INTO "lead_event" VALUES(714,86,10,1793185516984828,'closed','verkauf1','Lukas Steiner','','{"from":"offer","reason":"no_further_contact","to":"closed"}');
INSERT INTO "lead_event" VALUES(759,90,10,1793605296141302,'closed','verkauf10','Verena Schmid','','{"from":"offer","reason":"no_interest","to":"lost"}');
CREATE TABLE lead_number (
  number TEXT NOT NULL,
  lead_id BIGINT NOT NULL REFERENCES lead (id),
  PRIMARY KEY (number, lead_id)
);
CREATE TABLE lead_type_setting (
  type TEXT PRIMARY KEY,
  active_from BIGINT NOT NULL,
  reminder_minutes INTEGER NOT NULL,
  escalation_minutes INTEGER NOT NULL,
  retention_months INTEGER NOT NULL
);
CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL
);
CREATE TABLE notice (
  
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id BIGINT NOT NULL REFERENCES lead_event (id),
  lead_id BIGINT NOT NULL,
  user_id TEXT NOT NULL,
  
  channel TEXT NOT NULL,
  
  batch BIGINT NOT NULL,
  next_attempt_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL
);
CREATE TABLE old_list (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL,
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,
  at BIGINT NOT NULL,
  
  body TEXT NOT NULL
);
CREATE TABLE payload (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  size BIGINT NOT NULL,
  at BIGINT NOT NULL,
  
  body TEXT NOT NULL
);
INSERT INTO "payload" VALUES(1,'6581f71b764a9f2e5b4dff335681e0e36fcf87433ae56b236516a6fdd6d04e60','siebel_nissan',1239,1788775984000000,'KLUv/WDXAz0VAHZqgzNQhbgNsGJnZWdmZmkfMyT2WqT7W2uTQmAKD8lzH/gyRgyNw9iS7BX4D36yQZ8Pqqiqqgd4AHcAdwCa5v6IWC3QtW/5ax8Lvse0Q4pbcm7hkGqH7zGfeVi4NmLaI/geA9WX7y3QJRNRPnuZOykoutdDcBagSeN9Ffs7qYjy2seKHJKIkwwsgoUUUSAFPfas/Uo+5+OmvSCSLA6sAhEFmxHSaz4UOYYUUSaNtn4EJLOJgg6b1LTNUx+bBio6swLdWLm987OMTs39nWuz9SWcBioS/K+60U1zE7hU1cJmQVUYEjYVBp9YfFr2puaOSM5JVsUf0qm5nZs4N5E4yd9nufOzOyPVtEpzO9ykIU2cBEEarsERxwTO4d/3dWpuz/WqBV37DvxzY6WxBlJ7qNRy/+vdNDdEEpEejwckAhHgAOA/aUdTn9yk/Km572O81LI38QwZXzaAw4Bwa79CWJHxZZfmrg9nNHiY5rY/5+tQBf/sZa6t8aC9qrhr/QSvqvbIIaIgNFSf+rJYNZaC2u/17qQTN6NzRYkdqMigOV8CCoDNztwOPj8iIjS3y/l20ombW+Izfu3Xv5Nq7olF+5ZFxh++itDc79kUXD6kVXPPZ23M+Hte1f7yip1v4HZu7ovFH3sbNh8Gfq3/8FXT3FbFP/XOjU7NjdWNQyHfxj83Ts3tGu4h37VU09wSB0RxXz8gMEImHa0OpXQA2kHUDA6IPEd1YJ4BzwffLjxnoAWqJ5DfAMVIRjizh7FtweLABcH1gKECis9AvGBRqacB/vng97NyogEEsg80Mjz1zadPvotmJbTL+EnF6jUCZCf6wuJtAXMllBjIjm57s1niyCtmZU+ykCn4kVHgh4sYIXNF3CU44lDamOLqthHLcg673HBUUmvZ3AM=');
INSERT INTO "payload" VALUES(2,'7259140cf3f08da14899bcd7514a08fbb34c67e10aa947a8579b86c880b8edfc','siebel_nissan',1216,1788860587000000,'KLUv/WDAA+UUAKbqgjNAadwGWxXMDSB3FMUBXNFrFUXaqgX6XKJ+eMV+wiGNRxyh6KIRSfKmOlhhk3gGqBzD8Lp4AHcAdQCTwssvAaekVfpVv2ZTPf8J95OWH+cU/STu5z956oKgUjjhdp7/pM2//CWtgXIijzlVo9Scaj2DCAQtSlh9Yr5GyYm8ZlM5DQWHewhUD8XjRJ7UHuOU/nR9xEMLN4OzoHCoEjgRTIRPWvGb4xaPE4kS0vkS7cIeMHARUMO8XbLZwJowUWlY1r5WSKBpjY9hMuLlz1gZnX+9GGGiQL81M2nh5aoCVRYFBCFVoI4Y6BrMI15WeJx7Kqj/yYiXnYM4B2E8jGcfrr+6pMbHaoRSo4F4WcFBGA3IwzUBDMfYBbcP1++r/4x4+XJsSqo3FU4JA7zsGO5xeaWSwssLjPYQJnxWiomwUv9ntfDy8zQcDofjCdAA0B9lhvKYLMDL1Rd/aTB/8APmZ75weGUMmtKf70EXdKyBl+dnkE942eGVGejHnKp0QgfuaVrOfDr0NHE7EE7kQcG0mY7BSaFS466W1yij5cWLH73LEB1fAj7wcl8fo2fi0yij5WUHT3WlP79GiZfrlBqLgup/Ph942acFp77+yYmXo1MKqf4GPnH/ZcHMK1ju5eUGST/GM0z0yfs5//KTwssV1JtZYyYjXv6n8zN1SphY0DBvdWaX+Bi/DvSmwig7IDBChd1WB448ANNBnAzgizwndGCeAf+H5S48ZyAL1EsguwGOkYiwaK/RZRBBRj1grIDCMhArWCiVwAAfBXw/lxMawB77ECvDM7559DO6j2ylr8sILhfWM6jw6OEQWaCfXVD2ZrOAldeTF/IspiIeGuV9uGiExI4mSByihFFKrm0ukvAUztmRa0itZWUP');
INSERT INTO "payload" VALUES(3,'eeb3fd2ef83e79e8b23471d911d06065e8a5933b082faae5e89390dcf85495e1','siebel_nissan',1232,1788860818000000,'KLUv/WDQAw0VAPapgTNQhzgHsBIZqN7MzBJfgb4UYVtyCU1sY/iP9KGP2Mdu/rX/yx2aRp4NLfRvST/m3ZiZFQx4AHQAdQC6TvEiBZrSN+zbZ3O1Z5YvjK7kHIMvzPLVnnFLYmHKl1mOrvYMFD1rp0AVK5K41tZ8DBRNjhuIWIAevtkR8/mYSOLbZxMlGDiHNGAzMaRIcmEgx1pKrzKP8NewrBBBGJaNQyTB/l2Q8w5FriFFkodPRqeAMs1CYQPb5pmIjr2Ci85PoPkqlvNd0yC1urMb31K+Z+dED2xY3YvlwFChMFQWLAzLpJLhx15vWlOrmyA5J20m7BekVte5iHMRh+SQdHLssynzXZv/4LZNVhfyiDwOIpODEBzOoRCnk+PLZ3ukVjdrLUKLP/NF+KJmA57gouOU2D+G6R5nw+o6CGR6PB7ThGBwAID9YUcTO/NkmVPr2aa1hQvoxgRL6fG6JtlrrbK60R97k86sbv+L3ZlNgF1ra8r4LMtVpevpaOGqWo4gIsnlofrE1l7USAy0PDk9H1K6jQ7nZdiCCw369wooAPaeLKy6EPxO8S6ry5n/d+ddPqR0dSvc4ik9+nzM6vbk+D+kGBb71fGyuq8PdGQX4MwvWK2uxT7R1bJnnNfxB13W1a1Q2LH2YN+Zy2N0CY+a1d1M+BPneyC1ugg6XvgzH7W6j4eDZD0l1KzuwQQFPyAgQiYdsQ6edADaQeQMAIg8R3VgyIDPQ/AuvDOQBeoT0mmAYiQjzNlrLBlckKMYMCnwiAzOCxaVuhqWNAByrZ4GiRbpsPjW3dhZm/DiR9/eRLPS2WUElwv9NQLI3nQAnONMDQt4ldZRlF0h9uayqDmvmJa9yvau4BejvAwXiZCI0QQShyphTMk1m4slPIVzbuQqqbWM7wE=');
INSERT INTO "payload" VALUES(4,'46d5a56915be238ea075a7580bcb40bfc075911252b462115d969c07156ee13f','siebel_nissan',1221,1788941511000000,'KLUv/WDFA9UUAEZqgTNAh7gNwzAMEMxRFDtCdVBkC1e6Wov22V+uuQlOEJVEc2aIZGNL4v+VYR9t41tIjmMYBgR3AHQAdQC8/BNvUqBK/+rvfC7nX3E7allqbdGO4nb+1VsbhUpfxR05/wqaD/0pUMWKJJ+5VSMFRVXzBSIUoChf9Yl9jVQk+c7nigI8CiRpwAVZSJHEUdBjTulj4Ef8Y+BGiA4WlqshkmDxOamJD0WNIUWSKB+dPwHBrAKBA4xQ3x+Yv/lXQc/RwH9oWuNnmZx4uTojOqUv9mumRzLw8sVqWKhQFioKloVlUqk6Ys87mU+8LDVak65Jv5MTL7cWaY1IkxrSQlp/dUqNn9X4ZKcz4WXJEWlS5KBBj4JWsJC2kNbuq/+ceBl6NqXVn/qmfDMTD+iVygwvSw3oESTwWem/WanHRar+z8rAywcGBg2Hw9Eej4YBgP4oOZnp0APhT7ycSQ3jYSfzihdAwaBoSn86N4HPswovz4+Ye8XLWHRsA+VDf+ZWpfNZuDGY5Tk/oTEY7ggiklwcMJ/p2ZsZSkHcVeM1ymkDvdZHycksQ3T8iXfh5YYfo3Pi0yin5WWKt7rSn18jxcseJf7qdz4vvPzcAIc6gYbvJIaXo1P6rH4Jx3A/1DzOOyz38nKF0o+5B4teuZ/zNz8zvHxN+jNr9MiJl6Gc74LigyD0hP7UN/Fye7Q9ICBCZSGtDpN0ANZBnAzqizwHdWBsBiTXP/XRBdVQK4H8BghGcsKlu0aewQc5yoCZAorPQKRgsdTwUMQs0PtJOfkAErcPOBme8M2h/76MZMWxyzQlGcprBMhOy6m1iwHlSpYdIINOG7L5rspAUHHLHO4FvzHK+3DRCImPJoA4pISRSq7ZXJTwHM75katIrWVuDw==');
INSERT INTO "payload" VALUES(9,'e73dc31e5d1dad928503b90d71bda1ad24935739ba09cca4fb157216d2c17f49','siebel_nissan',1244,1789276899000000,'KLUv/WDcA3UVAIZrhjUwabg5AEw0hMmIiIgAhrP2cguXrOqLaJIthwKyF+6otVeaK/DLd+5yiFuEGlo3+mnrwMBAGHkAewB4AJXKeuHHl5B14q79Bc/pXLFvYRipxxEEKWCkGMa+5RbEw7XSwvCJfYurz/oTR7GeyLW27qTcc7EzyDy4SeXtqvmd1BM5p3M9Cw0JigZcD0X0RCLlrmlrX2XPXGIYBngYFJULwRPRTBkpNu8eaBE9kUmlrZdwmfYgAAfT40Wcz0ic1g5iqxHYhIkDTtvc75UDoL3zmkYnfvwNttn6LM4IEwTgsbpRDD+2HqjLQaKgOCAoAKdGNkfriR9HEgRFlwQ+0okfQxAEkiBSxPDbkzuv3SkphyPhxw8JAjEgDcg5GBDjSdF7QDD+9uvEjyOwrpe7tiuwc2X8GGJAj6yvpRd+/HC4W9uaWxsCre5fL4YfM0jSQqPRUHA4JAUA8JNuLrWzLcs+8ePbi2ccrR98kcnWBNRn7mBhobWvMUoy2RqFH9dnrqAt/Phyw6EYeK2ta6usMKyqx1vXCqwqhs+CJ9KQoOrU1mS9WMoxvFjfSQPwPV4A5yVkAz+G2efszbyddHr82MEteO3r76T4cV/sc9JJYcHHrg38WHaDjW0DMHukFT+eba204CO6YvgMk5sneAwfP6ZM4DW9aWZb4ms9xOuFH18S2Kl3bnTix7+t39wqYUKB09rdukHMazpzgJ0rpz0gMEJl4VYHqnQA1kGcDBhIeQ7qwJgB7w/WXHjMQAvUSki/AYKRnHDsrpFnkEJGPWC0wMMyOCtYKHU1LHlA0P1cTnIAjuyjrgxP+ebRz+A+khXILiOUXGmvEUh2uG/sb53K/vOQ0oZsPrIyeKryntu0NBdGgQ4XOcLnir5LMMRR2kjF1W0jyHIWu8xw9KTWMrcH');
INSERT INTO "payload" VALUES(33,'12afde332853f984eb38f4aecc0a6bc8e44e0e54bcc5560eb2449656e2d040a0','siebel_nissan',1256,1790274830000000,'KLUv/WDoA20VAGarhTNQhzgHYKXQgerNzCzxFehLcrbIFUT5jeE/0kelQAd9PvHfOx2aRm/gJ+xvST/g3ZiZFQx6AHsAeQBTvpnh5ad4s/JU+lf/1rkwf4obwyxHzjEaw3Bj/tRbEguVPoobwvypZz70rzwWC5q85laNmAeqmi8QsfBE+arP7GvEQJPfOhfkXOSIBlwRRgRNMMzzmVP6FfyIfw3cCRAC43I5QJMsPkxq4j+Qa0TQJMpH51M8ULNI4DBTcKE9MX7FAyCLHLhtnIn5WURwsYmUp76qaY2vaXLi5fm1PqQVb/VrJkc28LKC5cBgqTBYFi6MC8VCdcyeb5pPvBw9nIsuSj8mJ152TuIekoiDfPVKja/V+OS2UXjZSRLHQ4IQPRCHc+yBYyOusa/+c+Jl6NqUVnfqCz4rzeJjqP+zNvAyBOKIJEmKXpMEeDkAAuRAkiQnQR4HBv1RbjLTIQfCn3i5euPhprnFC3hEDLgGOw2PD5vSnxhGgc81Cy8bcA0mWADhFC97fKpfc6vS+S7cVbXM8XnpquKGIKCJwkPVma69maGYh7tqvEY5LTc2mhe9yxAdn+Ip8HLDj9E38WmU0/JyxVtd6c+vEcPLHif+egy+H/OpwMsS/lTDx2TFy9EpfVb/hFfcDzVv8w/LvbxsqfRnzsmiU9jP+RI/M7x8Uboza+TIiZc3GofwPXSnvomXnZMi0CuVGV6Onj9wET4gIEJm3VgHtnQA1kGwDDBIeU7owJABXw+4XHjIQAtUTyCjAcZIkvAu18gzcCFHGTBUQIEZiBUslHo6wD8feD8pJx8A5vbxJ8Mzvvn0hVupDd5ybQBkNfC2BtFC0wLL7ul5VTl9HjBuyMu3RgYxKZDJ7K6Md6O8DxcdhMwVuUsgcegSRim5bnNBwrM450euklrL+B4=');
INSERT INTO "payload" VALUES(54,'3d5f8fa80ddbd80cd740fa26b95e2907e8bae29e2b1c7c4e0768e4426c8043fc','siebel_nissan',1186,1790944281000000,'KLUv/WCiA+UTAPYnejFgNW4DMAxrKAAAmFBDe621SO/YGtJcgmUWXQtF/GjSgH71D03pj73F3trml0MCQVAccQBuAG0AlX7Vj3Uq53/hdtNy1Jqi3cTt/C+PcUio9F24Ied/eeZD/8pjgIEmfzmmxumBqvUFGhKeKF/1ufkaJ2jyWKeCoocjigqqiCKCJm56fuOUPgW/4Z+GmwASoLBUBKDJJj4nrfgP1BYRNIny0fkQD7wkCDgZOj3c1fIapbT8HCuj86GLByYQ+q2ZSQ0vVwqUSqOgMEwKlI6b59jlEi9DotaiitLvpMTLrUlaQ+KAfPVKjX/V+CSGUXg5YkhaQ8KIngejMZbRtkXtvvpPiZcfLJ/VU6lbulPflG9mePkh3qw8Ac0RgV6pzPDyA/K8gQmflVYsc4T6P6uGl1sUQRwORyTyaAQA0B8lJzMdZhC+xMvVFw+xyyV+UanEBjQicHE1pT+do8DnlwEvz4/1/cUvvPzx4XSq/3JMpfNZuClqOfNpaYrihhigycEC1Zl+vRm9ywwdH+Id8HLDj9E58WmU0vJyxGO60p9f48TLlH58NCvodz4PeHl6pTFCVg3fSYqXo1P6MP0PTnE/tB7nF5Z7edmg0r/xbBP94n7Od/iZ4eWK0p1ZYyYlXuZYDuFb6E59Ei+3PSBAQkUdrQ5wdADaQbAMpIs8B3VgnAG/B+IuPGcgC9RLQLsBjpGM8OeukWfwQUYZMFnA8RmYFCxUagc4Dgi5n5WTDKCwfbCd4UnffPriW0kG07p24XK5vEZQ2ZkftjgwwFGLRYLZjXVvchYa5tUspkW8MAr0cNHQmVd0W4I/R91GF1e3jViWU9jlhqMhtZaVPQ==');
INSERT INTO "payload" VALUES(76,'079c01cf48081c4ec32bd50a68dbf035c4d95ea4ba26edaec824af7382ebf337','siebel_nissan',1147,1792070576000000,'KLUv/WB7A40TAMYnejJgZ5wDMEjg6CiKsDaKtiTWKFGsSu+RQlpuo74qft/sat/bFWk+IvAf3YQScRyhIAgtAXEAbgBtANIpds2Gcu2UZSfpQs9jwE5adu0UrxhwmPJRlh3XTmnRYTukRSqOw6+uzJeaMys/cHFoj73Z0fL5kuNwzYZyEBYIDySAWjCAHIeTmlstpU/QL/4elhscBQMJVcBxWP8cVr035zmAHMdjT0aXaPBK0LAB7whaAOszqNFkmejWK5jA/KPNN7Gc79eFRavrmCqT0aF7BRMD2KuYYQ+rmwA9D0Q92B0Wre7zMDwLBZ8Nme/X/IdpNI/VbTAYIAXDAmoNxaNQBqQPxM5ne4xWN1N1pNqULeHNfBF70bK6LvEipM2P4mnAnhKzrK4C1FzKtt5n7AlL6dG5x3SP82F1ExqMBYPBWFhoLBAAsD+GscSGGYQerW50TCWfpCmri5l+aflghP3qypTxSZanSTfrKOFpWnYiHMcEYtrEvl60SKktz6rnY5HuAaZ60FowcbUPrLoR/C7xJqsLX18Rhv7fmHf5WKSri8ArPKVHny+tbs/36sHuOk5W1zMZAYbusGl1v6V8FfZMT8sOq4dxCF3W1Y1A2K3OrG+K8xjdgEfL6lIP3sT5GRatbqbK4kX+S7yZL1rdOCAwQmbdVgdJdADWQbAMVos8J3RgngH/h98uPGegBaoniN8AxYhIlJOBN40yYKgA4jMAo2CXOjbqnw9yPy0nGoBS+4g5w/O+efqnu+hWjHaZw7ITJF2tjzCPwm/I5nMqg5gWOMnNmVGgh4sGGXVF7hI4cS5t3OJqthFlOYlddjgaqbVs7gE=');
INSERT INTO "payload" VALUES(80,'9ce9828d0f54a2e168001daddf1a1d233d75ceeb6ad310e5c87ed896f323873f','siebel_nissan',1238,1792227521000000,'KLUv/WDWAxUVAPZqgzRAadscw0VVAMgdRXF4nsDd/iu2Oos20hrKJacuwsEqyBGqtmcjSZQ19EfDdl8Z6asqigsCeAB3AHcALk6U6S9cjFhTPtpbMNHEj+hOEKZOawo7QXQnfuSSCgRTuohuM/EjK/7xI5aEpHG8YslsyGqmdAcNEKyGbnKkPhvSOG7BRE2jNRzHQDRAwWkcE2SdYikPvTe4o+gSaB4UJqIEjYNqN0Gpv5rGcBpHQyfjL9arIBDQOyWeDR+mjIrkHjUhU63uP1gBqL48i+ViEU+1hEylH2s6aOXsVxV8lOkr0kXGv6klZA7spXiBFGXqMLTmRI/9BB9l2hpEa84Ca85+csTsV7MdtFgeytQRAOHQgHhoq2GhLTAHhzVnp09+fJSphcQxWlPyxGKmizAMC856hAzHSVnxfbdg/nFSlGl7aAxoNBoNDg0MAgDsG1Ymkd/lvT/KdDLjz1IxhDOmhJYCVPNjyJXycZoez3Elocs93kKSkDGwsy9Qkh7KlGqOcESZNld8UvYVS6aMbkIXgpjG+AMLQboNg8ZBoQDCRK5cnEjI0suYMtj+haNQpvvezZW+bPgwZfrgkp3y8bMhypTb4tEC8P3EkUKZVvAj+z5BSJk2S+kkewuGdP8kV7kCpsuUqUTEnuIL1RyZHuMrHifKNHosJs6+wEeZ9uebkJksxqQsZrpHmbbmMDyeEk6UaT0gIEJmHa0OpHQA1kGwDAyIPEd1YJ4B/4fjLjxn4ArUSSC7AYqRiLBor7FkkEOOMmCogOIzEClYLPVwgHc+8H5eTjSA0e1DUYZnfPPpLzdQG+zk2gpIhvIaQWW37ZquWytZC8OKAr/spL43m8WpvGJa9jyLJ0aBHi4aGZHSBJ44ShupuJptRFlOYpcdjkpqLbt7');
CREATE TABLE payload_part (
  payload_id BIGINT NOT NULL REFERENCES payload (id),
  position INTEGER NOT NULL,
  
  body TEXT NOT NULL,
  PRIMARY KEY (payload_id, position)
);
CREATE TABLE report_made (
  month TEXT NOT NULL,
  user_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  
  how TEXT NOT NULL,
  PRIMARY KEY (month, user_id)
);
CREATE TABLE report_reader (
  user_id TEXT PRIMARY KEY,
  since BIGINT NOT NULL
);
CREATE TABLE saved_filter (
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,
  
  query TEXT NOT NULL,
  PRIMARY KEY (user_id, name)
);
CREATE TABLE schema_version (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL);
INSERT INTO "schema_version" VALUES(1,'0001_leads','6f7bfbca8f995f3bdb43bd0fb1fb348f6dd0ea2a6371ac92f02136e07ae28cad',1796015256851856);
INSERT INTO "schema_version" VALUES(2,'0002_evaluation','64a1487b8275e910390b30b3541fda966fcc87ce53173043a874cf34b64a0d11',1796015257128003);
INSERT INTO "schema_version" VALUES(3,'0003_reports','c52270863b7c7540a330be33cee07eb8b992a8db88e5c0214b9f0c69a4a981cf',1796015257161393);
INSERT INTO "schema_version" VALUES(4,'0004_host_effects','7637738c57f0bd366608e17ac2cefe5682fe79ea8915647a6e8eed5aab846f86',1796015257183011);
INSERT INTO "schema_version" VALUES(5,'0005_large_payloads','70fb5ef447b0466db8b9b7636d7fdfbdc9bdc8d363c4e311d7b82d3e639c2a74',1796015257299306);
INSERT INTO "schema_version" VALUES(6,'0006_counted_leads','8308d087032cff13426de2825e9a578a41eae56bfc9a97f55ffd8af434192b17',1796015257337763);
INSERT INTO "schema_version" VALUES(7,'0007_lead_index','b49151e57e28c6dcdc763e8151eb1252a60b8cafbf4f4e6e68f15c1fc9c26399',1796015257806934);
INSERT INTO "schema_version" VALUES(8,'0008_saved_filters','4b09739bca199322d51c1cb507960e60999769bae79512b9ebbfe505533921b8',1796015257826556);
INSERT INTO "schema_version" VALUES(9,'0009_deadline_notices','cea41bac4092d34cd582cac1f217091722860645146bbf36444abc7c3c55b7bc',1796015257895418);
INSERT INTO "schema_version" VALUES(10,'0010_departures','717be2a0d37bfdbcee6a6ddcd1cf3ca2d532e15857cda76a8eeb78eb4e50d9ff',1796015257927038);
INSERT INTO "schema_version" VALUES(11,'0011_feedback','0f1bef0dd0a169135796de8a987cb8fce1174d4eee30001483c212d990274930',1796015258182585);
INSERT INTO "schema_version" VALUES(12,'0012_old_lists','4e30bd34c10c15b202b935e544bdbfbca7d0311bdd939b5e91b146e40c01fc3b',1796015258213693);
INSERT INTO "schema_version" VALUES(13,'0013_erasures','1ed8a8d73e5c7aa66016d6784251be08b9cb96de4c8b11d791427892bdda9286',1796015258238820);
CREATE TABLE settings_change (
  id INTEGER PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  was TEXT NOT NULL,
  is_now TEXT NOT NULL
);
INSERT INTO "settings_change" VALUES(1,1796015258525473,'admin','grant','leitung / category:siebel_nissan','','all');
INSERT INTO "settings_change" VALUES(2,1796015259037204,'admin','grant','wien1 / category:siebel_nissan','','locations: wien');
INSERT INTO "settings_change" VALUES(3,1796015259232616,'admin','grant','leitung / category:finance','','all');
INSERT INTO "settings_change" VALUES(4,1796015259401455,'admin','grant','wien1 / category:finance','','locations: wien');
INSERT INTO "settings_change" VALUES(5,1796015259551894,'admin','grant','leitung / category:siebel_dacia','','all');
INSERT INTO "settings_change" VALUES(6,1796015259676819,'admin','grant','wien1 / category:siebel_dacia','','locations: wien');
INSERT INTO "settings_change" VALUES(7,1796015259840975,'admin','grant','graz1 / type:test_drive_fast_track','','locations: graz');
INSERT INTO "settings_change" VALUES(8,1796015259968918,'admin','grant','graz1 / type:test_drive','','locations: graz');
INSERT INTO "settings_change" VALUES(9,1796015260133066,'admin','dealer_code','siebel_nissan / AT10017','','wien');
INSERT INTO "settings_change" VALUES(10,1796015260261068,'admin','dealer_code','siebel_nissan / AT10023','','graz');
INSERT INTO "settings_change" VALUES(11,1796015260380002,'admin','dealer_code','siebel_nissan / AT10031','','linz');
INSERT INTO "settings_change" VALUES(12,1796015260513016,'admin','dealer_code','siebel_nissan / AT10044','','salzburg');
INSERT INTO "settings_change" VALUES(13,1796015260610010,'admin','dealer_code','siebel_nissan / AT10052','','innsbruck');
INSERT INTO "settings_change" VALUES(14,1796015260733012,'admin','dealer_code','siebel_nissan / AT10068','','klagenfurt');
INSERT INTO "settings_change" VALUES(15,1796015260905031,'admin','dealer_code','web_json / AT10017','','wien');
INSERT INTO "settings_change" VALUES(16,1796015260948486,'admin','dealer_code','web_json / AT10023','','graz');
INSERT INTO "settings_change" VALUES(17,1796015261085354,'admin','dealer_code','web_json / AT10031','','linz');
INSERT INTO "settings_change" VALUES(18,1796015261244749,'admin','dealer_code','web_json / AT10044','','salzburg');
INSERT INTO "settings_change" VALUES(19,1796015261336692,'admin','dealer_code','web_json / AT10052','','innsbruck');
INSERT INTO "settings_change" VALUES(20,1796015261416811,'admin','dealer_code','web_json / AT10068','','klagenfurt');
INSERT INTO "settings_change" VALUES(21,1796015261559438,'admin','dealer_code','finance_expiry_csv / AT10017','','wien');
INSERT INTO "settings_change" VALUES(22,1796015261701764,'admin','dealer_code','finance_expiry_csv / AT10023','','graz');
INSERT INTO "settings_change" VALUES(23,1796015261864794,'admin','dealer_code','finance_expiry_csv / AT10031','','linz');
INSERT INTO "settings_change" VALUES(24,1796015262029344,'admin','dealer_code','finance_expiry_csv / AT10044','','salzburg');
INSERT INTO "settings_change" VALUES(25,1796015262122104,'admin','dealer_code','finance_expiry_csv / AT10052','','innsbruck');
INSERT INTO "settings_change" VALUES(26,1796015262208950,'admin','dealer_code','finance_expiry_csv / AT10068','','klagenfurt');
INSERT INTO "settings_change" VALUES(27,1796015262304799,'admin','dealer_code','adf / AT10017','','wien');
INSERT INTO "settings_change" VALUES(28,1796015262435751,'admin','dealer_code','adf / AT10023','','graz');
INSERT INTO "settings_change" VALUES(29,1796015262466275,'admin','dealer_code','adf / AT10031','','linz');
INSERT INTO "settings_change" VALUES(30,1796015262576488,'admin','dealer_code','adf / AT10044','','salzburg');
INSERT INTO "settings_change" VALUES(31,1796015262918066,'admin','dealer_code','adf / AT10052','','innsbruck');
INSERT INTO "settings_change" VALUES(32,1796015263021830,'admin','dealer_code','adf / AT10068','','klagenfurt');
INSERT INTO "settings_change" VALUES(33,1796015263125434,'admin','dealer_code','siebel_dacia / AT10017','','wien');
INSERT INTO "settings_change" VALUES(34,1796015263196838,'admin','dealer_code','siebel_dacia / AT10023','','graz');
INSERT INTO "settings_change" VALUES(35,1796015263256386,'admin','dealer_code','siebel_dacia / AT10031','','linz');
INSERT INTO "settings_change" VALUES(36,1796015263325943,'admin','dealer_code','siebel_dacia / AT10044','','salzburg');
INSERT INTO "settings_change" VALUES(37,1796015263400623,'admin','dealer_code','siebel_dacia / AT10052','','innsbruck');
INSERT INTO "settings_change" VALUES(38,1796015263449200,'admin','dealer_code','siebel_dacia / AT10068','','klagenfurt');
INSERT INTO "settings_change" VALUES(39,1796015263492144,'admin','feedback_channel','siebel_nissan','','directory {"directory":"/tmp/rel_fix/s/outbox/siebel_nissan"}');
CREATE UNIQUE INDEX lead_external ON lead (source, external_id, occurrence);
CREATE INDEX lead_open_by_created ON lead (created_at, id) WHERE is_open = 1;
CREATE INDEX lead_by_email ON lead (email_key, created_at) WHERE email_key <> '';
CREATE INDEX lead_by_phone_1 ON lead (phone_key_1, created_at) WHERE phone_key_1 <> '';
CREATE INDEX lead_by_phone_2 ON lead (phone_key_2, created_at) WHERE phone_key_2 <> '';
CREATE INDEX lead_by_phone_3 ON lead (phone_key_3, created_at) WHERE phone_key_3 <> '';
CREATE INDEX lead_unplaced ON lead (source, dealer_code) WHERE is_open = 1 AND location = '';
CREATE INDEX lead_event_of_lead ON lead_event (lead_id, id);
CREATE INDEX feedback_of_lead ON feedback_message (lead_id, id);
CREATE INDEX feedback_by_status ON feedback_message (status, id);
CREATE INDEX import_run_by_source ON import_run (source, id);
CREATE INDEX import_run_of_payload ON import_run (payload_id);
CREATE INDEX import_item_of_run ON import_item (run_id, position);
CREATE INDEX lead_change_by_transaction ON lead_change (txid);
CREATE INDEX host_effect_due ON host_effect (next_attempt_at, event_id);
CREATE INDEX host_effect_of_lead ON host_effect (lead_id, event_id);
CREATE INDEX import_item_quarantined ON import_item (id) WHERE outcome = 'quarantined' AND retried_by = 0;
CREATE INDEX lead_open ON lead (type, location, assignee) WHERE is_open = 1;
CREATE INDEX lead_by_customer ON lead (customer, created_at) WHERE customer <> '';
CREATE INDEX lead_by_notice ON lead (notice_at, id) WHERE notice_at <> 0;
CREATE INDEX notice_waiting ON notice (channel, user_id, id);
CREATE INDEX feedback_due_of_source ON feedback_message (source, next_attempt_at, id) WHERE status = 'waiting';
CREATE INDEX erasure_unsettled ON erasure (id) WHERE settled = 0;
CREATE INDEX lead_ended ON lead (type, ended_at) WHERE is_open = 0 AND state <> 'erased';
CREATE TRIGGER lead_outcome_of_new AFTER INSERT ON lead WHEN NEW.is_open = 0 AND NEW.state <> 'erased'
BEGIN
  UPDATE lead SET outcome = NEW.state WHERE id = NEW.id;
END;
CREATE TRIGGER lead_outcome_of_change AFTER UPDATE OF state ON lead WHEN NEW.state <> OLD.state AND NEW.state <> 'erased'
BEGIN
  UPDATE lead SET outcome = CASE WHEN NEW.is_open = 1 THEN '' ELSE NEW.state END WHERE id = NEW.id;
END;
CREATE TRIGGER lead_change_of_new AFTER INSERT ON lead
BEGIN
  INSERT INTO lead_change (lead_id, txid) VALUES (NEW.id, 0);
END;
CREATE TRIGGER lead_change_of_new_feedback AFTER INSERT ON feedback_message
BEGIN
  INSERT INTO lead_change (lead_id, txid) VALUES (NEW.lead_id, 0);
END;
CREATE TRIGGER lead_change_of_feedback AFTER UPDATE OF status ON feedback_message WHEN NEW.status <> OLD.status
BEGIN
  INSERT INTO lead_change (lead_id, txid) VALUES (NEW.lead_id, 0);
END;
CREATE TRIGGER lead_change_of_change AFTER UPDATE ON lead
BEGIN
  INSERT INTO lead_change (lead_id, txid) VALUES (NEW.id, 0);
END;
