"""The tables of an empty database; revisions in `migrations/` change older ones to these."""

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.types import TypeEngine

from bot.storage.privacy import NONE, PERSON, words

metadata = MetaData()
_Id = BigInteger().with_variant(Integer, "sqlite")
_Seconds: TypeEngine[float] = Double().with_variant(REAL, "sqlite")
_EMPTY, _EMPTY_LIST, _NO = text("''"), text("'[]'"), text("FALSE")


def _opened() -> list[Column[str]]:
    """Return the columns of what somebody opened last: article, cause, and who it was."""
    names = {"opened_article": NONE, "opened_cause": NONE, "opened_by": PERSON}
    return [Column(name, Text, info=info) for name, info in names.items()]


interactions = Table(
    "interactions",
    metadata,
    Column("id", _Id, Identity(always=True), primary_key=True, info=NONE),
    Column("token", Text, nullable=False, info=NONE),
    Column("team", Text, nullable=False, info=NONE),
    Column("channel", Text, nullable=False, info=NONE),
    Column("ts", Text, nullable=False, info=NONE),
    Column("thread_ts", Text, info=NONE),
    Column("requester", Text, nullable=False, info=PERSON),
    Column("text", Text, nullable=False, info=words("requester")),
    Column("door", Text, nullable=False, info=NONE),
    Column("private", Boolean, nullable=False, info=NONE),
    Column("reply_ts", Text, info=NONE),
    Column("article_id", Text, info=NONE),
    Column("created_at", _Seconds, nullable=False, info=NONE),
    Column("forgotten", Boolean, nullable=False, server_default=_NO, info=NONE),
    Column("files", Text, nullable=False, server_default=_EMPTY_LIST, info=NONE),
    Column("quoted_message_ts", Text, nullable=False, server_default=_EMPTY, info=NONE),
    Column("attachment_text", Text, nullable=False, server_default=_EMPTY, info=words("requester")),
    Column(
        "file_results",
        Text,
        nullable=False,
        server_default=_EMPTY_LIST,
        info=words("requester", cleared="[]"),
    ),
    Column("suppressed_articles", Text, nullable=False, server_default=_EMPTY_LIST, info=NONE),
    Column("linked_reply_channel", Text, info=NONE),
    Column("linked_reply_ts", Text, info=NONE),
    Column("linked_reply_thread", Text, info=NONE),
    Column("edited", Text, nullable=False, server_default=_EMPTY, info=NONE),
    Column("revision", Integer, nullable=False, server_default=text("0"), info=NONE),
    Column("deleted", Boolean, nullable=False, server_default=_NO, info=NONE),
    Column("verdict", Text, info=NONE),
    Column("found", Text, info=words("requester", cleared=None)),
    Column("shown", Text, nullable=False, server_default=_EMPTY, info=NONE),
    Column("share_url", Text, info=NONE),
    Column("message_ts", Text, info=NONE),
    Column("ephemeral_url", Text, info=NONE),
    Column("shop", Text, info=words("requester", cleared=None)),  # may be in their own spelling
    Column("about_xero", Boolean, nullable=False, server_default=_NO, info=NONE),
    Column("late", Boolean, nullable=False, server_default=_NO, info=NONE),
    *_opened(),
    UniqueConstraint("team", "token"),
    UniqueConstraint("team", "channel", "ts"),
    sqlite_autoincrement=True,
)
Index(
    "interactions_thread",
    interactions.c.team,
    interactions.c.channel,
    func.coalesce(interactions.c.thread_ts, interactions.c.ts),
)
Index(
    "interactions_linked",
    interactions.c.team,
    interactions.c.linked_reply_channel,
    interactions.c.linked_reply_ts,
)
Index(
    "interactions_author",
    interactions.c.team,
    interactions.c.requester,
    interactions.c.created_at,
)

article_versions = Table(
    "article_versions",
    metadata,
    Column("team", Text, primary_key=True, info=NONE),
    Column("version", Text, primary_key=True, info=NONE),
    Column("article_id", Text, nullable=False, info=NONE),
    Column("content", Text, nullable=False, info=NONE),
    Column("created_at", _Seconds, nullable=False, info=NONE),
)

reply_articles = Table(
    "reply_articles",
    metadata,
    Column("team", Text, primary_key=True, info=NONE),
    Column(
        "interaction_id",
        _Id,
        ForeignKey("interactions.id", name="told_interaction_id_fkey"),
        primary_key=True,
        info=NONE,
    ),
    Column("article_id", Text, primary_key=True, info=NONE),
    # names from before the table was renamed
    PrimaryKeyConstraint(name="told_pkey"),
)
Index("reply_articles_article", reply_articles.c.team, reply_articles.c.article_id)

