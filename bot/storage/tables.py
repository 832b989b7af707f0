"""The tables. `migrations.py` makes them; a test holds both equal."""

from sqlalchemy import BigInteger, Boolean, Column, Double, Integer, MetaData, Table, Text, UniqueConstraint
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

metadata = MetaData()
_Id = BigInteger().with_variant(Integer, "sqlite")

interactions = Table(
    "interactions",
    metadata,
    Column("id", _Id, primary_key=True),
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
    Column("created_at", Double, nullable=False),
    Column("forgotten", Boolean, nullable=False),
    Column("files", Text, nullable=False),
    Column("asks_about", Text, nullable=False),
    Column("attached", Text, nullable=False),
    Column("reads", Text, nullable=False),
    Column("omitted", Text, nullable=False),
    Column("earlier", Text),
    Column("edited", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("deleted", Boolean, nullable=False),
    UniqueConstraint("team", "channel", "ts"),
)

told = Table(
    "told",
    metadata,
    Column("interaction_id", _Id, primary_key=True),
    Column("article_id", Text, primary_key=True),
)

votes = Table(
    "votes",
    metadata,
    Column("interaction_id", _Id, primary_key=True),
    Column("voter", Text, primary_key=True),
    Column("helped", Boolean, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("reason", Text),
    Column("words", Text, nullable=False),
)

escalations = Table(
    "escalations",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("interaction_id", _Id, nullable=False, unique=True),
    Column("requester", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("card_channel", Text),
    Column("card_ts", Text),
    Column("note_ts", Text),
    Column("created_at", Double, nullable=False),
    Column("claimant", Text),
    Column("resolution", Text),
    Column("version", Integer, nullable=False),
    Column("changed_at", Double, nullable=False),
    Column("note_channel", Text),
    Column("note_thread", Text),
)

changes = Table(
    "changes",
    metadata,
    Column("escalation_id", _Id, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("verb", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("resolution", Text),
)

alerts = Table("alerts", metadata, Column("cause", Text, primary_key=True), Column("at", Double, nullable=False))

relays = Table(
    "relays",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("escalation_id", _Id, nullable=False),
    Column("ts", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sent", Boolean, nullable=False),
    UniqueConstraint("escalation_id", "ts"),
)

tickets = Table(
    "tickets",
    metadata,
    Column("escalation_id", _Id, primary_key=True),
    Column("number", _Id, nullable=False, unique=True),
    Column("synced", Integer, nullable=False),
    Column("updated_at", Text, nullable=False),
)

cursors = Table("cursors", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

jobs = Table(
    "jobs",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", _Id, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("unsure", Boolean, nullable=False),
    Column("due_at", Double, nullable=False),
    Column("lease", Text),
    Column("reason", Text),
    Column("created_at", Double, nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("kind", "subject"),
)


class now(FunctionElement[float]):  # noqa: N801 - reads as SQL's now()
    """Seconds since 1970 by the database's clock: several instances share one."""

    type = Double()
    inherit_cache = True


@compiles(now, "postgresql")
def _now_postgresql(_element: now, _compiler: SQLCompiler, **_options: object) -> str:
    return "extract(epoch from clock_timestamp())::double precision"


@compiles(now, "sqlite")
def _now_sqlite(_element: now, _compiler: SQLCompiler, **_options: object) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"
