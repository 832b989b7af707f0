-- What the program of commit 60a49f1 wrote into an empty PostgreSQL database, with rows and jobs under way.
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
INSERT INTO interactions (token, team, channel, ts, thread_ts, requester, text, door, private, reply_ts, article_id, created_at) VALUES ('first-token', 'T1', 'C1', '1700000001.000100', NULL, 'U1', 'Payments can only be made against Authorised invoices.', 'channel', FALSE, '1700000002.000100', 'payment-not-authorised', 1700000001.0);
INSERT INTO interactions (token, team, channel, ts, thread_ts, requester, text, door, private, reply_ts, article_id, created_at) VALUES ('second-token', 'T1', 'C1', '1700000011.000100', '1700000001.000100', 'U2', 'Invoice could not be found', 'ask', FALSE, NULL, NULL, 1700000011.0);
INSERT INTO interactions (token, team, channel, ts, thread_ts, requester, text, door, private, reply_ts, article_id, created_at) VALUES ('third-token', 'T1', 'D1', '1700000021.000100', NULL, 'U2', 'The document date cannot be before the lock date', 'ask', TRUE, NULL, NULL, 1700000021.0);
INSERT INTO interactions (token, team, channel, ts, thread_ts, requester, text, door, private, reply_ts, article_id, created_at) VALUES ('fourth-token', 'T1', 'C1', '1700000031.000100', NULL, 'U1', 'Invoice could not be found, ask shop@example.com, ' || 'xoxb' || '-1234567890-abcdefghijklmnop', 'channel', FALSE, '1700000032.000100', NULL, 1700000031.0);
INSERT INTO votes (interaction_id, voter, helped, created_at) VALUES (1, 'U1', TRUE, 1700000005.0);
INSERT INTO votes (interaction_id, voter, helped, created_at) VALUES (4, 'U1', FALSE, 1700000035.0);
INSERT INTO escalations (interaction_id, requester, status, details, card_channel, card_ts, note_ts, created_at) VALUES (4, 'U1', 'open', '{"error": "Invoice could not be found, ' || 'xoxb' || '-1234567890-abcdefghijklmnop", "store": "shop@example.com"}', 'C9', '1700000041.000100', '1700000042.000100', 1700000040.0);
INSERT INTO escalations (interaction_id, requester, status, details, card_channel, card_ts, note_ts, created_at) VALUES (1, 'U1', 'open', '{"error": "Payments can only be made against Authorised invoices.", "store": "Ponsonby"}', NULL, NULL, NULL, 1700000060.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('reply', 1, 'done', 0, FALSE, 1700000002.0, NULL, NULL, 1700000001.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('reply', 2, 'waiting', 0, FALSE, 1700000011.0, NULL, NULL, 1700000011.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('reply', 3, 'waiting', 1, FALSE, 1700000081.0, 'a-dead-process', NULL, 1700000021.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('share', 3, 'waiting', 3, TRUE, 1700000090.0, NULL, 'Slack is away', 1700000025.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('announce', 1, 'done', 0, FALSE, 1700000041.0, NULL, NULL, 1700000040.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('announce', 2, 'waiting', 2, FALSE, 1700000066.0, NULL, 'channel_not_found', 1700000060.0);
INSERT INTO jobs (kind, subject, state, attempts, unsure, due_at, lease, reason, created_at) VALUES ('reply', 99, 'given up', 1, FALSE, 1700000000.0, NULL, 'is_archived', 1700000000.0);
