"""What is wrong with a SQLite file that cannot be opened, and what to do."""

import errno
import os
import pwd
import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL

from bot.domain.errors import DatabaseAwayError, UserError

_SHORT_OF_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})
_BASIC_CODE = 0xFF
"""The bits of SQLite's basic error code; the others refine it."""
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
"""SQLite's error codes (docs: Result and Error Codes)."""


def fault_of_file(url: URL, error: Exception) -> UserError:
    """Return what an error says about the file of an address.

    It is a DatabaseAwayError if a later attempt may work.
    """
    file = Path(url.database or "").resolve()
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0) & _BASIC_CODE
    if code in {_BUSY, _LOCKED}:
        return DatabaseAwayError(
            f"DATABASE_URL: {file} is locked by another program, such as a backup; wait, or end it"
        )
    if code in {_FULL, _IOERR} or getattr(error, "errno", None) in _SHORT_OF_SPACE:
        return DatabaseAwayError(
            f"DATABASE_URL: {file} cannot be written; check that its disk has space left and works"
        )
    return UserError(f"DATABASE_URL: {_lasting(file, code, error)}")


def _lasting(file: Path, code: int, error: Exception) -> str:
    if code == _NOTADB:
        return f"{file} is not a SQLite database; name another file"
    if code == _CORRUPT:
        return f"{file} is damaged; put a backup back (docs/operations.md)"
    if refused := next(_without_access(file), None):
        return refused
    if code in {_READONLY, _CANTOPEN} or isinstance(error, PermissionError):
        return f"{file} cannot be written; check its rights and those of its folder"
    return f"{file} cannot be opened ({type(error).__name__}); python -m bot doctor checks it"


def check_access(file: Path) -> None:
    """Check that this user may write a SQLite file, those beside it, and their folder.

    Raises:
        UserError: it may not.
    """
    for sentence in _without_access(file.resolve()):
        raise UserError(f"DATABASE_URL: {sentence}")


def _without_access(file: Path) -> Iterator[str]:
    """Yield a sentence about each folder and file that this user may not write.

    Folders come first, from the root on: behind a closed one, nothing is seen.
    """
    for folder in reversed(file.parents):
        if not _may(folder, os.X_OK):
            yield _refused(folder, "entered")
            return
    if not _may(file.parent, os.W_OK):
        yield _refused(file.parent, "written to")
    for name in (file, *(Path(f"{file}{end}") for end in (".lock", "-wal", "-shm"))):
        if _may(name, os.F_OK) and not _may(name, os.R_OK | os.W_OK):
            yield _refused(name, "read and written")


def _may(path: Path, how: int) -> bool:
    return os.access(path, how, effective_ids=True)


def _refused(path: Path, how: str) -> str:
    if os.statvfs(path).f_flag & os.ST_RDONLY:
        return (
            f"{path} is on a file system that is read only; mount it writable, or name another file"
        )
    found, us = path.stat(), os.geteuid()
    mode = f"{stat.S_IMODE(found.st_mode):04o}"
    what = f"{path} cannot be {how} by this user, {_name_of(us)}"
    if found.st_uid == us:
        needed = "700" if path.is_dir() else "600"
        return f"{what}: its mode is {mode}; run: chmod {needed} {path}"
    # the number: a service's user may have no name while the service is stopped
    return (
        f"{what}: it belongs to {_name_of(found.st_uid)}, mode {mode}; if the bot runs as this user, "
        f"run: chown {us} {path} (otherwise run this as the bot's user)"
    )


def _name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"{user}"
