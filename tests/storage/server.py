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

NO_SERVER = "PostgreSQL's programs are not on this machine (Debian: apt-get install postgresql); its half is skipped"


class NoServerError(Exception):
    """There is none on this machine; the words say why."""


def programs() -> Path | None:
    """The folder of initdb and postgres: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


def unprivileged() -> dict[str, int | str]:
    """PostgreSQL refuses to run as root: then it runs as the user its package made, or as nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid}
    raise NoServerError("PostgreSQL does not run as root and there is no other user here")


@contextmanager
def running_server() -> Iterator[str]:
    """The address of a server of our own, on loopback, gone afterwards."""
    folder = programs()
    if folder is None:
        raise NoServerError(NO_SERVER)
    who = unprivileged()
    data = Path(tempfile.mkdtemp(prefix="xero-bot-pg-"))
    if who:
        os.chown(data, int(who["user"]), int(who["group"]))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    initdb = [folder / "initdb", "-D", data / "db", "-U", "bot", "--auth=trust", "--no-sync"]
    start = [folder / "pg_ctl", "-D", data / "db", "-w", "-o", options, "-l", data / "log", "start"]
    stop = [folder / "pg_ctl", "-D", data / "db", "-m", "immediate", "stop"]
    try:
        for command in (initdb, start):
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **who)
        yield f"postgresql://bot@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(stop, check=False, stdout=subprocess.DEVNULL, cwd="/", **who)
        shutil.rmtree(data, ignore_errors=True)
