"""The tables. Revisions under `migrations/` make them; a test holds both equal."""

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
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

metadata = MetaData()
_Id = BigInteger().with_variant(Integer, "sqlite")
_Seconds: TypeEngine[float] = Double().with_variant(REAL, "sqlite")
_EMPTY, _NO = text("''"), text("FALSE")

interactions = Table(
    "interactions",
    metadata,
    Column("id", _Id, Identity(always=True), primary_key=True),
    Column("token", Text, nullable=False, unique=True),
    Column("team", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("ts", Text, nullable=False),
    Column("thread_ts", Text),
    Column("requester", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("reply_ts", Text),
    Column("article_id", Text),
    Column("created_at", _Seconds, nullable=False),
    Column("forgotten", Boolean, nullable=False, server_default=_NO),
    Column("files", Text, nullable=False, server_default=_EMPTY),
    Column("asks_about", Text, nullable=False, server_default=_EMPTY),
    Column("attached", Text, nullable=False, server_default=_EMPTY),
    Column("reads", Text, nullable=False, server_default=text("'[]'")),
    Column("omitted", Text, nullable=False, server_default=_EMPTY),
    Column("earlier", Text),
    Column("edited", Text, nullable=False, server_default=_EMPTY),
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("deleted", Boolean, nullable=False, server_default=_NO),
    Column("verdict", Text),
    Column("found", Text),
    Column("shown", Text, nullable=False, server_default=_EMPTY),
    Column("share_url", Text),
    UniqueConstraint("team", "channel", "ts"),
    sqlite_autoincrement=True,
)
Index(
    "interactions_thread",
    interactions.c.channel,
    func.coalesce(interactions.c.thread_ts, interactions.c.ts),
)
Index("interactions_author", interactions.c.requester, interactions.c.created_at)

article_versions = Table(
    "article_versions",
    metadata,
    Column("team", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("created_at", _Seconds, nullable=False),
)

told = Table(
    "told",
    metadata,
    Column("interaction_id", _Id, ForeignKey("interactions.id"), primary_key=True),
    Column("article_id", Text, primary_key=True),
)
Index("told_article", told.c.article_id)

votes = Table(
    "votes",
    metadata,
    Column("interaction_id", _Id, ForeignKey("interactions.id"), primary_key=True),
    Column("voter", Text, primary_key=True),
    Column("helped", Boolean, nullable=False),
    Column("created_at", _Seconds, nullable=False),
    Column("article_id", Text, nullable=False, server_default=_EMPTY),
    Column("reason", Text),
    Column("words", Text, nullable=False, server_default=_EMPTY),
)

escalations = Table(
    "escalations",
    metadata,
    Column("id", _Id, Identity(always=True), primary_key=True),
    Column("interaction_id", _Id, ForeignKey("interactions.id"), nullable=False, unique=True),
    Column("requester", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("card_channel", Text),
    Column("card_ts", Text),
    Column("note_ts", Text),
    Column("created_at", _Seconds, nullable=False),
    Column("claimant", Text),
    Column("resolution", Text),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("changed_at", _Seconds, nullable=False, server_default=text("0")),
    Column("note_channel", Text),
    Column("note_thread", Text),
    Column("verdict", Text),
    Column("found", Text),
    Column("article_id", Text),
    Column("omitted", Text),
    sqlite_autoincrement=True,
)

changes = Table(
    "changes",
    metadata,
    Column("escalation_id", _Id, ForeignKey("escalations.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("verb", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", _Seconds, nullable=False),
    Column("resolution", Text),
)

alerts = Table(
    "alerts",
    metadata,
    Column("cause", Text, primary_key=True),
    Column("at", _Seconds, nullable=False),
)

relays = Table(
    "relays",
    metadata,
    Column("id", _Id, Identity(always=True), primary_key=True),
    Column("escalation_id", _Id, ForeignKey("escalations.id"), nullable=False),
    Column("ts", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sent", Boolean, nullable=False),
    UniqueConstraint("escalation_id", "ts"),
    sqlite_autoincrement=True,
)

tickets = Table(
    "tickets",
    metadata,
    Column("escalation_id", _Id, ForeignKey("escalations.id"), primary_key=True),
    Column("number", _Id, nullable=False, unique=True),
    Column("synced", Integer, nullable=False),
    Column("updated_at", Text, nullable=False),
)

cursors = Table(
    "cursors",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", _Id, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", _Id, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("unsure", Boolean, nullable=False),
    Column("due_at", _Seconds, nullable=False),
    Column("lease", Text),
    Column("reason", Text),
    Column("created_at", _Seconds, nullable=False),
    Column("revision", Integer, nullable=False, server_default=text("1")),
    UniqueConstraint("kind", "subject"),
    sqlite_autoincrement=True,
)
_waiting = jobs.c.state == text("'waiting'")
Index("jobs_due", jobs.c.due_at, postgresql_where=_waiting, sqlite_where=_waiting)

schema_version = Table("schema_version", metadata, Column("step", Integer, primary_key=True))
"""Steps of programs from before Alembic: with all of them in it, one of those can be started again."""


class now(FunctionElement[float]):  # noqa: N801 - reads as SQL's now()
    """Seconds since 1970 by the database's clock: several instances share one."""

    type = Double()
    inherit_cache = True


class json_field(FunctionElement[str]):  # noqa: N801 - reads as SQL's functions do
    """A field of a JSON object that is kept as text: the column, and the field's name."""

    type = Text()
    inherit_cache = True


@compiles(json_field, "postgresql")
def _field_postgresql(element: json_field, compiler: SQLCompiler, **options: object) -> str:
    column, name = element.clauses
    return f"({compiler.process(column, **options)}::json ->> {compiler.process(name, **options)})"


@compiles(json_field, "sqlite")
def _field_sqlite(element: json_field, compiler: SQLCompiler, **options: object) -> str:
    column, name = element.clauses
    return f"json_extract({compiler.process(column, **options)}, '$.' || {compiler.process(name, **options)})"


@compiles(now, "postgresql")
def _now_postgresql(_element: now, _compiler: SQLCompiler, **_options: object) -> str:
    return "extract(epoch from clock_timestamp())::double precision"


@compiles(now, "sqlite")
def _now_sqlite(_element: now, _compiler: SQLCompiler, **_options: object) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"
