-- The same rows in a PostgreSQL database that the program of commit 76c196b has made.
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.alerts (
    cause text NOT NULL,
    at double precision NOT NULL
);
CREATE TABLE public.article_versions (
    team text NOT NULL,
    version text NOT NULL,
    article_id text NOT NULL,
    content text NOT NULL,
    created_at double precision NOT NULL
);
CREATE TABLE public.changes (
    escalation_id bigint NOT NULL,
    number integer NOT NULL,
    verb text NOT NULL,
    actor text NOT NULL,
    at double precision NOT NULL,
    resolution text
);
CREATE TABLE public.cursors (
    name text NOT NULL,
    value text NOT NULL
);
CREATE TABLE public.escalations (
    id bigint NOT NULL,
    interaction_id bigint NOT NULL,
    requester text NOT NULL,
    status text NOT NULL,
    details text NOT NULL,
    card_channel text,
    card_ts text,
    note_ts text,
    created_at double precision NOT NULL,
    claimant text,
    resolution text,
    version integer DEFAULT 1 NOT NULL,
    changed_at double precision DEFAULT 0 NOT NULL,
    note_channel text,
    note_thread text,
    verdict text,
    found text,
    article_id text,
    omitted text
);
ALTER TABLE public.escalations ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.escalations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.interactions (
    id bigint NOT NULL,
    token text NOT NULL,
    team text NOT NULL,
    channel text NOT NULL,
    ts text NOT NULL,
    thread_ts text,
    requester text NOT NULL,
    text text NOT NULL,
    door text NOT NULL,
    private boolean NOT NULL,
    reply_ts text,
    article_id text,
    created_at double precision NOT NULL,
    forgotten boolean DEFAULT false NOT NULL,
    files text DEFAULT ''::text NOT NULL,
    asks_about text DEFAULT ''::text NOT NULL,
    attached text DEFAULT ''::text NOT NULL,
    reads text DEFAULT '[]'::text NOT NULL,
    omitted text DEFAULT ''::text NOT NULL,
    earlier text,
    edited text DEFAULT ''::text NOT NULL,
    revision integer DEFAULT 0 NOT NULL,
    deleted boolean DEFAULT false NOT NULL,
    verdict text,
    found text,
    shown text DEFAULT ''::text NOT NULL,
    share_url text
);
ALTER TABLE public.interactions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.interactions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.jobs (
    id bigint NOT NULL,
    kind text NOT NULL,
    subject bigint NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    unsure boolean NOT NULL,
    due_at double precision NOT NULL,
    lease text,
    reason text,
    created_at double precision NOT NULL,
    revision integer DEFAULT 1 NOT NULL
);
ALTER TABLE public.jobs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.relays (
    id bigint NOT NULL,
    escalation_id bigint NOT NULL,
    ts text NOT NULL,
    sender text NOT NULL,
    text text NOT NULL,
    sent boolean NOT NULL
);
ALTER TABLE public.relays ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.relays_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.schema_version (
    step integer NOT NULL
);
CREATE TABLE public.tickets (
    escalation_id bigint NOT NULL,
    number bigint NOT NULL,
    synced integer NOT NULL,
    updated_at text NOT NULL
);
CREATE TABLE public.told (
    interaction_id bigint NOT NULL,
    article_id text NOT NULL
);
CREATE TABLE public.votes (
    interaction_id bigint NOT NULL,
    voter text NOT NULL,
    helped boolean NOT NULL,
    created_at double precision NOT NULL,
    article_id text DEFAULT ''::text NOT NULL,
    reason text,
    words text DEFAULT ''::text NOT NULL
);
INSERT INTO public.alembic_version VALUES ('0009');
INSERT INTO public.article_versions VALUES ('T1', 'fed22014dc16f497c0ce520d1e03bf36', 'payments-only-against-authorised', '{"action": ["Log in to Xero and open *Accounts receivable*, then *Drafts* (newer menus show *Sales*, *Invoices*, *Draft*).", "Tick the Ref number.", "Click *Approve*, then *Authorise*.", "Return to ClickPOS and retry the integration.", "Open the invoice in Xero. It worked when the payment is listed on it.", "If the Ref number is not under *Drafts*, search for the invoice and read its status.", "If it is *Paid* and the payment agrees with ClickPOS, stop here. Nothing is missing.", "If it is *Paid* by a payment that does not belong there, remove that payment (*Remove & Redo*) and retry in ClickPOS.", "If it is *Voided* or totals $0, use *Escalate* below."], "caution": "Ask the bookkeeper before you remove a payment, above all one that is matched with the bank.", "id": "payments-only-against-authorised", "links": [], "messages": ["Payments can only be made against Authorised invoices.", "Payments can only be made against Authorised documents"], "prevent": "Keep the order: Sales summary, approval in Xero, then Payment tender. Do not mark ClickPOS invoices as paid by hand in Xero.", "reason": "ClickPOS has already integrated this reference, but its invoice still waits for approval in Xero. Xero takes a payment only once the invoice is approved. If it is not under *Drafts*, look at its status: an invoice that is already *Paid*, *Voided* or totals $0 gives the same message. This is not a connection problem.", "related": ["payment-invoice-already-paid", "payment-amount-exceeds", "invoice-not-found", "document-not-found"], "reviewed": "2026-11-22", "sources": ["ClickPOS help page, Integration Error Messages and Troubleshooting", "Xero API, message as seen in the public issues of XeroAPI/Xero-Net", "Help pages of other vendors: WorkGuru, Workshop Software, FieldInsight (draft); KennelBooker, Wise-Pay, Peakflo, Cliniko (paid or voided); Workato ($0)"], "title": "The invoice is not approved in Xero yet, so the payment was refused", "who": "Anyone who may approve sales invoices in Xero (Standard or Adviser); the bookkeeper decides about payments that are already there."}', 1700000000.724);
INSERT INTO public.article_versions VALUES ('T1', '4f3d7d8bde5d2bac6a1dab5729e90f88', 'document-not-found', '{"action": ["In ClickPOS, find out which invoice the refused payment belongs to. Note its reference and date.", "In Xero, check that the right organisation is open, then search for that reference.", "If it is missing, integrate that sales invoice in ClickPOS.", "In Xero, approve the new invoice under *Accounts receivable*, *Drafts* (newer menus show *Sales*, *Invoices*, *Draft*).", "Return to ClickPOS and integrate the payment again.", "Open the invoice in Xero. It worked when the payment is listed on it.", "If the invoice is in Xero, approved, and the message comes back, use *Escalate* below."], "caution": "Do not type the invoice into Xero by hand. When ClickPOS sends it later, it is refused or there twice.", "id": "document-not-found", "links": [], "messages": ["Document could not be found"], "prevent": "Keep the order: Sales summary, approval in Xero, then Payment tender. If one sales invoice fails, clear that before sending its payments.", "reason": "The invoice that the payment belongs to is not integrated to Xero yet, so Xero has nothing to put the payment on. If you did send it, search for its reference in Xero: if it is not there, it was deleted or went to another Xero organisation. The payment in ClickPOS is safe.", "related": ["invoice-not-found", "payments-only-against-authorised", "account-not-found-payments"], "reviewed": "2026-11-22", "sources": ["ClickPOS help page, Integration Error Messages and Troubleshooting", "Help pages of other vendors: Neto / Maropost Commerce, Maropost accounting integrations"], "title": "The invoice this payment belongs to has not reached Xero yet", "who": "Whoever runs the integration in ClickPOS, together with someone who may approve sales invoices in Xero (Standard or Adviser)."}', 1700000002.005);
INSERT INTO public.article_versions VALUES ('T1', '5402bd32f2702847fcd5664197544542', 'invoice-not-found', '{"action": ["In ClickPOS, perform the Sales summary integration for that day first.", "Log in to Xero, check that the right organisation is open, and go to *Accounts receivable*, then *Drafts* (newer menus show *Sales*, *Invoices*, *Draft*).", "Tick the Ref number or numbers.", "Click *Approve*.", "Return to ClickPOS and retry integrating the payment.", "Open the invoice in Xero. It worked when the payment is listed on it.", "If the invoice is in Xero, approved, and the message comes back, use *Escalate* below."], "caution": "Do not create the invoice in Xero by hand to make the payment fit. The Sales summary would be refused later as a duplicate.", "id": "invoice-not-found", "links": [], "messages": ["Invoice could not be found.", "Payment could not be exported, invoice is not in Xero", "Payment has been rejected because it cannot find the related invoice"], "prevent": "Keep the order: Sales summary, approval in Xero, then Payment tender. Do not delete sent invoices in Xero without sending them again.", "reason": "A payment tender can only be integrated once Xero holds the sales invoice that refers to it. Here the Sales summary has not been sent yet. If you did send it, search for its Ref number in Xero: if it is not there, it was deleted or went to another Xero organisation. The sales and payments in ClickPOS are safe.", "related": ["document-not-found", "payments-only-against-authorised", "payment-amount-exceeds", "invoice-number-not-unique"], "reviewed": "2026-11-22", "sources": ["ClickPOS help page, Integration Error Messages and Troubleshooting", "Help pages of other vendors: WorkGuru"], "title": "The payment arrived before its sales invoice was in Xero", "who": "Whoever runs the integration in ClickPOS, together with someone who may approve sales invoices in Xero (Standard or Adviser)."}', 1700000004.928);
INSERT INTO public.changes VALUES (1, 1, 'open', 'U1', 1700000001.124, NULL);
INSERT INTO public.changes VALUES (2, 1, 'open', 'U2', 1700000002.715, NULL);
INSERT INTO public.changes VALUES (2, 2, 'claim', 'U2', 1700000002.898, NULL);
INSERT INTO public.escalations OVERRIDING SYSTEM VALUE VALUES (1, 1, 'U1', 'open', '{"error":"Payments can only be made against Authorised invoices.","store":"Ponsonby","organisation":"","record":"","date":"","amount":"","xero_status":null,"scope":null,"tried":"","urgency":"today"}', 'C9', '1700000001.000300', '1700000001.000400', 1700000001.123, NULL, NULL, 1, 1700000001.123, 'C1', '1700000000.000100', '{"answer": [["payments-only-against-authorised", "Payments can only be made against Authorised invoices.", 100.0]], "versions": {"payments-only-against-authorised": "fed22014dc16f497c0ce520d1e03bf36"}}', '[["Payments can only be made against Authorised invoices", {}]]', NULL, '');
INSERT INTO public.escalations OVERRIDING SYSTEM VALUE VALUES (2, 3, 'U2', 'claimed', '{"error":"{\n  \"ErrorNumber\": 10,\n  \"Type\": \"ValidationException\",\n  \"Message\": \"A validation exception occurred\",\n  \"Elements\": [\n    {\n      \"ValidationErrors\": [\n        {\n          \"Message\": \"Document could not be found\"\n        }\n      ]\n    }\n  ]\n}","store":"Ponsonby","organisation":"","record":"","date":"","amount":"","xero_status":null,"scope":null,"tried":"","urgency":"today"}', 'C9', '1700000002.000900', '1700000002.001000', 1700000002.707, 'U2', NULL, 2, 1700000002.898, 'C1', '1700000001.000700', '{"answer": [["document-not-found", "Document could not be found", 100.0]], "versions": {"document-not-found": "4f3d7d8bde5d2bac6a1dab5729e90f88"}}', '[["Document could not be found", {}]]', NULL, '');
INSERT INTO public.interactions OVERRIDING SYSTEM VALUE VALUES (1, 'ViQH_1--5BZ-qKXF', 'T1', 'C1', '1700000000.000100', NULL, 'U1', 'Payments can only be made against Authorised invoices.', 'channel', false, '1700000000.000200', NULL, 1700000000.748, false, '', '', '', '[]', '', NULL, '', 0, false, '{"answer": [["payments-only-against-authorised", "Payments can only be made against Authorised invoices.", 100.0]], "versions": {"payments-only-against-authorised": "fed22014dc16f497c0ce520d1e03bf36"}}', '[["Payments can only be made against Authorised invoices", {}]]', 'aa6e32d5951011873fc3d3f074010764', NULL);
INSERT INTO public.interactions OVERRIDING SYSTEM VALUE VALUES (2, 'OqJSk7syVhs0uN4T', 'T1', 'C2', '1700000001.000500', NULL, 'U1', 'Payments can only be made against Authorised invoices.', 'channel', false, '1700000001.000600', NULL, 1700000001.777, false, '', '', '', '[]', '', 'C1 1700000000.000200 1700000000.000100', '', 0, false, '{"answer": [["payments-only-against-authorised", "Payments can only be made against Authorised invoices.", 100.0]], "versions": {"payments-only-against-authorised": "fed22014dc16f497c0ce520d1e03bf36"}}', '[["Payments can only be made against Authorised invoices", {}]]', '40d18e4055948044c51dcc153bd00167', NULL);
INSERT INTO public.interactions OVERRIDING SYSTEM VALUE VALUES (3, '_QLla2grduhdYsOM', 'T1', 'C1', '1700000001.000700', NULL, 'U2', '', 'channel', false, '1700000002.000800', NULL, 1700000001.988, false, 'F1', '', '{
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
}', '[["pos.log", "read", 244]]', '', NULL, '', 0, false, '{"answer": [["document-not-found", "Document could not be found", 100.0]], "versions": {"document-not-found": "4f3d7d8bde5d2bac6a1dab5729e90f88"}}', '[["Document could not be found", {}]]', '3bdfeab98368e68524311d28e19888c0', NULL);
INSERT INTO public.interactions OVERRIDING SYSTEM VALUE VALUES (4, '9gvAsK1N7gVgXscN', 'T1', 'C1', '1700000004.001100', NULL, 'U1', 'Xero says: Invoice could not be found.', 'channel', false, NULL, NULL, 1700000004.936, false, '', '', '', '[]', '', NULL, '', 0, false, '{"answer": [["invoice-not-found", "Invoice could not be found.", 100.0]], "versions": {"invoice-not-found": "5402bd32f2702847fcd5664197544542"}}', '[["Invoice could not be found", {}]]', '', NULL);
INSERT INTO public.interactions OVERRIDING SYSTEM VALUE VALUES (5, 'B9KY3cg7Cp_0ts4b', 'T1', 'C2', '1700000005.001300', NULL, 'U2', 'Xero tells me: Invoice could not be found.', 'channel', false, NULL, NULL, 1700000005.082, false, '', '', '', '[]', '', NULL, '', 0, false, '{"answer": [["invoice-not-found", "Invoice could not be found.", 100.0]], "versions": {"invoice-not-found": "5402bd32f2702847fcd5664197544542"}}', '[["Invoice could not be found", {}]]', '', NULL);
INSERT INTO public.jobs OVERRIDING SYSTEM VALUE VALUES (1, 'forget', 0, 'waiting', 0, false, 1795995596.0359812, NULL, NULL, 1700000000.428, 2);
INSERT INTO public.jobs OVERRIDING SYSTEM VALUE VALUES (2, 'channels', 0, 'done', 0, false, 1700000000.964, NULL, NULL, 1700000000.448, 2);
INSERT INTO public.jobs OVERRIDING SYSTEM VALUE VALUES (3, 'reply', 1, 'done', 0, false, 1700000001.101, NULL, NULL, 1700000000.756, 2);
INSERT INTO public.jobs OVERRIDING SYSTEM VALUE VALUES (4, 'announce', 1, 'done', 0, false, 1700000001.992, NULL, NULL, 1700000001.125, 2);
INSERT INTO public.jobs OVERRIDING SYSTEM VALUE VALUES (5, 'remind', 1, 'waiting', 0, false, 1700000901.280, NULL, NULL, 1700000001.126, 2);
INSERT INTO public.jobs OVERRIDING SYSTEM VALUE VALUES (6, 'reply', 2, 'done', 0, false, 1700000001.997, NULL, NULL, 1700000001.778, 2);
INSERT INTO public.jobs OVERRIDING SYSTEM VALUE VALUES (7, 'read', 3, 'done', 0, false, 1700000002.020, NULL, NULL, 1700000001.989, 2);
INSERT INTO public.jobs OVERRIDING SYSTEM VALUE VALUES (8, 'reply', 3, 'done', 0, false, 1700000002.620, NULL, NULL, 1700000002.008, 2);
INSERT INTO public.jobs OVERRIDING SYSTEM VALUE VALUES (9, 'announce', 2, 'done', 0, false, 1700000003.712, NULL, NULL, 1700000002.721, 4);
INSERT INTO public.jobs OVERRIDING SYSTEM VALUE VALUES (10, 'remind', 2, 'waiting', 0, false, 1700000902.745, NULL, NULL, 1700000002.729, 2);
INSERT INTO public.jobs OVERRIDING SYSTEM VALUE VALUES (12, 'reply', 4, 'waiting', 1, false, 1700000034.964, '546a695b8e29e8a7', NULL, 1700000004.964, 1);
INSERT INTO public.jobs OVERRIDING SYSTEM VALUE VALUES (13, 'reply', 5, 'waiting', 1, false, 1700000035.103, 'fc937abf344294e4', NULL, 1700000005.103, 1);
INSERT INTO public.schema_version VALUES (1);
INSERT INTO public.schema_version VALUES (2);
INSERT INTO public.schema_version VALUES (3);
INSERT INTO public.schema_version VALUES (4);
INSERT INTO public.told VALUES (1, 'payments-only-against-authorised');
INSERT INTO public.told VALUES (2, 'payments-only-against-authorised');
INSERT INTO public.told VALUES (3, 'document-not-found');
INSERT INTO public.told VALUES (4, 'invoice-not-found');
INSERT INTO public.told VALUES (5, 'invoice-not-found');
SELECT pg_catalog.setval('public.escalations_id_seq', 2, true);
SELECT pg_catalog.setval('public.interactions_id_seq', 5, true);
SELECT pg_catalog.setval('public.jobs_id_seq', 13, true);
SELECT pg_catalog.setval('public.relays_id_seq', 1, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_pkey PRIMARY KEY (cause);
ALTER TABLE ONLY public.article_versions
    ADD CONSTRAINT article_versions_pkey PRIMARY KEY (team, version);
ALTER TABLE ONLY public.changes
    ADD CONSTRAINT changes_pkey PRIMARY KEY (escalation_id, number);
ALTER TABLE ONLY public.cursors
    ADD CONSTRAINT cursors_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.escalations
    ADD CONSTRAINT escalations_interaction_id_key UNIQUE (interaction_id);
ALTER TABLE ONLY public.escalations
    ADD CONSTRAINT escalations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.interactions
    ADD CONSTRAINT interactions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.interactions
    ADD CONSTRAINT interactions_team_channel_ts_key UNIQUE (team, channel, ts);
ALTER TABLE ONLY public.interactions
    ADD CONSTRAINT interactions_token_key UNIQUE (token);
ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_kind_subject_key UNIQUE (kind, subject);
ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.relays
    ADD CONSTRAINT relays_escalation_id_ts_key UNIQUE (escalation_id, ts);
ALTER TABLE ONLY public.relays
    ADD CONSTRAINT relays_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.schema_version
    ADD CONSTRAINT schema_version_pkey PRIMARY KEY (step);
ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_number_key UNIQUE (number);
ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_pkey PRIMARY KEY (escalation_id);
ALTER TABLE ONLY public.told
    ADD CONSTRAINT told_pkey PRIMARY KEY (interaction_id, article_id);
ALTER TABLE ONLY public.votes
    ADD CONSTRAINT votes_pkey PRIMARY KEY (interaction_id, voter);
CREATE INDEX interactions_author ON public.interactions USING btree (requester, created_at);
CREATE INDEX interactions_thread ON public.interactions USING btree (channel, COALESCE(thread_ts, ts));
CREATE INDEX jobs_due ON public.jobs USING btree (due_at) WHERE (state = 'waiting'::text);
CREATE INDEX told_article ON public.told USING btree (article_id);
ALTER TABLE ONLY public.changes
    ADD CONSTRAINT changes_escalation_id_fkey FOREIGN KEY (escalation_id) REFERENCES public.escalations(id);
ALTER TABLE ONLY public.escalations
    ADD CONSTRAINT escalations_interaction_id_fkey FOREIGN KEY (interaction_id) REFERENCES public.interactions(id);
ALTER TABLE ONLY public.relays
    ADD CONSTRAINT relays_escalation_id_fkey FOREIGN KEY (escalation_id) REFERENCES public.escalations(id);
ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_escalation_id_fkey FOREIGN KEY (escalation_id) REFERENCES public.escalations(id);
ALTER TABLE ONLY public.told
    ADD CONSTRAINT told_interaction_id_fkey FOREIGN KEY (interaction_id) REFERENCES public.interactions(id);
ALTER TABLE ONLY public.votes
    ADD CONSTRAINT votes_interaction_id_fkey FOREIGN KEY (interaction_id) REFERENCES public.interactions(id);
