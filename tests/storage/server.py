"""A PostgreSQL server for the tests."""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TextIO

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
    server = _start()
    try:
        yield server.address
    finally:
        _stop(server)


@contextmanager
def shared_server(folder: Path) -> Iterator[str]:
    """Yields the address of one server for all processes with this `folder`.

    The first process starts it, the last stops it.

    Locks count the processes: the system releases those of one that is killed.
    """
    note = folder / "postgresql.json"
    with (folder / "postgresql.users").open("w") as users:
        with _locked(folder / "postgresql.lock"):
            if not note.exists():
                note.write_text(json.dumps(_start("full_page_writes", "synchronous_commit")))
            server = _Server(*json.loads(note.read_text()))
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield server.address
        finally:
            with _locked(folder / "postgresql.lock"):
                fcntl.flock(users, fcntl.LOCK_UN)
                if _is_unused(users):
                    note.unlink()
                    _stop(server)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_unused(users: TextIO) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class _Server(NamedTuple):
    data: str
    address: str


def _start(*off: str) -> _Server:
    """Start a server without the options `off`."""
    folder = programs()
    if folder is None:
        raise NoServerError(NO_SERVER)
    account = unprivileged()
    data = tempfile.mkdtemp(prefix="xero-bot-pg-")
    if account.user is not None and account.group is not None:
        os.chown(data, account.user, account.group)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
    options += "".join(f" -c {name}=off" for name in ("fsync", *off))
    initdb = [f"{folder}/initdb", "-D", f"{data}/db", "-U", "bot", "--auth=trust", "--no-sync"]
    start = [f"{folder}/pg_ctl", "-D", f"{data}/db", "-w", "-o", options, "-l", f"{data}/log"]
    server = _Server(data, f"postgresql://bot@127.0.0.1:{port}/postgres")
    try:
        _run(initdb)
        _run([*start, "start"])
    except BaseException:
        _stop(server)
        raise
    return server


def _stop(server: _Server) -> None:
    with suppress(subprocess.CalledProcessError):  # it never started
        _run([f"{programs()}/pg_ctl", "-D", f"{server.data}/db", "-m", "immediate", "stop"])
    shutil.rmtree(server.data, ignore_errors=True)


def _run(command: list[str]) -> None:
    account = unprivileged()
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        user=account.user,
        group=account.group,
    )
