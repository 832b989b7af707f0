"""Failures as data: the person's (a sentence they can act on) and those of work that may be tried again."""

from dataclasses import dataclass


class UserError(Exception):
    """The person can put it right; `str(error)` is the sentence they read. Never holds pasted text."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file that people write: where, which key, what is wrong and what is allowed."""

    file: str
    line: int
    key: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.what}"


class FaultyFilesError(UserError):
    """Files that people write have faults; nothing of them was loaded. `str(error)` has a line for each fault."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.line, fault.key))
        super().__init__("\n".join(map(str, self.faults)))


class KnowledgeError(FaultyFilesError):
    """The knowledge base has faults."""


class ChannelsError(FaultyFilesError):
    """What is set for channels has faults."""


class TryLaterError(Exception):
    """The work did not get through; try again after `seconds`, or after a while (None).

    `alert`: it will not get through until an operator mends something, so they get an alert. `unsure`: nobody knows
    whether it got through. `counts`: it is a failed try; the next one comes later for it.
    """

    unsure = False
    counts = True

    def __init__(self, reason: str, seconds: float | None = None, *, alert: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds
        self.alert = alert


class UnsureError(TryLaterError):
    """Nobody knows whether the work got through: the connection broke, or the other side fell over.

    `answered`: the other side did answer, so what it was asked to do is done or not; it will not happen later.
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
    """An earlier try, of which nobody knows the outcome, may still get through. This try has not failed."""

    counts = False


class ThrottledError(TryLaterError):
    """Too much at once: the other side asks to wait, or we do. Nothing has failed."""

    counts = False


class UnauthorisedError(TryLaterError):
    """Slack refuses our token. Nothing is wrong with the work: it waits until the token is good again."""

    counts = False


class GaveUpError(Exception):
    """The work cannot get through as things are (a channel that is gone, a scope that is missing).

    `code` is the other side's own name for it.
    """

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
