"""What answers at a port where this bot may be running."""

from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPConnection, HTTPException

from bot.health_paths import ALIVE, MARK, mark_of
from bot.settings import Settings

LOOK_SECONDS = 4.0
"""Time limit of connecting, and of each read."""
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not listened on
"""Addresses to ask at, by those that listen on every network."""


class Owner(StrEnum):
    """Whose a port is."""

    THIS_BOT = "this bot"
    ANOTHER_BOT = "a bot with another token"
    ANOTHER_PROGRAM = "another program"


@dataclass(frozen=True)
class Answer:
    """Who has answered at /healthz, and whether with 200."""

    owner: Owner
    is_alive: bool


def reachable(host: str) -> str:
    """Return the address at which this machine reaches what listens on `host`."""
    return _ANY.get(host, host)


def answer_at(host: str, port: int, token: str) -> Answer | None:
    """Return who answers at a port, asked by a bot with this token; None if nobody does."""
    connection = HTTPConnection(reachable(host), port, timeout=LOOK_SECONDS)
    try:
        connection.request("GET", ALIVE)
        answer = connection.getresponse()
    except (HTTPException, OSError, ValueError):
        return None
    finally:
        connection.close()
    mark = answer.getheader(MARK)
    if mark is None:
        return Answer(Owner.ANOTHER_PROGRAM, is_alive=False)
    owner = Owner.THIS_BOT if mark == mark_of(token) else Owner.ANOTHER_BOT
    return Answer(owner, is_alive=answer.status == 200)


def why_not_alive(settings: Settings) -> str:
    """Return what to do if no bot with these settings answers; empty if one does.

    One whose token was changed since its start counts.
    """
    # `run --mode` may choose either
    ports = dict.fromkeys(filter(None, (settings.port, settings.health_port)))
    for port in ports:
        found = answer_at(settings.host, port, settings.slack_bot_token)
        if found and found.is_alive:
            return ""
    where = " or ".join(f"{reachable(settings.host)}:{port}" for port in ports)
    return f"no bot answers at {where}; start it, in Socket Mode with HEALTH_PORT"
