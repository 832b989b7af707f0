"""What is wrong with a PostgreSQL database that cannot be opened, and what to do.

A connection that fails has no SQLSTATE, only libpq's and the server's words, which may be in
another language: then the fault counts as one that passes.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import URL

from bot.domain.errors import DatabaseAwayError, UserError

_NO_SERVER = "check that the server runs, and host and port"
_ITS_LOG = "its log says why"
_OPTIONS = "check what is after the question mark in it, and SSL"


class _Fault(NamedTuple):
    """A fault in words. `pattern`: of the error's text, or its SQLSTATE."""

    pattern: str
    what: str
    advice: str


_LASTING = (
    _Fault(
        r"password authentication failed|no password supplied|28P01",
        "{server} refuses the password of {user}",
        "check user and password",
    ),
    _Fault(
        r"role \S+ does not exist|is not permitted to log in|authentication failed|28000",
        "{server} has no user {user} that may log in like this",
        "check the user, or make it: CREATE ROLE … LOGIN PASSWORD …",
    ),
    _Fault(
        r"no pg_hba\.conf entry",
        "{server} lets {user} not in from this machine",
        "add a line to its pg_hba.conf",
    ),
    _Fault(
        r"database \S+ does not exist|3D000",
        "{server} has no database {database}",
        "check the name, or make it: CREATE DATABASE {database} OWNER {user}",
    ),
    _Fault(
        r"permission denied for database",
        "{server} does not let {user} into the database {database}",
        "run there: GRANT CONNECT ON DATABASE {database} TO {user}",
    ),
    _Fault(
        r"permission denied for schema|3F000",
        "{user} may not make tables in the schema of {database} on {server}",
        "run there: GRANT CREATE ON SCHEMA public TO {user}",
    ),
    _Fault(
        r"42501",
        "{user} may not change what is in {database} on {server}",
        "run there: REASSIGN OWNED BY … TO {user}; GRANT CREATE ON SCHEMA public TO {user}",
    ),
    _Fault(
        r"42P07",
        "{database} on {server} has tables of another program with the bot's names",
        "make a database for the bot alone",
    ),
    _Fault(
        r"does not support SSL|certificate|unrecognized configuration parameter"
        r"|invalid \S+ value|invalid connection option|bad value for",
        "{server} cannot be reached with these options",
        _OPTIONS,
    ),
)
_PASSING = (
    _Fault(r"failed to resolve host", "its name is not found", "check the host and the DNS"),
    _Fault(r"Connection refused", "connection refused", _NO_SERVER),
    _Fault(r"No such file or directory", "it has no socket", _NO_SERVER),
    _Fault(r"No route|unreachable", "the network does not lead there", _NO_SERVER),
    _Fault(
        r"timeout expired|does not answer|TimeoutError|QueuePool",
        "it does not answer",
        "check that the server works, and that no firewall is between",
    ),
    _Fault(r"starting up|57P03|recovery mode|accepting connections", "it is starting", _ITS_LOG),
    _Fault(r"shutting down|57P0[12]|terminating connection", "it was stopped", _NO_SERVER),
    _Fault(
        r"too many|remaining connection slots|53300",
        "it has no connection left",
        "raise its max_connections, or end other programs",
    ),
    _Fault(r"53100", "its disk is full", "free space there"),
    _Fault(
        r"25006", "it can be read only", "name the primary server, or allow writing: " + _ITS_LOG
    ),
    _Fault(
        r"57014|55P03|40001|40P01",
        "a statement took too long; another instance may be upgrading the tables",
        "wait for it, or see pg_stat_activity there",
    ),
    _Fault(r"FATAL", "it refuses the connection", _ITS_LOG),
    _Fault(r"OperationalError|InterfaceError", "the connection was lost", _NO_SERVER),
)


def fault_of_server(url: URL, error: Exception) -> UserError:
    """Return what an error says about the server and database of an address.

    It is a DatabaseAwayError if a later attempt may work.
    """
    orig = getattr(error, "orig", None) or error
    words = f"{type(error).__name__} {getattr(orig, 'sqlstate', None)} {orig}"
    known = {
        "server": f"PostgreSQL at {server_of(url)}",
        "user": url.username or "this system's user",
        "database": url.database or url.username or "of the user's name",
    }
    if lasting := _first(_LASTING, words):
        return UserError(f"DATABASE_URL: {lasting.what}; {lasting.advice}".format_map(known))
    if passing := _first(_PASSING, words):
        what, advice = passing.what, passing.advice
        return DatabaseAwayError(
            f"DATABASE_URL: {known['server']} cannot be used ({what}); {advice}"
        )
    state = getattr(orig, "sqlstate", None) or type(orig).__name__
    return UserError(
        f"DATABASE_URL: {known['database']} on {known['server']} cannot be opened ({state}); {_ITS_LOG}"
    )


def _first(faults: Sequence[_Fault], words: str) -> _Fault | None:
    return next((fault for fault in faults if re.search(fault.pattern, words)), None)


def server_of(url: URL) -> str:
    """Return the host and port of an address; of one without a host, the socket's folder."""
    host, port = url.host or url.query.get("host"), url.port or url.query.get("port") or 5432
    named = ", ".join(host) if isinstance(host, tuple) else host or "the local socket"
    return f"[{named}]:{port}" if ":" in named else f"{named}:{port}"
