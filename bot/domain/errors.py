"""Exceptions: mistakes that a person can correct, and failures of work, temporary or final."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class UserError(Exception):
    """A mistake that the person can correct.

    `str(error)` is the sentence they read; it never contains pasted text.
    """


class DatabaseAwayError(UserError):
    """The database cannot be reached or written now; it may be when it is tried again."""


@dataclass(frozen=True)
class Fault:
    """One mistake in a configuration file. `what`: what is wrong, and what is allowed."""

    file: str
    line: int
    key: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.what}"


class FaultyFilesError(UserError):
    """Faulty configuration files, not loaded; `str(error)` has one line for each fault."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.line, fault.key))
        super().__init__("\n".join(map(str, self.faults)))


class KnowledgeError(FaultyFilesError):
    """The knowledge base has faults."""


class ChannelsError(FaultyFilesError):
    """The settings of channels have faults."""


class TryLaterError(Exception):
    """A temporary failure: retry after `seconds`, or with the usual back-off (None).

    `reason`: for logs and operators. `alert`: retries fail until an operator repairs something, so
    the operators get an alert. `unsure`: the work may have been done. `counts`: this was a failed
    attempt, which increases the back-off.
    """

    unsure = False
    counts = True

    def __init__(self, reason: str, seconds: float | None = None, *, alert: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds
        self.alert = alert


class UnsureError(TryLaterError):
    """The work may have been done: the connection broke, or the other side had an internal error.

    `answered`: the other side did answer, so the request takes no effect after this moment.
    """

    unsure = True

    def __init__(
        self,
        reason: str,
        seconds: float | None = None,
        *,
        alert: bool = False,
        answered: bool = False,
    ) -> None:
        super().__init__(reason, seconds, alert=alert)
        self.answered = answered


class UnsettledError(UnsureError):
    """An earlier attempt of unknown outcome may still take effect; this one did not fail."""

    counts = False


class ThrottledError(TryLaterError):
    """A rate limit, the other side's or our own. Nothing has failed."""

    counts = False


class UnauthorisedError(TryLaterError):
    """Slack refuses our token. The work is retried once the token is valid again."""

    counts = False


@contextmanager
def after_a_post() -> Iterator[None]:
    """Make a temporary failure unsure, as this attempt has posted something: the next looks for it.

    Raises:
        TryLaterError: unsure.
    """
    try:
        yield
    except TryLaterError as error:
        error.unsure = True
        raise


class GaveUpError(Exception):
    """A final failure: a retry would fail as well (a deleted channel, a missing scope).

    `reason`: for logs and operators; `code`: the other side's error code, may be empty.
    """

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
