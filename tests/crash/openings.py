"""Causes that people open in replies: the presses, and the count of what was stored and shown."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.reports import NO_CAUSE
from bot.slack.views import ids, wording
from slack_sandbox import Message
from tests.crash.balance import Balance
from tests.crash.client import Client, elements, offers
from tests.crash.pastes import Paste
from tests.reading import shows

MOST = 2
"""Causes that one person opens in a reply, one after the other."""
Stored = Counter[tuple[str, str]]
"""How often each cause is stored as opened, by the token of its report and its id."""


@dataclass
class Opened:
    """The causes that a person opened in the reply to a paste; the last one is shown."""

    token: str
    paste: Paste
    person: str
    causes: list[str] = field(default_factory=list)


async def open_causes(
    client: Client, opened: Opened, reply: Callable[[], Message], chance: random.Random
) -> None:
    """Open some of the causes that a reply has as buttons."""
    offered = [
        str(element["value"]).split()[2]
        for element in elements(reply())
        if str(element.get("action_id")).startswith(f"{ids.ACTION_SHOW_CAUSE}.")
        and not str(element["value"]).endswith(f" {NO_CAUSE}")
    ]
    for cause in chance.sample(offered, chance.randint(1, min(MOST, len(offered)))):
        opened.causes.append(cause)
        await client.press(opened.person, reply, _action(cause))


def counted(
    openings: list[Opened], stored: Stored, posted: Callable[[Paste], list[Message]]
) -> Balance:
    """Each opening is stored once, nothing else is, and the reply shows the last one.

    `posted` returns the bot's replies to a paste.
    """
    made = Balance()
    expected = {(one.token, cause) for one in openings for cause in one.causes}
    for key in expected | stored.keys():
        made.book(f"opening {key}", stored[key], int(key in expected))
    for one in openings:
        if one.causes and not (one.paste.edits or one.paste.gone):
            shown = any(_is_open(reply, one) for reply in posted(one.paste))
            made.book(f"reply to {one.paste.ts} open at {one.causes[-1]}", int(shown))
    return made


def _is_open(reply: Message, opened: Opened) -> bool:
    by_them = shows(reply, wording.OPENED_BY, user=opened.person)
    return by_them and not offers(reply, _action(opened.causes[-1]))


def _action(cause: str) -> str:
    return f"{ids.ACTION_SHOW_CAUSE}.{cause}"
