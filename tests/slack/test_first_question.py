"""The first question of a process, for which an index is built: others are served meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field

import pytest

from bot.recognition.suggestions.index import SuggestionIndex
from bot.slack.views import ids
from slack_sandbox import PATIENCE
from tests.articles_once import shipped_recogniser
from tests.slack_harness import AUTHORISED, Office

DESCRIBED = "Xero says we have two apps already that aren't certified"
QUESTION = "why does the invoice not show the payment"
Asking = Callable[[Office], Coroutine[None, None, None]]


@dataclass
class Slow:
    """A build of the index that goes on until the test lets it end."""

    begun: threading.Event = field(default_factory=threading.Event)
    may_end: threading.Event = field(default_factory=threading.Event)
    is_over: bool = False


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    slow, suggestions = Slow(), shipped_recogniser()._index.suggestions
    built = suggestions.build()

    def slowly(index: SuggestionIndex) -> object:
        slow.begun.set()
        slow.may_end.wait(PATIENCE)
        slow.is_over = True
        return built

    monkeypatch.setattr(SuggestionIndex, "_build", slowly)
    # as all tests of a process share it
    monkeypatch.setattr(suggestions, "_built", None)
    yield slow
    slow.may_end.set()


async def by_mention(shop: Office) -> None:
    text = f"<@{shop.ws.bot_user_id}> {QUESTION}"
    await shop.ws.say(shop.alice, shop.support, text, in_background=True)


async def in_a_direct_message(shop: Office) -> None:
    im = shop.ws.open_im(shop.alice)
    await shop.ws.say(shop.alice, im, QUESTION, in_background=True)


async def heard(shop: Office) -> None:
    await shop.ws.say(shop.alice, shop.support, DESCRIBED, in_background=True)


async def by_an_edit(shop: Office) -> None:
    im = shop.ws.open_im(shop.alice)
    ts = await shop.ws.say(shop.alice, im, AUTHORISED)
    await shop.reply_to(ts, im)
    await shop.ws.edit(shop.alice, im, ts, QUESTION)


async def with_a_file(shop: Office) -> None:
    im, file = shop.ws.open_im(shop.alice), {"name": "till.txt", "content": QUESTION}
    await shop.ws.say(shop.alice, im, "", in_background=True, files=[file])


async def by_command(shop: Office) -> None:
    await shop.ws.command(shop.alice, shop.support, "/xero-error", QUESTION)


async def by_shortcut(shop: Office) -> None:
    ts = await shop.ws.say(shop.bob, shop.escalations, QUESTION)
    await shop.ws.shortcut(shop.bob, shop.escalations, ts, ids.SHORTCUT_EXPLAIN)


async def for_help(shop: Office) -> None:
    await shop.ws.command(shop.alice, shop.support, "/xero-error", f"escalate {QUESTION}")


DOORS = [
    by_mention,
    in_a_direct_message,
    heard,
    by_an_edit,
    with_a_file,
    by_command,
    by_shortcut,
    for_help,
]


@pytest.mark.parametrize("ask", DOORS)
async def test_an_error_is_answered_meanwhile(http_shop: Office, slow: Slow, ask: Asking) -> None:
    shop = http_shop
    asking = asyncio.create_task(ask(shop))
    assert await asyncio.to_thread(slow.begun.wait, PATIENCE)
    ts = await shop.ws.say(shop.bob, shop.support, AUTHORISED)
    await shop.reply_to(ts)
    assert not slow.is_over
    slow.may_end.set()
    await asking
