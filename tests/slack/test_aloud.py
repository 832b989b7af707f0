"""What a person hears whose screen is read out: words, without emoji, pictures and colours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import ModuleType

import pytest

from bot.domain.verdicts import FollowUp, Intent
from bot.slack.views import (
    file_wording,
    follow_up_wording,
    list_wording,
    operator_wording,
    requester_wording,
    support_wording,
    wording,
)
from bot.slack.views.follow_up import follow_up_reply
from bot.slack.views.outgoing import OutgoingMessage
from tests.builders import article, judged, reply_context

MODULES = (
    wording,
    list_wording,
    requester_wording,
    support_wording,
    operator_wording,
    file_wording,
    follow_up_wording,
)
EMOJI = re.compile(r":[a-z][a-z_]+:|[\U0001f000-\U0001ffff\u2600-\u27bf]")
PART = re.compile(r"\{[^}]*\}|<[@#!][^>]*>|<[^|>]*\||>")
"""What is filled in, and the address of a link; its label stays."""


def sentences(module: ModuleType) -> Iterator[tuple[str, str]]:
    for name, value in vars(module).items():
        if not name.isupper():
            continue
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, Mapping):
            yield from ((name, one) for one in value.values() if isinstance(one, str))


@pytest.mark.parametrize("module", MODULES)
def test_no_sentence_needs_its_emoji(module: ModuleType) -> None:
    found = [(name, text) for name, text in sentences(module) if EMOJI.search(text)]
    mute = [name for name, text in found if not re.search(r"[a-z]{3}", _bare(text))]
    assert mute == []
    for name in {name for name, _ in found}:
        spoken = [_bare(text) for other, text in sentences(module) if other == name]
        assert len(set(spoken)) == len(spoken), f"{name}: two are told apart by an emoji only"


def _bare(text: str) -> str:
    return PART.sub("", EMOJI.sub("", text)).strip()


def follow_up(intent: Intent) -> OutgoingMessage:
    one = article(
        look={"where": "open *Invoices*", "at": "its status"},
        causes=[
            {
                "id": name,
                "label": name,
                "check": name,
                "usual": name == "draft",
                "reason": f"It is {name}.",
                "action": [{"do": f"Look at the {name} one", "risk": f"Lose the {name} one"}],
            }
            for name in ("draft", "paid")
        ],
    )
    match = judged(one.id).verdict.matches[0]  # type: ignore[union-attr]
    verdict = FollowUp(intent, 1, "token", match, (0,), cause="draft")
    return follow_up_reply(verdict, one, reply_context("token"))


@pytest.mark.parametrize(
    ("intent", "heard"),
    [
        (Intent.WHY, "It is draft."),
        (Intent.SAFE, "Lose the draft one"),
        (Intent.WHERE, "Look at the draft one."),
        (Intent.READ, "It is draft."),
        (Intent.NOT_SOLVED, "open Invoices. Check its status."),
    ],
)
def test_the_notification_of_a_follow_up_says_what_it_quotes(intent: Intent, heard: str) -> None:
    message = follow_up(intent)
    assert heard in message.text
    assert message.text.startswith(str(message.blocks[0]["text"]["text"]))
