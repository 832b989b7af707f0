"""One process for each SQLite file: it has one writer, and a start takes every open lease for a dead process's."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from bot.domain.errors import UserError
from bot.storage.sqlite import file_of


@contextmanager
def only_process(address: str) -> Iterator[bool]:
    """Hold the file beside a SQLite database that keeps others out; gives whether there is such a file.

    The operating system lets go of it when the process ends, however it ends. filelock was weighed: its one call more
    than `flock` is for Windows, where the bot does not run.

    Raises:
        UserError: another process has it, or the address names a folder.
        OSError: the file cannot be made.
    """
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        yield False
        return
    file = Path(f"{file_of(url)}.lock")
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
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
