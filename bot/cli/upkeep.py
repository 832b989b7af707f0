"""Commands for the upgrade and the backup of a database."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.cli.console import fail, out
from bot.cli.log_lines import log_to_stderr
from bot.settings import Settings


async def upgrade_tables(settings: Settings) -> None:
    """Upgrade the tables, which the log says, and print the revision.

    Raises:
        UserError: the database cannot be used, there is no file, or a bot runs on it.
    """
    from sqlalchemy import make_url  # noqa: PLC0415 - a faster start of the bot

    from bot.storage import migrations  # noqa: PLC0415
    from bot.storage.database import connect  # noqa: PLC0415
    from bot.storage.existing import check_file  # noqa: PLC0415
    from bot.storage.opening_faults import opening_faults  # noqa: PLC0415
    from bot.storage.process_lock import only_process  # noqa: PLC0415

    log_to_stderr(settings.log_level, settings.log_format)
    with opening_faults(settings.database_url):
        if settings.database_url.startswith("sqlite"):
            check_file(make_url(settings.database_url).database or "")
        with only_process(settings.database_url):
            engine = await connect(settings.database_url)
            async with engine.connect() as connection:
                revision = await connection.run_sync(migrations.revision_of)
            await engine.dispose()
    out.print(
        f"The database is of revision {revision}. Programs from revision {migrations.OLDEST_PROGRAM} "
        "on can use it too.",
        soft_wrap=True,
    )


def back_up(settings: Settings, target: Path) -> None:
    """Copy a SQLite database to a new file that only its owner can read, also while a bot runs.

    Raises:
        UserError: there is no database.
    """
    from sqlalchemy import make_url  # noqa: PLC0415 - as above

    from bot.storage.existing import check_file  # noqa: PLC0415
    from bot.storage.opening_faults import opening_faults  # noqa: PLC0415

    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        fail("backup: copies SQLite databases; use pg_dump for PostgreSQL, see docs/operations.md")
    with opening_faults(settings.database_url):
        check_file(url.database or "")
    _copy(url.database or "", target)
    out.print(f"Backed up to {target}.", markup=False, soft_wrap=True)


def _copy(source: str, target: Path) -> None:
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        other = target.with_stem(f"{target.stem}-{datetime.now().astimezone():%Y%m%d-%H%M}")
        fail(f"backup: {target} exists and is kept; name another file, such as {other}")
    except OSError as error:
        fail(f"backup: {target} cannot be created ({error.strerror})")
    try:
        # in one step: a copy in several begins again whenever the bot writes
        with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as copy:
            reading.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    except (sqlite3.Error, OSError) as error:
        target.unlink()
        fail(f"backup: {target} cannot be written ({error})")
