"""The history on an escalation's card."""

from collections.abc import Sequence
from itertools import groupby

from bot.domain.escalations import WITHOUT_STATUS_CHANGE, Change, Verb
from bot.slack.views import support_wording, wording
from bot.slack.views.times import moment

MAX_LINES = 10


def history_lines(history: Sequence[Change]) -> str:
    """Return the last changes, a line each; what one person did again and again is one line."""
    groups = [list(group) for _, group in groupby(history, key=_same_line)]
    shown = groups[-MAX_LINES:]
    lines = [_line(group) for group in shown]
    if cut := sum(map(len, groups[:-MAX_LINES])):
        lines = [support_wording.HISTORY_CUT.format(count=cut), *lines]
    return "\n".join(lines)


def _same_line(change: Change) -> tuple[Verb, str, int]:
    """Return what changes on one line have in common; each step of the status has its own."""
    return change.verb, change.actor, 0 if change.verb in WITHOUT_STATUS_CHANGE else change.number


def _line(group: Sequence[Change]) -> str:
    last = group[-1]
    text = support_wording.HISTORY[last.verb].format(
        user=wording.who(last.actor), at=moment(last.at)
    )
    times = len(group)
    return text if times == 1 else f"{text} {support_wording.HISTORY_TIMES.format(count=times)}"
