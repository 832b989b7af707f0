"""Lock that allows one process per SQLite file: start-up treats every open lease as abandoned."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from bot.domain.errors import UserError
from bot.storage.sqlite import check_header, file_of


@contextmanager
def only_process(address: str) -> Iterator[bool]:
    """Hold the lock file beside a SQLite database; yields False for any other database.

    The operating system releases it when the process ends, however it ends. `flock` is enough: what
    the library filelock adds is Windows, where the bot does not run.

    Raises:
        UserError: another process holds it, or the address names no file of SQLite.
        OSError: the file cannot be made.
    """
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        yield False
        return
    database = file_of(url)
    check_header(database)
    file = Path(f"{database}.lock")
    descriptor = _opened(file, database)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other = file.read_text(encoding="ascii", errors="replace").strip() or "unknown"
            raise UserError(
                f"DATABASE_URL: {url.database} is in use by another process of the bot (process id {other}). "
                "SQLite serves one process: stop the other one, or use PostgreSQL for several"
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield True
    finally:
        os.close(descriptor)


def _opened(file: Path, database: Path) -> int:
    """Return a descriptor of the lock file, made for the database's owner if root makes it.

    So do SQLite's own files: after a command of root, the bot's user can still start.
    """
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return os.open(file, os.O_RDWR)
    if os.geteuid() == 0 and database.exists():
        owner = database.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor
