"""Upgrades of a database that an earlier version made, by Alembic's revisions."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, func, select

from bot.storage.migrations import check_usable, revision_of
from bot.storage.tables import schema_version

log = logging.getLogger(__name__)
# Alembic logs three lines about itself at every start; upgrades are logged by `migrate`
logging.getLogger("alembic").setLevel(logging.WARNING)


def upgrade(connection: Connection) -> str | None:
    """Run the revisions that the database lacks. Returns the revision that it had before.

    A database of a newer version is not changed.

    Raises:
        UserError: this program is too old for it.
    """
    scripts = ScriptDirectory(str(Path(__file__).parent))
    before = revision_of(connection) or _stamped(connection, scripts)
    if before and not _is_known(scripts, before):
        check_usable(connection)
        log.warning("database: made by a newer version of the bot (revision %s)", before)
    elif before != scripts.get_current_head():
        command.upgrade(config_for(connection), "head")
    return before


def config_for(connection: Connection) -> Config:
    """Returns Alembic's configuration: the revisions beside this module, run on `connection`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _is_known(scripts: ScriptDirectory, revision: str) -> bool:
    try:
        return scripts.get_revision(revision) is not None
    except CommandError:
        return False


def _stamped(connection: Connection, scripts: ScriptDirectory) -> str | None:
    """Stamp a database from before Alembic and return its revision; None if it is empty."""
    steps = connection.execute(select(func.count()).select_from(schema_version)).scalar_one()
    if not steps:
        return None
    MigrationContext.configure(connection).stamp(scripts, f"{steps:04}")
    return revision_of(connection)