openings = Table(
    "openings",
    metadata,
    Column("id", _Id, Identity(always=True), primary_key=True, info=NONE),
    Column("team", Text, nullable=False, info=NONE),
    Column("interaction_id", _Id, ForeignKey("interactions.id"), nullable=False, info=NONE),
    Column("article_id", Text, nullable=False, info=NONE),
    Column("cause_id", Text, nullable=False, info=NONE),
    Column("opener", Text, nullable=False, info=PERSON),
    Column("created_at", _Seconds, nullable=False, info=NONE),
    sqlite_autoincrement=True,
)
Index("openings_interaction", openings.c.team, openings.c.interaction_id)

votes = Table(
    "votes",
    metadata,
    Column("team", Text, primary_key=True, info=NONE),
    Column("interaction_id", _Id, ForeignKey("interactions.id"), primary_key=True, info=NONE),
    Column("voter", Text, primary_key=True, info=PERSON),
    Column("helped", Boolean, nullable=False, info=NONE),
    Column("created_at", _Seconds, nullable=False, info=NONE),
    Column("article_id", Text, nullable=False, server_default=_EMPTY, info=NONE),
    Column("reason", Text, info=NONE),
    Column("words", Text, nullable=False, server_default=_EMPTY, info=words("voter")),
)

escalations = Table(
    "escalations",
    metadata,
    Column("id", _Id, Identity(always=True), primary_key=True, info=NONE),
    Column("team", Text, nullable=False, info=NONE),
    Column("number", Integer, nullable=False, info=NONE),
    Column("interaction_id", _Id, ForeignKey("interactions.id"), nullable=False, info=NONE),
    Column("requester", Text, nullable=False, info=PERSON),
    Column("status", Text, nullable=False, info=NONE),
    Column(
        "details",
        Text,
        nullable=False,
        info=words("requester", cleared='{"error": "", "store": ""}'),
    ),
    Column("card_channel", Text, info=NONE),
    Column("card_ts", Text, info=NONE),
    Column("note_ts", Text, info=NONE),
    Column("created_at", _Seconds, nullable=False, info=NONE),
    Column("claimant", Text, info=PERSON),
    Column("resolution", Text, info=words("", cleared=None)),
    Column("version", Integer, nullable=False, server_default=text("1"), info=NONE),
    Column("changed_at", _Seconds, nullable=False, server_default=text("0"), info=NONE),
    Column("note_channel", Text, info=NONE),
    Column("note_thread", Text, info=NONE),
    Column("verdict", Text, info=NONE),
    Column("found", Text, info=words("requester", cleared=None)),
    Column("article_id", Text, info=NONE),
    Column("suppressed_articles", Text, info=NONE),
    Column("shop", Text, info=words("requester", cleared=None)),
    Column("noticed", Integer, nullable=False, server_default=text("0"), info=NONE),
    Column("mentioned", _Id, nullable=False, server_default=text("0"), info=NONE),
    *_opened(),
    UniqueConstraint("team", "number"),
    UniqueConstraint("team", "interaction_id"),
    sqlite_autoincrement=True,
)
Index("escalations_status", escalations.c.team, escalations.c.status)
Index("escalations_requester", escalations.c.team, escalations.c.requester, escalations.c.id)
Index("escalations_card", escalations.c.team, escalations.c.card_channel, escalations.c.card_ts)
Index(
    "escalations_note",
    escalations.c.team,
    escalations.c.note_channel,
    func.coalesce(escalations.c.note_thread, escalations.c.note_ts),
)

escalation_numbers = Table(
    "escalation_numbers",
    metadata,
    Column("team", Text, primary_key=True, info=NONE),
    Column("last", Integer, nullable=False, info=NONE),
)
"""The highest number of an escalation by workspace, the 12 of ESC-12."""

changes = Table(
    "changes",
    metadata,
    Column("team", Text, primary_key=True, info=NONE),
    Column("escalation_id", _Id, ForeignKey("escalations.id"), primary_key=True, info=NONE),
    Column("number", Integer, primary_key=True, info=NONE),
    Column("verb", Text, nullable=False, info=NONE),
    Column("actor", Text, nullable=False, info=PERSON),
    Column("at", _Seconds, nullable=False, info=NONE),
    Column("resolution", Text, info=words("actor", cleared=None)),
)

alerts = Table(
    "alerts",
    metadata,
    Column("team", Text, primary_key=True, info=NONE),
    Column("cause", Text, primary_key=True, info=NONE),
    Column("at", _Seconds, nullable=False, info=NONE),
)

