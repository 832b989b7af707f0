"""Comparison of what a person reads in Slack with constants of `wording`, not with their words."""

from __future__ import annotations

from typing import Any

from bot.domain.escalations import Status
from bot.slack.views import support_wording
from slack_sandbox import Message, View
from tests.sentences import occurs
from tests.slack_harness import words_in, words_of

Read = str | Message | View | list[Any] | None


def shows(what: Read, sentence: str, /, **parts: object) -> bool:
    """Whether a sentence of `wording` occurs there, with these values in its `{parts}`.

    Other parts may have any value. `what`: a text, a message, a view, the blocks of one, or None
    for a view that is not there.
    """
    return occurs(sentence, text_of(what), **parts) > 0


def shows_status(card: Message, status: Status) -> bool:
    """Whether the first line of an escalation's card shows that status."""
    sentences = [support_wording.CARD_STATUSES[status]]
    if status is Status.OPEN:
        sentences.append(support_wording.CARD_OPEN_AGAIN)
    return any(shows(card, sentence) for sentence in sentences)


def text_of(what: Read) -> str:
    """Returns all text that a person can read there."""
    match what:
        case None:
            return ""
        case str():
            return what
        case Message():
            return words_of(what)
        case View():
            return " ".join(words_in(what.body))
    return " ".join(words_in(what))
