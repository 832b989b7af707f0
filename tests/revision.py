"""A new revision of the tables: `make revision NAME="keep shifts"`.

The difference between `bot/storage/tables.py` and the newest revision is written into a file under
`bot/storage/migrations/versions/`.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import warnings

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.storage.database import engine_on
from bot.storage.migrations.upgrading import config_for
from tests.empty_database import run_revisions


def revise(connection: Connection, name: str) -> None:
    config = config_for(connection)
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    newest = ScriptDirectory.from_config(config).get_current_head() or "0"
    warnings.filterwarnings(
        "ignore", ".*expression-based index"
    )  # the ones that SQLite cannot describe
    command.revision(config, name, autogenerate=True, rev_id=f"{int(newest) + 1:04}")


async def main(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_on(f"sqlite:///{folder}/newest.sqlite3")
        # not by `connect`: it would have what `tables.py` has
        await run_revisions(engine)
        async with engine.begin() as connection:
            await connection.run_sync(revise, name)
        await engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1]:
        sys.exit(
            'NAME: missing, what the revision does in a few words (make revision NAME="keep shifts")'
        )
    asyncio.run(main(sys.argv[1]))