relays = Table(
    "relays",
    metadata,
    Column("id", _Id, Identity(always=True), primary_key=True, info=NONE),
    Column("team", Text, nullable=False, info=NONE),
    Column("escalation_id", _Id, ForeignKey("escalations.id"), nullable=False, info=NONE),
    Column("kind", Text, nullable=False, server_default=text("'answer'"), info=NONE),
    Column("channel", Text, nullable=False, server_default=_EMPTY, info=NONE),
    Column("ts", Text, nullable=False, info=NONE),
    Column("sender", Text, nullable=False, info=PERSON),
    Column("text", Text, nullable=False, info=words("sender")),
    Column("files", Text, nullable=False, server_default=_EMPTY_LIST, info=NONE),
    Column("edited", Text, nullable=False, server_default=_EMPTY, info=NONE),
    Column("deleted", Boolean, nullable=False, server_default=_NO, info=NONE),
    Column("revision", Integer, nullable=False, server_default=text("1"), info=NONE),
    Column("sent", Boolean, nullable=False, info=NONE),
    Column("copy_channel", Text, info=NONE),
    Column("copy_ts", Text, info=NONE),
    Column("copy_revision", Integer, nullable=False, server_default=text("0"), info=NONE),
    Column("change", Integer, info=NONE),
    Column("author", Text, nullable=False, server_default=_EMPTY, info=words("sender")),
    Column("ticket_revision", Integer, nullable=False, server_default=text("0"), info=NONE),
    Column("uploads", Text, nullable=False, server_default=_EMPTY_LIST, info=NONE),
    Column("held", Boolean, nullable=False, server_default=_NO, info=NONE),
    UniqueConstraint("team", "escalation_id", "channel", "ts"),
    sqlite_autoincrement=True,
)
Index("relays_source", relays.c.team, relays.c.channel, relays.c.ts)

tickets = Table(
    "tickets",
    metadata,
    Column("team", Text, primary_key=True, info=NONE),
    Column("escalation_id", _Id, ForeignKey("escalations.id"), primary_key=True, info=NONE),
    Column("key", Text, nullable=False, info=NONE),
    Column("synced", Integer, nullable=False, info=NONE),
    Column("updated_at", Text, nullable=False, info=NONE),
    Column("comments_from", Text, nullable=False, server_default=_EMPTY, info=NONE),
    UniqueConstraint("team", "key"),
)

cursors = Table(
    "cursors",
    metadata,
    Column("team", Text, primary_key=True, info=NONE),
    Column("name", Text, primary_key=True, info=NONE),
    Column("value", Text, nullable=False, info=NONE),
)

channel_moves = Table(
    "channel_moves",
    metadata,
    Column("team", Text, primary_key=True, info=NONE),
    Column("old", Text, primary_key=True, info=NONE),
    Column("new", Text, nullable=False, info=NONE),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", _Id, Identity(always=True), primary_key=True, info=NONE),
    Column("team", Text, nullable=False, info=NONE),
    Column("kind", Text, nullable=False, info=NONE),
    Column("subject", _Id, nullable=False, info=NONE),
    Column("state", Text, nullable=False, info=NONE),
    Column("attempts", Integer, nullable=False, info=NONE),
    Column("unsure", Boolean, nullable=False, info=NONE),
    Column("due_at", _Seconds, nullable=False, info=NONE),
    Column("lease", Text, info=NONE),
    Column("reason", Text, info=NONE),
    Column("created_at", _Seconds, nullable=False, info=NONE),
    Column("revision", Integer, nullable=False, server_default=text("1"), info=NONE),
    UniqueConstraint("team", "kind", "subject"),
    sqlite_autoincrement=True,
)
IS_WAITING = jobs.c.state == text("'waiting'")
IS_FAILED = jobs.c.state == text("'given up'")
"""Conditions of the partial indexes; as constants, as those of an index can be nothing else."""
PARTIAL_INDEXES = (
    Index("jobs_due", jobs.c.team, jobs.c.due_at, sqlite_where=IS_WAITING),
    Index("jobs_failed", jobs.c.team, jobs.c.kind, sqlite_where=IS_FAILED),
)
"""bot/storage/postgresql.py sets their conditions there: an option of a dialect imports it."""

schema_version = Table(
    "schema_version",
    metadata,
    Column("step", Integer, primary_key=True, autoincrement=False, info=NONE),
)
"""Migration steps of versions before Alembic, by which their databases are recognised."""

oldest_program = Table(
    "oldest_program",
    metadata,
    Column("revision", Text, primary_key=True, info=NONE),
)
"""One row: the revision that a program must know to use these tables."""

ABOUT_TABLES = (schema_version, oldest_program)
"""Tables about the tables, whose rows belong to no workspace."""
