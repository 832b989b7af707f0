-- What the program of commit 76c196b left in a SQLite database when it was killed.
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0009');
CREATE TABLE alerts (cause TEXT NOT NULL PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE article_versions (
	team TEXT NOT NULL, 
	version TEXT NOT NULL, 
	article_id TEXT NOT NULL, 
	content TEXT NOT NULL, 
	created_at REAL NOT NULL, 
	PRIMARY KEY (team, version)
);
INSERT INTO "article_versions" VALUES('T1','fed22014dc16f497c0ce520d1e03bf36','payments-only-against-authorised','{"action": ["Log in to Xero and open *Accounts receivable*, then *Drafts* (newer menus show *Sales*, *Invoices*, *Draft*).", "Tick the Ref number.", "Click *Approve*, then *Authorise*.", "Return to ClickPOS and retry the integration.", "Open the invoice in Xero. It worked when the payment is listed on it.", "If the Ref number is not under *Drafts*, search for the invoice and read its status.", "If it is *Paid* and the payment agrees with ClickPOS, stop here. Nothing is missing.", "If it is *Paid* by a payment that does not belong there, remove that payment (*Remove & Redo*) and retry in ClickPOS.", "If it is *Voided* or totals $0, use *Escalate* below."], "caution": "Ask the bookkeeper before you remove a payment, above all one that is matched with the bank.", "id": "payments-only-against-authorised", "links": [], "messages": ["Payments can only be made against Authorised invoices.", "Payments can only be made against Authorised documents"], "prevent": "Keep the order: Sales summary, approval in Xero, then Payment tender. Do not mark ClickPOS invoices as paid by hand in Xero.", "reason": "ClickPOS has already integrated this reference, but its invoice still waits for approval in Xero. Xero takes a payment only once the invoice is approved. If it is not under *Drafts*, look at its status: an invoice that is already *Paid*, *Voided* or totals $0 gives the same message. This is not a connection problem.", "related": ["payment-invoice-already-paid", "payment-amount-exceeds", "invoice-not-found", "document-not-found"], "reviewed": "2026-11-22", "sources": ["ClickPOS help page, Integration Error Messages and Troubleshooting", "Xero API, message as seen in the public issues of XeroAPI/Xero-Net", "Help pages of other vendors: WorkGuru, Workshop Software, FieldInsight (draft); KennelBooker, Wise-Pay, Peakflo, Cliniko (paid or voided); Workato ($0)"], "title": "The invoice is not approved in Xero yet, so the payment was refused", "who": "Anyone who may approve sales invoices in Xero (Standard or Adviser); the bookkeeper decides about payments that are already there."}',1700000000.724);
INSERT INTO "article_versions" VALUES('T1','4f3d7d8bde5d2bac6a1dab5729e90f88','document-not-found','{"action": ["In ClickPOS, find out which invoice the refused payment belongs to. Note its reference and date.", "In Xero, check that the right organisation is open, then search for that reference.", "If it is missing, integrate that sales invoice in ClickPOS.", "In Xero, approve the new invoice under *Accounts receivable*, *Drafts* (newer menus show *Sales*, *Invoices*, *Draft*).", "Return to ClickPOS and integrate the payment again.", "Open the invoice in Xero. It worked when the payment is listed on it.", "If the invoice is in Xero, approved, and the message comes back, use *Escalate* below."], "caution": "Do not type the invoice into Xero by hand. When ClickPOS sends it later, it is refused or there twice.", "id": "document-not-found", "links": [], "messages": ["Document could not be found"], "prevent": "Keep the order: Sales summary, approval in Xero, then Payment tender. If one sales invoice fails, clear that before sending its payments.", "reason": "The invoice that the payment belongs to is not integrated to Xero yet, so Xero has nothing to put the payment on. If you did send it, search for its reference in Xero: if it is not there, it was deleted or went to another Xero organisation. The payment in ClickPOS is safe.", "related": ["invoice-not-found", "payments-only-against-authorised", "account-not-found-payments"], "reviewed": "2026-11-22", "sources": ["ClickPOS help page, Integration Error Messages and Troubleshooting", "Help pages of other vendors: Neto / Maropost Commerce, Maropost accounting integrations"], "title": "The invoice this payment belongs to has not reached Xero yet", "who": "Whoever runs the integration in ClickPOS, together with someone who may approve sales invoices in Xero (Standard or Adviser)."}',1700000002.005);
INSERT INTO "article_versions" VALUES('T1','5402bd32f2702847fcd5664197544542','invoice-not-found','{"action": ["In ClickPOS, perform the Sales summary integration for that day first.", "Log in to Xero, check that the right organisation is open, and go to *Accounts receivable*, then *Drafts* (newer menus show *Sales*, *Invoices*, *Draft*).", "Tick the Ref number or numbers.", "Click *Approve*.", "Return to ClickPOS and retry integrating the payment.", "Open the invoice in Xero. It worked when the payment is listed on it.", "If the invoice is in Xero, approved, and the message comes back, use *Escalate* below."], "caution": "Do not create the invoice in Xero by hand to make the payment fit. The Sales summary would be refused later as a duplicate.", "id": "invoice-not-found", "links": [], "messages": ["Invoice could not be found.", "Payment could not be exported, invoice is not in Xero", "Payment has been rejected because it cannot find the related invoice"], "prevent": "Keep the order: Sales summary, approval in Xero, then Payment tender. Do not delete sent invoices in Xero without sending them again.", "reason": "A payment tender can only be integrated once Xero holds the sales invoice that refers to it. Here the Sales summary has not been sent yet. If you did send it, search for its Ref number in Xero: if it is not there, it was deleted or went to another Xero organisation. The sales and payments in ClickPOS are safe.", "related": ["document-not-found", "payments-only-against-authorised", "payment-amount-exceeds", "invoice-number-not-unique"], "reviewed": "2026-11-22", "sources": ["ClickPOS help page, Integration Error Messages and Troubleshooting", "Help pages of other vendors: WorkGuru"], "title": "The payment arrived before its sales invoice was in Xero", "who": "Whoever runs the integration in ClickPOS, together with someone who may approve sales invoices in Xero (Standard or Adviser)."}',1700000004.928);
CREATE TABLE changes (
            escalation_id INTEGER NOT NULL REFERENCES escalations (id), number INTEGER NOT NULL, verb TEXT NOT NULL,
            actor TEXT NOT NULL, at REAL NOT NULL, resolution TEXT, PRIMARY KEY (escalation_id, number));
INSERT INTO "changes" VALUES(1,1,'open','U1',1700000001.124,NULL);
INSERT INTO "changes" VALUES(2,1,'open','U2',1700000002.715,NULL);
INSERT INTO "changes" VALUES(2,2,'claim','U2',1700000002.898,NULL);
CREATE TABLE cursors (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE escalations (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, interaction_id INTEGER NOT NULL UNIQUE REFERENCES interactions (id),
            requester TEXT NOT NULL, status TEXT NOT NULL, details TEXT NOT NULL,
            card_channel TEXT, card_ts TEXT, note_ts TEXT, created_at REAL NOT NULL, claimant TEXT, resolution TEXT, version INTEGER NOT NULL DEFAULT 1, changed_at REAL NOT NULL DEFAULT 0, note_channel TEXT, note_thread TEXT, verdict TEXT, found TEXT, article_id TEXT, omitted TEXT);
INSERT INTO "escalations" VALUES(1,1,'U1','open','{"error":"Payments can only be made against Authorised invoices.","store":"Ponsonby","organisation":"","record":"","date":"","amount":"","xero_status":null,"scope":null,"tried":"","urgency":"today"}','C9','1700000001.000300','1700000001.000400',1700000001.123,NULL,NULL,1,1700000001.123,'C1','1700000000.000100','{"answer": [["payments-only-against-authorised", "Payments can only be made against Authorised invoices.", 100.0]], "versions": {"payments-only-against-authorised": "fed22014dc16f497c0ce520d1e03bf36"}}','[["Payments can only be made against Authorised invoices", {}]]',NULL,'');
INSERT INTO "escalations" VALUES(2,3,'U2','claimed','{"error":"{\n  \"ErrorNumber\": 10,\n  \"Type\": \"ValidationException\",\n  \"Message\": \"A validation exception occurred\",\n  \"Elements\": [\n    {\n      \"ValidationErrors\": [\n        {\n          \"Message\": \"Document could not be found\"\n        }\n      ]\n    }\n  ]\n}","store":"Ponsonby","organisation":"","record":"","date":"","amount":"","xero_status":null,"scope":null,"tried":"","urgency":"today"}','C9','1700000002.000900','1700000002.001000',1700000002.707,'U2',NULL,2,1700000002.898,'C1','1700000001.000700','{"answer": [["document-not-found", "Document could not be found", 100.0]], "versions": {"document-not-found": "4f3d7d8bde5d2bac6a1dab5729e90f88"}}','[["Document could not be found", {}]]',NULL,'');
CREATE TABLE interactions (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL UNIQUE, team TEXT NOT NULL, channel TEXT NOT NULL, ts TEXT NOT NULL,
            thread_ts TEXT, requester TEXT NOT NULL, text TEXT NOT NULL, door TEXT NOT NULL, private BOOLEAN NOT NULL,
            reply_ts TEXT, article_id TEXT, created_at REAL NOT NULL, forgotten BOOLEAN NOT NULL DEFAULT FALSE, files TEXT NOT NULL DEFAULT '', asks_about TEXT NOT NULL DEFAULT '', attached TEXT NOT NULL DEFAULT '', reads TEXT NOT NULL DEFAULT '[]', omitted TEXT NOT NULL DEFAULT '', earlier TEXT, edited TEXT NOT NULL DEFAULT '', revision INTEGER NOT NULL DEFAULT 0, deleted BOOLEAN NOT NULL DEFAULT FALSE, verdict TEXT, found TEXT, shown TEXT DEFAULT '' NOT NULL, share_url TEXT, UNIQUE (team, channel, ts));
INSERT INTO "interactions" VALUES(1,'ViQH_1--5BZ-qKXF','T1','C1','1700000000.000100',NULL,'U1','Payments can only be made against Authorised invoices.','channel',0,'1700000000.000200',NULL,1700000000.748,0,'','','','[]','',NULL,'',0,0,'{"answer": [["payments-only-against-authorised", "Payments can only be made against Authorised invoices.", 100.0]], "versions": {"payments-only-against-authorised": "fed22014dc16f497c0ce520d1e03bf36"}}','[["Payments can only be made against Authorised invoices", {}]]','aa6e32d5951011873fc3d3f074010764',NULL);
INSERT INTO "interactions" VALUES(2,'OqJSk7syVhs0uN4T','T1','C2','1700000001.000500',NULL,'U1','Payments can only be made against Authorised invoices.','channel',0,'1700000001.000600',NULL,1700000001.777,0,'','','','[]','','C1 1700000000.000200 1700000000.000100','',0,0,'{"answer": [["payments-only-against-authorised", "Payments can only be made against Authorised invoices.", 100.0]], "versions": {"payments-only-against-authorised": "fed22014dc16f497c0ce520d1e03bf36"}}','[["Payments can only be made against Authorised invoices", {}]]','40d18e4055948044c51dcc153bd00167',NULL);
INSERT INTO "interactions" VALUES(3,'_QLla2grduhdYsOM','T1','C1','1700000001.000700',NULL,'U2','','channel',0,'1700000002.000800',NULL,1700000001.988,0,'F1','','{
  "ErrorNumber": 10,
  "Type": "ValidationException",
  "Message": "A validation exception occurred",
  "Elements": [
    {
      "ValidationErrors": [
        {
          "Message": "Document could not be found"
        }
      ]
    }
  ]
}','[["pos.log", "read", 244]]','',NULL,'',0,0,'{"answer": [["document-not-found", "Document could not be found", 100.0]], "versions": {"document-not-found": "4f3d7d8bde5d2bac6a1dab5729e90f88"}}','[["Document could not be found", {}]]','3bdfeab98368e68524311d28e19888c0',NULL);
INSERT INTO "interactions" VALUES(4,'9gvAsK1N7gVgXscN','T1','C1','1700000004.001100',NULL,'U1','Xero says: Invoice could not be found.','channel',0,NULL,NULL,1700000004.936,0,'','','','[]','',NULL,'',0,0,'{"answer": [["invoice-not-found", "Invoice could not be found.", 100.0]], "versions": {"invoice-not-found": "5402bd32f2702847fcd5664197544542"}}','[["Invoice could not be found", {}]]','',NULL);
INSERT INTO "interactions" VALUES(5,'B9KY3cg7Cp_0ts4b','T1','C2','1700000005.001300',NULL,'U2','Xero tells me: Invoice could not be found.','channel',0,NULL,NULL,1700000005.082,0,'','','','[]','',NULL,'',0,0,'{"answer": [["invoice-not-found", "Invoice could not be found.", 100.0]], "versions": {"invoice-not-found": "5402bd32f2702847fcd5664197544542"}}','[["Invoice could not be found", {}]]','',NULL);
CREATE TABLE jobs (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
            unsure BOOLEAN NOT NULL,
            due_at REAL NOT NULL, lease TEXT, reason TEXT, created_at REAL NOT NULL, revision INTEGER NOT NULL DEFAULT 1, UNIQUE (kind, subject));
INSERT INTO "jobs" VALUES(1,'forget',0,'waiting',0,0,1795995596.036,NULL,NULL,1700000000.428,2);
INSERT INTO "jobs" VALUES(2,'channels',0,'done',0,0,1700000000.964,NULL,NULL,1700000000.448,2);
INSERT INTO "jobs" VALUES(3,'reply',1,'done',0,0,1700000001.101,NULL,NULL,1700000000.756,2);
INSERT INTO "jobs" VALUES(4,'announce',1,'done',0,0,1700000001.992,NULL,NULL,1700000001.125,2);
INSERT INTO "jobs" VALUES(5,'remind',1,'waiting',0,0,1700000901.280,NULL,NULL,1700000001.126,2);
INSERT INTO "jobs" VALUES(6,'reply',2,'done',0,0,1700000001.997,NULL,NULL,1700000001.778,2);
INSERT INTO "jobs" VALUES(7,'read',3,'done',0,0,1700000002.020,NULL,NULL,1700000001.989,2);
INSERT INTO "jobs" VALUES(8,'reply',3,'done',0,0,1700000002.620,NULL,NULL,1700000002.008,2);
INSERT INTO "jobs" VALUES(9,'announce',2,'done',0,0,1700000003.712,NULL,NULL,1700000002.721,4);
INSERT INTO "jobs" VALUES(10,'remind',2,'waiting',0,0,1700000902.745,NULL,NULL,1700000002.729,2);
INSERT INTO "jobs" VALUES(12,'reply',4,'waiting',1,0,1700000034.964,'546a695b8e29e8a7',NULL,1700000004.964,1);
INSERT INTO "jobs" VALUES(13,'reply',5,'waiting',1,0,1700000035.103,'fc937abf344294e4',NULL,1700000005.103,1);
CREATE TABLE relays (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, escalation_id INTEGER NOT NULL REFERENCES escalations (id), ts TEXT NOT NULL, sender TEXT NOT NULL,
            text TEXT NOT NULL, sent BOOLEAN NOT NULL, UNIQUE (escalation_id, ts));
CREATE TABLE schema_version (step INTEGER NOT NULL PRIMARY KEY);
INSERT INTO "schema_version" VALUES(1);
INSERT INTO "schema_version" VALUES(2);
INSERT INTO "schema_version" VALUES(3);
INSERT INTO "schema_version" VALUES(4);
CREATE TABLE tickets (
            escalation_id INTEGER NOT NULL PRIMARY KEY REFERENCES escalations (id), number INTEGER NOT NULL UNIQUE,
            synced INTEGER NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE told (
            interaction_id INTEGER NOT NULL REFERENCES interactions (id), article_id TEXT NOT NULL,
            PRIMARY KEY (interaction_id, article_id));
INSERT INTO "told" VALUES(1,'payments-only-against-authorised');
INSERT INTO "told" VALUES(2,'payments-only-against-authorised');
INSERT INTO "told" VALUES(3,'document-not-found');
INSERT INTO "told" VALUES(4,'invoice-not-found');
INSERT INTO "told" VALUES(5,'invoice-not-found');
CREATE TABLE votes (
            interaction_id INTEGER NOT NULL REFERENCES interactions (id), voter TEXT NOT NULL,
            helped BOOLEAN NOT NULL, created_at REAL NOT NULL, article_id TEXT NOT NULL DEFAULT '', reason TEXT, words TEXT NOT NULL DEFAULT '', PRIMARY KEY (interaction_id, voter));
CREATE INDEX jobs_due ON jobs (due_at) WHERE state = 'waiting';
CREATE INDEX interactions_thread ON interactions (channel, (coalesce(thread_ts, ts)));
CREATE INDEX interactions_author ON interactions (requester, created_at);
CREATE INDEX told_article ON told (article_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('jobs',13);
INSERT INTO "sqlite_sequence" VALUES('interactions',5);
INSERT INTO "sqlite_sequence" VALUES('escalations',2);
COMMIT;
