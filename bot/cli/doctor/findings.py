"""What checks find, and how they are run: all at once, each with a time limit."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.domain.errors import (
    GaveUpError,
    ThrottledError,
    TryLaterError,
    UnauthorisedError,
    UserError,
)

CHECK_SECONDS = 20.0
"""Time limit of a check, longer than that of a call to Slack, Zendesk or the mail server."""
_TRY_AGAIN = "check the network and a proxy, and try again"


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"
    """Something does not work, or could not be checked; the bot runs without it."""
    FAIL = "fail"
    """The bot does not start, or loses what the settings ask for."""


@dataclass(frozen=True)
class Finding:
    """One line. `text`: what was found; unless it is ok, also what to do."""

    level: Level
    text: str

    @classmethod
    def ok(cls, text: str) -> Self:
        """Return that something works."""
        return cls(Level.OK, text)

    @classmethod
    def warn(cls, text: str) -> Self:
        """Return that something does not work without which the bot runs."""
        return cls(Level.WARN, text)

    @classmethod
    def fail(cls, text: str) -> Self:
        """Return that something does not work that the bot needs."""
        return cls(Level.FAIL, text)


def with_advice(error: TryLaterError | GaveUpError, advice: str = _TRY_AGAIN) -> str:
    """Return what has failed, and what to do; `advice` counts where the error has none itself."""
    if isinstance(error, GaveUpError | UnauthorisedError) or error.alert:
        return error.reason
    limited = isinstance(error, ThrottledError)
    return f"{error.reason}; {'wait a minute, and try again' if limited else advice}"


class NotCheckedError(Exception):
    """Something that a check needs is missing; the text says what."""


@dataclass(frozen=True)
class Check:
    """A check of one subject, such as the token."""

    subject: str
    run: Callable[[], Awaitable[Sequence[Finding]]]


@dataclass(frozen=True)
class Line:
    """A finding with its subject."""

    subject: str
    finding: Finding


async def run_checks(checks: Iterable[Check], seconds: float = CHECK_SECONDS) -> list[Line]:
    """Run all checks at the same time; return their lines in the order of the checks."""
    checks = [*checks]
    found = await asyncio.gather(*(_run(check, seconds) for check in checks))
    return [
        Line(check.subject, finding)
        for check, findings in zip(checks, found, strict=True)
        for finding in findings
    ]


async def _run(check: Check, seconds: float) -> Sequence[Finding]:
    try:
        async with asyncio.timeout(seconds):
            return await check.run()
    except NotCheckedError as why:
        return [Finding.warn(f"not checked: {why}")]
    except UserError as error:
        return [Finding.fail(line) for line in str(error).splitlines()]
    except (TryLaterError, GaveUpError) as error:
        return [Finding.fail(with_advice(error))]
    except TimeoutError:
        return [Finding.fail(f"no answer within {seconds:g} seconds; check the network, try again")]
    except Exception as error:  # noqa: BLE001 - the other checks go on
        return [Finding.fail(f"the check itself failed ({type(error).__name__}); please report it")]
