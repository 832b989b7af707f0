-- What the program of commit e6de795 wrote into an empty PostgreSQL database, with rows and jobs under way.
CREATE TABLE IF NOT EXISTS schema_version (step INTEGER PRIMARY KEY);
CREATE TABLE interactions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, token TEXT NOT NULL UNIQUE, team TEXT NOT NULL, channel TEXT NOT NULL, ts TEXT NOT NULL,
    thread_ts TEXT, requester TEXT NOT NULL, text TEXT NOT NULL, door TEXT NOT NULL, private BOOLEAN NOT NULL,
    reply_ts TEXT, article_id TEXT, created_at DOUBLE PRECISION NOT NULL, UNIQUE (team, channel, ts));
CREATE TABLE votes (
    interaction_id BIGINT NOT NULL REFERENCES interactions (id), voter TEXT NOT NULL,
    helped BOOLEAN NOT NULL, created_at DOUBLE PRECISION NOT NULL, PRIMARY KEY (interaction_id, voter));
CREATE TABLE escalations (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, interaction_id BIGINT NOT NULL UNIQUE REFERENCES interactions (id),
    requester TEXT NOT NULL, status TEXT NOT NULL, details TEXT NOT NULL,
    card_channel TEXT, card_ts TEXT, note_ts TEXT, created_at DOUBLE PRECISION NOT NULL);
CREATE TABLE jobs (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind TEXT NOT NULL, subject BIGINT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
    unsure BOOLEAN NOT NULL,
    due_at DOUBLE PRECISION NOT NULL, lease TEXT, reason TEXT, created_at DOUBLE PRECISION NOT NULL, UNIQUE (kind, subject));
CREATE INDEX jobs_due ON jobs (due_at) WHERE state = 'waiting';
INSERT INTO schema_version (step) VALUES (1);
ALTER TABLE jobs ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE interactions ADD COLUMN forgotten BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE escalations ADD COLUMN claimant TEXT;
ALTER TABLE escalations ADD COLUMN resolution TEXT;
ALTER TABLE escalations ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE escalations ADD COLUMN changed_at DOUBLE PRECISION NOT NULL DEFAULT 0;
UPDATE escalations SET changed_at = created_at;
CREATE TABLE changes (
    escalation_id BIGINT NOT NULL REFERENCES escalations (id), number INTEGER NOT NULL, verb TEXT NOT NULL,
    actor TEXT NOT NULL, at DOUBLE PRECISION NOT NULL, PRIMARY KEY (escalation_id, number));
INSERT INTO changes (escalation_id, number, verb, actor, at)
    SELECT id, 1, 'open', requester, created_at FROM escalations;
CREATE TABLE relays (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, escalation_id BIGINT NOT NULL REFERENCES escalations (id), ts TEXT NOT NULL, sender TEXT NOT NULL,
    text TEXT NOT NULL, sent BOOLEAN NOT NULL, UNIQUE (escalation_id, ts));
CREATE TABLE tickets (
    escalation_id BIGINT NOT NULL PRIMARY KEY REFERENCES escalations (id), number BIGINT NOT NULL UNIQUE,
    synced INTEGER NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE cursors (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO schema_version (step) VALUES (2);
ALTER TABLE escalations ADD COLUMN note_channel TEXT;
ALTER TABLE escalations ADD COLUMN note_thread TEXT;
UPDATE escalations SET
    note_channel = (SELECT channel FROM interactions i WHERE i.id = interaction_id AND NOT i.private),
    note_thread = (SELECT coalesce(thread_ts, ts) FROM interactions i WHERE i.id = interaction_id)
    WHERE note_ts IS NOT NULL;
ALTER TABLE changes ADD COLUMN resolution TEXT;
CREATE TABLE alerts (cause TEXT NOT NULL PRIMARY KEY, at DOUBLE PRECISION NOT NULL);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, created_at, revision)
    SELECT 'announce', id, 'waiting', 0, FALSE, 0, created_at, 1 FROM escalations WHERE status = 'open'
    ON CONFLICT (kind, subject) DO UPDATE SET state = 'waiting', due_at = 0, revision = jobs.revision + 1;
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, created_at, revision)
    SELECT 'remind', id, 'waiting', 0, FALSE, 0, created_at, 1 FROM escalations WHERE status = 'open'
    ON CONFLICT (kind, subject) DO NOTHING;
INSERT INTO schema_version (step) VALUES (3);
ALTER TABLE interactions ADD COLUMN files TEXT NOT NULL DEFAULT '';
ALTER TABLE interactions ADD COLUMN asks_about TEXT NOT NULL DEFAULT '';
ALTER TABLE interactions ADD COLUMN attached TEXT NOT NULL DEFAULT '';
ALTER TABLE interactions ADD COLUMN reads TEXT NOT NULL DEFAULT '[]';
ALTER TABLE interactions ADD COLUMN omitted TEXT NOT NULL DEFAULT '';
ALTER TABLE interactions ADD COLUMN earlier TEXT;
ALTER TABLE interactions ADD COLUMN edited TEXT NOT NULL DEFAULT '';
ALTER TABLE interactions ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE interactions ADD COLUMN deleted BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX interactions_thread ON interactions (channel, (coalesce(thread_ts, ts)));
CREATE INDEX interactions_author ON interactions (requester, created_at);
CREATE TABLE told (
    interaction_id BIGINT NOT NULL REFERENCES interactions (id), article_id TEXT NOT NULL,
    PRIMARY KEY (interaction_id, article_id));
