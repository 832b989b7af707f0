"""Lists of escalations: the most urgent first, complete, and only what the reader may see."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from bot.domain.cases import Case
from bot.domain.escalation_labels import URGENCIES_IN_SHORT
from bot.domain.escalations import Change, Details, Escalation, Urgency, Verb
from bot.domain.reports import Interaction, Report, Trigger
from bot.slack.views import list_wording, support_wording, wording
from bot.slack.views.escalation_card import card
from slack_sandbox import Failure, effective_mentions, live_texts
from tests.builders import NAMES, judged
from tests.slack_harness import AUTHORISED, Office, over_http, words_in, words_of

PAGE_SIZE = 5


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("bot.container", "bot.slack.views.home"):
        monkeypatch.setattr(f"{name}.PAGE_SIZE", PAGE_SIZE)


async def keep(
    shop: Office, number: int, urgency: str = "today", requester: str = "U0SHOP"
) -> None:
    """Returns an escalation without a card; its jobs are tested elsewhere."""
    kept = await shop.interactions.insert(
        Report(shop.ws.team_id, shop.support, f"1.{number}", requester, "x", Trigger.ADDRESSED)
    )
    assert kept is not None
    details = Details(error=f"error {number}", store=f"store {number}", urgency=Urgency(urgency))
    await shop.bot.stores.escalations.open(kept.id, requester, details, ())


def listed(blocks: Any) -> list[int]:
    return [int(number) for number in re.findall(r"\*ESC-(\d+)\*", " ".join(words_in(blocks)))]


async def home(shop: Office, user: str) -> Any:
    await shop.ws.open_home(user)
    await shop.ws.settled()
    await shop.ws.until(lambda: shop.ws.home(user) is not None)
    return shop.ws.home(user)


def has_changed(shop: Office, before: Any) -> bool:
    return bool(shop.ws.ephemerals(shop.bob)[-1].blocks != before)


@over_http
class TestOpenEscalations:
    async def test_are_listed_by_urgency_and_then_by_age(self, shop: Office) -> None:
        for number, urgency in enumerate(("week", "today", "now", "today", "now"), start=1):
            await keep(shop, number, urgency)
        reply = await shop.ws.command(shop.bob, shop.support, "/xero-error", "open")
        assert reply is not None
        assert listed(reply.blocks) == [3, 5, 2, 4, 1]
        assert wording.URGENCIES[Urgency.NOW] in words_of(reply)

    async def test_are_paged_to_the_last_one_and_back(self, shop: Office) -> None:
        for number in range(1, 2 * PAGE_SIZE + 3):
            await keep(shop, number, "now" if number == 2 * PAGE_SIZE + 2 else "today")
        await shop.ws.command(shop.bob, shop.support, "/xero-error", "open")
        seen: list[int] = []
        for page in range(3):
            shown = shop.ws.ephemerals(shop.bob)[-1]
            seen += listed(shown.blocks)
            if page < 2:
                await shop.ws.click(shop.bob, shown, "open_page.next")
                await shop.ws.until(partial(has_changed, shop, shown.blocks))
        assert seen == [2 * PAGE_SIZE + 2, *range(1, 2 * PAGE_SIZE + 2)]
        assert len(shop.ws.ephemerals(shop.bob)) == 1, "one list, replaced"
        last = shop.ws.ephemerals(shop.bob)[-1]
        assert wording.NEXT not in words_in(last.blocks)
        await shop.ws.click(shop.bob, last, "open_page.previous")
        await shop.ws.until(
            lambda: wording.NEXT in words_in(shop.ws.ephemerals(shop.bob)[-1].blocks)
        )

    async def test_of_others_are_not_shown_on_any_page(self, shop: Office) -> None:
        for number in range(1, 2 * PAGE_SIZE):
            await keep(shop, number, requester=shop.alice if number % 2 else "U0SHOP")
        await shop.ws.command(shop.alice, shop.support, "/xero-error", "open")
        shown = shop.ws.ephemerals(shop.alice)[-1]
        assert set(listed(shown.blocks)) == {
            number for number in range(1, 2 * PAGE_SIZE) if number % 2
        }
        (reply,) = [await shop.ws.command(shop.bob, shop.support, "/xero-error", "open")]
        assert reply is not None
        await shop.ws.click(shop.alice, as_seen_by(shop.alice, reply), "open_page.next")
        await shop.ws.settled()
        words = [
            message for message in shop.ws.ephemerals(shop.alice) if 2 in listed(message.blocks)
        ]
        assert words == [], "a replayed button shows its presser's own"

    async def test_that_are_none_say_what_to_do(self, shop: Office) -> None:
        for user, words in (
            (shop.bob, support_wording.OPEN_NOTHING),
            (shop.alice, list_wording.OPEN_NOTHING_OWN),
        ):
            reply = await shop.ws.command(user, shop.support, "/xero-error", "open")
            assert reply is not None
            assert words in words_of(reply)


def as_seen_by(user: str, message: Any) -> Any:
    return replace(message, ephemeral_to=user)


@over_http
class TestTheHomeTab:
    async def test_says_what_to_do_where_there_is_nothing(self, shop: Office) -> None:
        for user, words in (
            (shop.bob, support_wording.HOME_NOTHING_SUPPORT),
            (shop.alice, list_wording.HOME_NOTHING),
        ):
            tab = await home(shop, user)
            assert words in words_in(tab.blocks)
            assert [block for block in tab.blocks if block["type"] == "header"] == []

    async def test_shows_no_escalation_twice_to_support(self, shop: Office) -> None:
        for number in range(1, 4):
            await keep(shop, number)
        tab = await home(shop, shop.bob)
        assert listed(tab.blocks) == [1, 2, 3]

    async def test_pages_one_list_and_leaves_the_others(self, shop: Office) -> None:
        for number in range(1, PAGE_SIZE + 3):
            await keep(shop, number)
        for number in range(PAGE_SIZE + 3, 2 * PAGE_SIZE + 6):
            await keep(shop, number, requester=shop.bob)
        tab = await home(shop, shop.bob)
        await shop.ws.click(shop.bob, tab, "home_page.next", block_id="home_page.0")
        await shop.ws.until(lambda: shop.ws.home(shop.bob) != tab)
        second = shop.ws.home(shop.bob)
        assert second is not None
        mine = list(range(2 * PAGE_SIZE + 3, 2 * PAGE_SIZE + 6))
        assert listed(second.blocks) == [*mine, *range(1, PAGE_SIZE + 1)]
        await shop.ws.click(shop.bob, second, "home_page.next", block_id="home_page.1")
        await shop.ws.until(lambda: shop.ws.home(shop.bob) != second)
        third = shop.ws.home(shop.bob)
        assert third is not None
        assert listed(third.blocks)[: len(mine)] == mine, "the first list is where it was"
        assert listed(third.blocks)[len(mine)] == PAGE_SIZE + 1

    async def test_says_in_a_modal_why_another_page_does_not_come(self, shop: Office) -> None:
        for number in range(1, PAGE_SIZE + 2):
            await keep(shop, number)
        tab = await home(shop, shop.bob)
        shop.ws.api.fail_next("views.publish", Failure.error("internal_error"))
        await shop.ws.click(shop.bob, tab, "home_page.next", block_id="home_page.1")
        assert wording.SLACK_FAILED in words_in((await shop.modal(shop.bob)).blocks)


class TestACardsFirstLine:
    @pytest.mark.parametrize("urgency", list(Urgency))
    def test_says_how_urgent_it_is(self, urgency: Urgency) -> None:
        escalation = Escalation(
            1, 1, "U1", Details(error="e", store="Ponsonby", urgency=urgency), number=1
        )
        interaction = Interaction(
            1, Report("T1", "C1", "1.0", "U1", "e", Trigger.HEARD, "1.0"), "t"
        )
        opened = [Change(0, Verb.OPEN, "U1", 1.0)]
        case = Case(escalation, interaction, judged(), opened, names=NAMES)
        blocks = card(case, None, ("here",)).blocks
        assert blocks[0]["text"]["text"] == f"{wording.URGENCIES[urgency]} · ESC-1: Ponsonby"
        assert "!here" in [m for _, live in live_texts(blocks) for m in effective_mentions(live)]

    @over_http
    async def test_is_not_all_that_a_phone_shows(self, shop: Office) -> None:
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        await shop.escalate(shop.alice, reply, urgency="now")
        urgency = URGENCIES_IN_SHORT[Urgency.NOW]
        for words in ("ESC-1", "Ponsonby", urgency, AUTHORISED, f"<@{shop.alice}>"):
            assert words in (await shop.card()).text
