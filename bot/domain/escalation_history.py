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


def name_of(history: Sequence[Change], change: Change) -> str:
    """Returns what a change of an escalation is called in every copy of the database.

    Numbers are not the same in a restored one, nor is the time of what it finds again. Of the
    reminders, only the last one is named; there is one in each time of waiting.
    """
    before = [earlier for earlier in history if earlier.number <= change.number]
    if change.verb is Verb.REMIND and (since := waiting_since(before)):
        return f"{change.verb.value} {since.verb.value} {since.at}"
    if change.actor == HELPDESK:
        alike = [c for c in before if (c.actor, c.verb) == (change.actor, change.verb)]
        return f"{change.actor} {change.verb.value} {len(alike)}"
    return f"{change.verb.value} {change.at}"


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
