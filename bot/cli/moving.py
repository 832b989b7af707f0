"""Command that moves a SQLite database to PostgreSQL."""

from pathlib import Path

from bot.cli.console import fail, out
from bot.settings import Settings


async def move_rows_of(settings: Settings, file: Path) -> None:
    """Copy the rows of `file` into the empty database of the settings, and print their numbers.

    Raises:
        UserError: one of them cannot be opened, a bot runs on the file, or the other is not empty.
    """
    from sqlalchemy import make_url  # noqa: PLC0415 - a faster start of the bot

    from bot.storage.database import connect, opening_faults  # noqa: PLC0415
    from bot.storage.existing import connect_existing  # noqa: PLC0415
    from bot.storage.moving import move_rows  # noqa: PLC0415
    from bot.storage.process_lock import only_process  # noqa: PLC0415

    if make_url(settings.database_url).get_backend_name() == "sqlite":
        fail("DATABASE_URL: names a SQLite database (allowed: the PostgreSQL database to move to)")
    address = f"sqlite:///{file}"
    with opening_faults():
        source = await connect_existing(address)
    try:
        with only_process(address):
            with opening_faults():
                target = await connect(settings.database_url)
            try:
                counts = await move_rows(source, target)
            finally:
                await target.dispose()
    finally:
        await source.dispose()
    for table, count in counts.items():
        out.print(f"{count:>8} {table}", markup=False)
    out.print(
        f"Moved {sum(counts.values())} rows. {file} is as it was.", markup=False, soft_wrap=True
    )
