"""Migrations: Alembic brings the database's tables up to date.

Alembic replaced a list of steps of our own: it writes a revision from the difference between `tables.py` and the
database, and a test compares both.
"""

import logging
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import UserError
from bot.storage.tables import metadata, schema_version

log = logging.getLogger(__name__)
# its INFO lines are about itself, and there are three at every start; what was done to the database is logged here
logging.getLogger("alembic").setLevel(logging.WARNING)

_ADVISORY_LOCK = 0x58_45_52_4F  # "XERO": instances that start at once migrate one after the other


async def migrate(connection: AsyncConnection) -> None:
    """Bring the database to the newest revision, in the transaction that `connection` has open.

    A database of a newer program is left as it is: it works with this one unless columns are missing.

    Raises:
        UserError: it counts as up to date, and lacks what the program reads and writes.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(
            text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK}
        )
    await connection.run_sync(_upgrade)
    if missing := await connection.run_sync(missing_columns):
        raise UserError(
            f"DATABASE_URL: the database lacks {', '.join(missing[:3])}; put a backup back, or name another"
        )


def missing_columns(connection: Connection) -> list[str]:
    """What the program reads and writes and the database has not, as `table.column`."""
    found = inspect(connection).get_multi_columns()
    there = {(table, column["name"]) for (_, table), columns in found.items() for column in columns}
    needed = [
        (table.name, column.name) for table in metadata.sorted_tables for column in table.columns
    ]
    return [f"{table}.{column}" for table, column in needed if (table, column) not in there]


def config_for(connection: Connection) -> Config:
    """Alembic's configuration, without a file: the revisions beside this module, run on `connection`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    config, scripts = config_for(connection), _scripts()
    before = _revision(connection) or _stamped(connection, config)
    if before == scripts.get_current_head():
        return
    if before and not _is_known(scripts, before):
        log.warning("database: made by a newer version of the bot (revision %s)", before)
        return
    command.upgrade(config, "head")
    log.info("database: upgraded from revision %s to %s", before or "none", _revision(connection))


@cache
def _scripts() -> ScriptDirectory:
    """The revisions of this program, which do not change while it runs."""
    return ScriptDirectory(str(Path(__file__).parent))


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_known(scripts: ScriptDirectory, revision: str) -> bool:
    try:
        return scripts.get_revision(revision) is not None
    except CommandError:
        return False


def _stamped(connection: Connection, config: Config) -> str | None:
    """Write down the revision of a database from before Alembic and return it; None for an empty database."""
    if not inspect(connection).has_table(schema_version.name):
        return None
    steps = connection.execute(select(func.count()).select_from(schema_version)).scalar_one()
    if not steps:
        return None
    command.stamp(config, f"{steps:04}")
    return _revision(connection)
