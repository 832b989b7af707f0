"""Migrations: Alembic brings the database's tables up to date.

Alembic replaced a list of steps of our own: it writes a revision from the difference between `tables.py` and the
database, and a test compares both.
"""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import schema_version

log = logging.getLogger(__name__)
# its INFO lines are about itself, and there are three at every start; what was done to the database is logged here
logging.getLogger("alembic").setLevel(logging.WARNING)

_ADVISORY_LOCK = 0x58_45_52_4F  # "XERO": instances that start at once migrate one after the other


async def migrate(connection: AsyncConnection) -> None:
    """Bring the database to the newest revision, in the transaction that `connection` has open.

    A database of a newer program is left as it is: revisions only add, so it works with this one.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    await connection.run_sync(_upgrade)


def config_for(connection: Connection) -> Config:
    """Alembic's configuration, without a file: the revisions beside this module, run on `connection`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    config = config_for(connection)
    scripts = ScriptDirectory.from_config(config)
    before = _revision(connection) or _stamped(connection, config)
    if before == scripts.get_current_head():
        return
    if before and not _is_known(scripts, before):
        log.warning("database: made by a newer version of the bot (revision %s)", before)
        return
    command.upgrade(config, "head")
    log.info("database: upgraded from revision %s to %s", before or "none", _revision(connection))


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
