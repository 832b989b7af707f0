"""A PostgreSQL server for the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

NO_SERVER = "PostgreSQL's programs are not on this machine (Debian: apt-get install postgresql); its half is skipped"


class NoServerError(Exception):
    """There is no PostgreSQL on this machine; `str(error)` says why."""


def programs() -> Path | None:
    """The folder of initdb and postgres: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


class Account(NamedTuple):
    """The user that a process runs as; None: the same as this one."""

    user: int | None = None
    group: int | None = None


def unprivileged() -> Account:
    """Returns the user to run PostgreSQL as, if this is root: its package's user, or nobody."""
    if os.geteuid() != 0:
        return Account()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise NoServerError("PostgreSQL does not run as root and there is no other user here")


@contextmanager
def running_server() -> Iterator[str]:
    """Yields the address of a new server on loopback, which is stopped and deleted afterwards."""
    folder = programs()
    if folder is None:
        raise NoServerError(NO_SERVER)
    account = unprivileged()
    data = Path(tempfile.mkdtemp(prefix="xero-bot-pg-"))
    if account.user is not None and account.group is not None:
        os.chown(data, account.user, account.group)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    database = f"{data}/db"
    initdb = [f"{folder}/initdb", "-D", database, "-U", "bot", "--auth=trust", "--no-sync"]
    pg_ctl = [f"{folder}/pg_ctl", "-D", database, "-w"]
    start = [*pg_ctl, "-o", options, "-l", f"{data}/log", "start"]
    stop = [*pg_ctl, "-m", "immediate", "stop"]

    def run(command: list[str], *, check: bool) -> None:
        subprocess.run(
            command,
            check=check,
            stdout=subprocess.DEVNULL,
            cwd="/",
            user=account.user,
            group=account.group,
        )

    try:
        for command in (initdb, start):
            run(command, check=True)
        yield f"postgresql://bot@127.0.0.1:{port}/postgres"
    finally:
        run(stop, check=False)
        shutil.rmtree(data, ignore_errors=True)