CREATE INDEX told_article ON told (article_id);
ALTER TABLE votes ADD COLUMN article_id TEXT NOT NULL DEFAULT '';
ALTER TABLE votes ADD COLUMN reason TEXT;
ALTER TABLE votes ADD COLUMN words TEXT NOT NULL DEFAULT '';
INSERT INTO schema_version (step) VALUES (4);
INSERT INTO interactions (token, team, channel, ts, thread_ts, requester, text, door, private, reply_ts, article_id, created_at) VALUES ('first-token', 'T1', 'C1', '1700000001.000100', NULL, 'U1', 'Payments can only be made against Authorised invoices.', 'channel', FALSE, '1700000002.000100', 'payment-not-authorised', 1700000001.0);
INSERT INTO interactions (token, team, channel, ts, thread_ts, requester, text, door, private, reply_ts, article_id, created_at) VALUES ('second-token', 'T1', 'C1', '1700000011.000100', '1700000001.000100', 'U2', 'Invoice could not be found', 'ask', FALSE, NULL, NULL, 1700000011.0);
INSERT INTO interactions (token, team, channel, ts, thread_ts, requester, text, door, private, reply_ts, article_id, created_at) VALUES ('third-token', 'T1', 'D1', '1700000021.000100', NULL, 'U2', 'The document date cannot be before the lock date', 'ask', TRUE, NULL, NULL, 1700000021.0);
INSERT INTO interactions (token, team, channel, ts, thread_ts, requester, text, door, private, reply_ts, article_id, created_at) VALUES ('fourth-token', 'T1', 'C1', '1700000031.000100', NULL, 'U1', 'Invoice could not be found, ask [redacted: e-mail address], [redacted: Slack token]', 'channel', FALSE, '1700000032.000100', NULL, 1700000031.0);
INSERT INTO told (interaction_id, article_id) VALUES (1, 'payment-not-authorised');
INSERT INTO told (interaction_id, article_id) VALUES (4, 'invoice-not-found');
INSERT INTO votes (interaction_id, voter, helped, created_at) VALUES (1, 'U1', TRUE, 1700000005.0);
INSERT INTO votes (interaction_id, voter, helped, created_at, article_id, reason, words) VALUES (4, 'U1', FALSE, 1700000035.0, 'invoice-not-found', 'wrong error', 'It is there');
INSERT INTO escalations (interaction_id, requester, status, details, card_channel, card_ts, note_ts, created_at, version, changed_at, claimant, note_channel, note_thread) VALUES (4, 'U1', 'claimed', '{"error": "Invoice could not be found, [redacted: Slack token]", "store": "shop@example.com"}', 'C9', '1700000041.000100', '1700000042.000100', 1700000040.0, 2, 1700000050.0, 'U9', 'C1', '1700000031.000100');
INSERT INTO escalations (interaction_id, requester, status, details, card_channel, card_ts, note_ts, created_at, version, changed_at) VALUES (1, 'U1', 'open', '{"error": "Payments can only be made against Authorised invoices.", "store": "Ponsonby"}', NULL, NULL, NULL, 1700000060.0, 1, 1700000060.0);
INSERT INTO changes (escalation_id, number, verb, actor, at) VALUES (1, 1, 'open', 'U1', 1700000040.0);
INSERT INTO changes (escalation_id, number, verb, actor, at) VALUES (1, 2, 'claim', 'U9', 1700000050.0);
INSERT INTO changes (escalation_id, number, verb, actor, at) VALUES (2, 1, 'open', 'U1', 1700000060.0);
INSERT INTO relays (escalation_id, ts, sender, text, sent) VALUES (1, '1700000055.000100', 'U9', 'Sync it again, please', FALSE);
INSERT INTO tickets (escalation_id, number, synced, updated_at) VALUES (1, 4711, 1, '2023-11-14T22:14:00Z');
INSERT INTO cursors (name, value) VALUES ('zendesk', '1700000050');
INSERT INTO alerts (cause, at) VALUES ('mail: wrong password', 1700000070.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('reply', 1, 'done', 0, FALSE, 1700000002.0, NULL, NULL, 1700000001.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('reply', 2, 'waiting', 0, FALSE, 1700000011.0, NULL, NULL, 1700000011.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('reply', 3, 'waiting', 1, FALSE, 1700000081.0, 'a-dead-process', NULL, 1700000021.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('share', 3, 'waiting', 3, TRUE, 1700000090.0, NULL, 'Slack is away', 1700000025.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('announce', 1, 'done', 0, FALSE, 1700000041.0, NULL, NULL, 1700000040.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('announce', 2, 'waiting', 2, FALSE, 1700000066.0, NULL, 'channel_not_found', 1700000060.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('relay', 1, 'waiting', 0, FALSE, 1700000055.0, NULL, NULL, 1700000055.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('reply', 99, 'given up', 1, FALSE, 1700000000.0, NULL, 'is_archived', 1700000000.0);
