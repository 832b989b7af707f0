"""Both threads and the ticket in Zendesk, through the front doors of Slack and Zendesk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.domain.escalations import HELPDESK, Verb
from bot.domain.jobs import JobKind
from bot.domain.relays import RelayKind
from bot.slack.views import requester_wording, support_wording, wording
from slack_sandbox import Message
from tests.integrations.zendesk_double import AGENT
from tests.integrations.zendesk_server import TOKEN, ZendeskServer
from tests.reading import shows
from tests.slack.escalated_case import Case, escalated
from tests.slack_harness import office, words_of


@dataclass
class Ticketed:
    """Alice's escalation, and its ticket."""

    case: Case
    zendesk: ZendeskServer

    async def write(self, body: str, *, public: bool = True) -> None:
        """Comment as Hana, an agent in Zendesk, and have the bot ask for news."""
        await self.zendesk.until(lambda: bool(self.zendesk.data.tickets))
        self.zendesk.data.write(next(iter(self.zendesk.data.tickets)), body, public=public)
        await self.case.shop.bot.stores.jobs.enqueue(JobKind.POLL_TICKETS, 0)

    async def until_sent(self) -> Message:
        """The answer in Alice's thread, after reply and note."""
        shop = self.case.shop
        await shop.ws.until(lambda: len(shop.replies_to(self.case.ts)) == 3)
        return shop.replies_to(self.case.ts)[2]


@pytest.fixture
async def ticketed(tmp_path: Path) -> AsyncIterator[Ticketed]:
    async with ZendeskServer() as zendesk:
        zendesk.data.settled_seconds = 0.0
        settings: dict[str, Any] = {
            "zendesk_subdomain": "local",
            "zendesk_url": zendesk.url,
            "zendesk_email": AGENT,
            "zendesk_token": TOKEN,
        }
        async with office(tmp_path, **settings) as shop:
            yield Ticketed(await escalated(shop), zendesk)


async def test_an_agents_comment_reaches_the_shop_and_mentions_who_asked(
    ticketed: Ticketed,
) -> None:
    shop = ticketed.case.shop
    await ticketed.write("Press *Retry* & tell <!channel>")
    answer = await ticketed.until_sent()
    sender = ticketed.zendesk.data.users[2]["alias"]
    sentence = requester_wording.RELAYED
    assert shows(answer, sentence, user=shop.alice, sender=sender, name="ESC-1")
    assert "Press *Retry* &amp; tell &lt;!channel&gt;" in words_of(answer)
    assert answer.effective_mentions == [f"@{shop.alice}"]
    (shown,) = ticketed.case.under_the_card
    assert shows(shown, support_wording.COPIED[RelayKind.HELPDESK], name=sender)
    assert shown.effective_mentions == []
    line = support_wording.HISTORY[Verb.RELAY]
    await shop.ws.until(lambda: shows(ticketed.case.card, line, user=wording.who(HELPDESK)))


async def test_a_private_comment_stays_there_and_the_shops_messages_are_comments_with_a_name(
    ticketed: Ticketed,
) -> None:
    await ticketed.write("They never pay.", public=False)
    await ticketed.write("Please press Retry.")
    assert "Please press Retry." in words_of(await ticketed.until_sent())
    everything = [*ticketed.case.shop.replies_to(ticketed.case.ts), *ticketed.case.under_the_card]
    assert not [message for message in everything if "never pay" in words_of(message)]
    shop = ticketed.case.shop
    await shop.ws.say(shop.alice, shop.support, "Still failing", thread_ts=ticketed.case.ts)

    def comments() -> list[str]:
        return [
            text
            for key in ticketed.zendesk.data.tickets
            for text in ticketed.zendesk.data.comments(key)
        ]

    await ticketed.zendesk.until(lambda: any("> Still failing" in text for text in comments()))
    assert "Alice" in comments()[-1]
