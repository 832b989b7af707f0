"""The history of an escalation: what its changes say about what it waits for, and who for it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.domain.escalations import HELPDESK, WITHOUT_STATUS_CHANGE, Change, Role, Verb

WAITING = frozenset({Verb.OPEN, Verb.RELEASE, Verb.REOPEN})
"""The changes after which the escalation waits for a claim."""
_NOTICES: Mapping[Verb, tuple[Role, ...]] = MappingProxyType(
    {
        Verb.RESOLVE: (Role.REQUESTER,),
        Verb.WITHDRAW: (Role.RESPONDER,),
        Verb.REOPEN: (Role.REQUESTER, Role.RESPONDER),
    }
)
"""Who waits for a change: it is posted in their thread, as well as shown on the card."""


def last_step(history: Sequence[Change]) -> Change:
    """Returns the most recent change of the status; every history begins with `Verb.OPEN`."""
    return next(change for change in reversed(history) if change.verb not in WITHOUT_STATUS_CHANGE)


def last_of(history: Sequence[Change], *verbs: Verb) -> Change | None:
    """Returns the most recent change by one of these verbs, or None."""
    return next((change for change in reversed(history) if change.verb in verbs), None)


def first_answer(history: Sequence[Change]) -> Change | None:
    """Returns the first response of support to the requester, or None."""
    return next((c for c in history if c.verb in {Verb.RELAY, Verb.ANSWER}), None)


def notices_of(change: Change) -> tuple[Role, ...]:
    """Returns who waits for a change; support too, where it was made in the help desk's pages."""
    waiting = _NOTICES.get(change.verb, ())
    return (*waiting, Role.RESPONDER) if waiting and change.actor == HELPDESK else waiting


def waiting_since(history: Sequence[Change]) -> Change | None:
    """Returns the change after which it waits for a claim; None if it does not wait.

    It does not while it is claimed or closed, nor after an answer, until the shop writes again.
    """
    last = last_step(history)
    if last.verb not in WAITING:
        return None
    answer = last_of(history, Verb.RELAY, Verb.ANSWER)
    if answer is None or answer.number < last.number:
        return last
    written = (c for c in history if c.verb in {Verb.WRITE, Verb.EDIT} and c.number > answer.number)
    return next(written, None)


def reminders_since(history: Sequence[Change], since: Change) -> list[Change]:
    """Returns the reminders that were sent after a change."""
    return [
        change for change in history if change.verb is Verb.REMIND and change.number > since.number
    ]


def is_last_reminder(history: Sequence[Change], change: Change, last: int) -> bool:
    """Whether a change is reminder number `last` of those that it waits for without any answer."""
    since = waiting_since(history)
    if since is None or first_answer(history) is not None:
        return False
    return reminders_since(history, since)[last - 1 : last] == [change]
