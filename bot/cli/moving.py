"""Command that moves a SQLite database to PostgreSQL."""

from contextlib import AsyncExitStack
from pathlib import Path

from bot.cli.console import fail, out
from bot.settings import Settings


async def move_rows_of(settings: Settings, file: Path) -> None:
    """Copy the rows of `file` into the empty database of the settings, and print their numbers.

    Raises:
        UserError: one of them cannot be opened, a bot runs on the file, or the other is not empty.
    """
    from sqlalchemy import make_url  # noqa: PLC0415 - a faster start of the bot

    from bot.storage.database import connect  # noqa: PLC0415
    from bot.storage.existing import OldTablesError, check_file, connect_existing  # noqa: PLC0415
    from bot.storage.moving import move_rows  # noqa: PLC0415
    from bot.storage.opening_faults import opening_faults  # noqa: PLC0415
    from bot.storage.process_lock import only_process  # noqa: PLC0415

    if make_url(settings.database_url).get_backend_name() == "sqlite":
        fail("DATABASE_URL: names a SQLite database (allowed: the PostgreSQL database to move to)")
    _require_file(file)
    address = f"sqlite:///{file}"
    async with AsyncExitStack() as closing:
        try:
            with opening_faults(address):
                check_file(str(file))
                closing.enter_context(only_process(address))
                source = await connect_existing(address)
        except OldTablesError:
            upgrade = f"DATABASE_URL={address} python -m bot migrate"
            fail(f"move-database: {file} is of an earlier version; upgrade it first: {upgrade}")
        closing.push_async_callback(source.dispose)
        with opening_faults(settings.database_url):
            target = await connect(settings.database_url)
        closing.push_async_callback(target.dispose)
        counts = await move_rows(source, target)
    for table, count in counts.items():
        out.print(f"{count:>8} {table}", markup=False)
    out.print(
        f"Moved {sum(counts.values())} rows. {file} is as it was.", markup=False, soft_wrap=True
    )


def _require_file(file: Path) -> None:
    if not file.is_file():
        fail(f"move-database: there is no file {file.resolve()}; name the database of the bot")
