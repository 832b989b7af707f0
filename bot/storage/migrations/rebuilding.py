"""Changes of existing tables, in place in PostgreSQL, by copying the table in SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

KEY_NAMES = {"pk": "%(table_name)s_pkey", "uq": "%(table_name)s_%(column_0_N_name)s_key"}
"""PostgreSQL's names of keys that were created without one. SQLite has no names for them."""


@contextmanager
def changing(table: str) -> Iterator[BatchOperations]:
    """Collects changes of one table. Expression indexes are lost in SQLite: create them again."""
    numbered = table_of(table, "id") and op.get_bind().dialect.name == "sqlite"
    last = _last_number(table) if numbered else None
    kwargs = {"sqlite_autoincrement": True} if numbered else {}
    with op.batch_alter_table(
        table,
        naming_convention=KEY_NAMES,
        table_kwargs=kwargs,
        reflect_kwargs={"resolve_fks": False},  # the tables that it refers to are not rebuilt
    ) as batch:
        yield batch
    if last is not None:
        _go_on_from(table, last)


def table_of(table: str, column: str) -> bool:
    """Whether the table has that column."""
    return any(found["name"] == column for found in sa.inspect(op.get_bind()).get_columns(table))


def _last_number(table: str) -> int:
    """Returns the highest id ever used; none is used again, as jobs and posts refer to it."""
    kept = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :table")
    return op.get_bind().execute(kept, {"table": table}).scalar_one_or_none() or 0


def _go_on_from(table: str, last: int) -> None:
    bind, values = op.get_bind(), {"table": table, "last": last}
    bind.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :table"), values)
    bind.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)"), values)
