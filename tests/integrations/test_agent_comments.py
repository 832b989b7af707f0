"""An agent's public comment in Zendesk reaches the shop's thread once; a private one never."""

from __future__ import annotations

import itertools
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.escalations import HELPDESK, Verb
from bot.domain.jobs import JobKind
from bot.domain.relays import Relay, ThreadMessage
from bot.integrations.zendesk.agent_comments import comments_in
from bot.integrations.zendesk.helpdesk import MARK
from bot.integrations.zendesk.ticket_reader import POLL_SECONDS
from bot.storage.tables import relays, tickets
from tests.integrations.outside import Outside
from tests.integrations.zendesk_server import ZendeskServer
from tests.service_harness import MINUTE, REPORT

SECRET = "xoxb" + "-1234567890-abcdefghijklmnop"


class Agent:
    """The first escalation's ticket, as an agent sees it."""

    def __init__(self, outside: Outside, key: str) -> None:
        self.outside = outside
        self.data = outside.zendesk.data
        self.key = key

    def write(self, body: str, *, author: int = 2, **given: object) -> int:
        self.outside.now += 5
        return self.data.write(self.key, body, author=author, **given)

    async def sent(self) -> list[str]:
        """Poll until all is read; return what was sent to the shop."""
        await self.outside.work_for(3 * POLL_SECONDS)
        return [what for what in self.outside.up if what.startswith("helpdesk ")]

    async def relay(self) -> Relay:
        rows = await self.outside.rows(relays)
        return await self.outside.relays.get(rows[-1].id)


@pytest.fixture
async def agent(tmp_path: Path) -> AsyncIterator[Agent]:
    async with ZendeskServer(lambda: made.now) as zendesk, Outside(tmp_path, 9, zendesk) as made:
        made.now = 1_795_301_527.0
        made.leave(JobKind.SEND_EMAIL, JobKind.REMIND_CLAIM, JobKind.MENTION_CLAIMANT)
        await made.jobs.enqueue(JobKind.POLL_TICKETS, 0)
        await made.escalate()
        yield Agent(made, await made.key())
        await made.helpdesk.close()


class TestAPublicComment:
    async def test_reaches_the_shop_once_and_is_shown_under_the_card(self, agent: Agent) -> None:
        agent.write("Please press Retry.")
        assert await agent.sent() == ["helpdesk Please press Retry."]
        await agent.sent()
        assert agent.outside.up.count("helpdesk Please press Retry.") == 1
        assert agent.outside.up.count("show Please press Retry.") == 1

    async def test_is_an_answer_of_the_helpdesk(self, agent: Agent) -> None:
        agent.write("Please press Retry.")
        await agent.sent()
        last = (await agent.outside.escalations.history(1))[-1]
        assert (last.verb, last.actor) == (Verb.RELAY, HELPDESK)
        relay = await agent.relay()
        assert (relay.author, relay.change) == ("Hana", last.number)

    async def test_does_not_come_back_as_a_comment_of_ours(self, agent: Agent) -> None:
        agent.write("Please press Retry.")
        await agent.sent()
        await agent.outside.relaying.take(
            ThreadMessage(REPORT.channel, "17.01", "20.5", "U1", "It works")
        )
        await agent.sent()
        first, second = await agent.outside.comments()
        assert first == "Please press Retry."
        assert second.endswith("> It works")

    async def test_has_no_markup_of_its_own_and_no_secrets(self, agent: Agent) -> None:
        agent.write(f"<!channel> 2 < 3 & {SECRET}")
        (sent,) = await agent.sent()
        assert sent.startswith("helpdesk &lt;!channel&gt; 2 &lt; 3 &amp; ")
        assert SECRET not in sent

    async def test_names_its_files_with_links(self, agent: Agent) -> None:
        file = {"file_name": "how <to>|.pdf", "content_url": "https://x.zendesk.com/a/1?name=a"}
        bad = {"file_name": "b", "content_url": "https://x|y> <!channel>"}
        agent.write("See the file.", attachments=[file, bad])
        assert await agent.sent() == [
            "helpdesk See the file.\n<https://x.zendesk.com/a/1?name=a|how to .pdf>"
        ]

    async def test_that_also_solves_the_ticket_resolves_and_is_sent(self, agent: Agent) -> None:
        agent.write("Fixed.")
        agent.data.solve(agent.key)
        assert await agent.sent() == ["helpdesk Fixed."]
        assert agent.outside.up.count("notice resolve requester") == 1
        assert agent.outside.up.index("helpdesk Fixed.") < agent.outside.up.index(
            "notice resolve requester"
        )

    async def test_of_the_account_that_the_bot_uses_too_is_sent(self, agent: Agent) -> None:
        """Some use an agent's own account for the API: only the mark says what is ours."""
        agent.write("Please press Retry.", author=1)
        assert await agent.sent() == ["helpdesk Please press Retry."]


class TestWhatIsNotForTheShop:
    async def test_stays_in_zendesk(self, agent: Agent) -> None:
        agent.write("They pay late.", public=False)
        agent.write("I am the customer.", author=3)
        agent.write("I am nobody.", author=99)
        assert await agent.sent() == []

    async def test_is_our_own_comment_and_the_description(self, agent: Agent) -> None:
        await agent.outside.change(Verb.CLAIM, Verb.RELEASE)
        assert await agent.sent() == []
        assert len(await agent.outside.comments()) == 2

    async def test_is_what_was_made_private_before_it_was_read(self, agent: Agent) -> None:
        comment = agent.write("They pay late.")
        agent.data.change_comment(agent.key, comment, type="CommentPrivacyChange", public=False)
        assert await agent.sent() == []

    async def test_is_taken_back_when_it_is_made_private_later(self, agent: Agent) -> None:
        comment = agent.write("They pay late.")
        assert len(await agent.sent()) == 1
        agent.data.change_comment(agent.key, comment, type="CommentPrivacyChange", public=False)
        await agent.sent()
        assert agent.outside.up.count("remove copy") == 1
        assert (await agent.relay()).text == ""

    async def test_is_redacted_in_the_copy_too(self, agent: Agent) -> None:
        comment = agent.write("Call Rob Smith.")
        await agent.sent()
        agent.data.change_comment(
            agent.key, comment, type="CommentRedactionEvent", body="Call ▇▇▇ ▇▇▇▇▇."
        )
        await agent.sent()
        assert agent.outside.up.count("update Call ▇▇▇ ▇▇▇▇▇.") == 1
        assert (await agent.relay()).author == "Hana"

    async def test_is_what_was_written_before_an_upgrade(self, agent: Agent) -> None:
        agent.write("Old news.")
        later = agent.data.tickets[agent.key]["updated_at"].replace("Z", "~")
        async with agent.outside.database.begin() as connection:
            await connection.execute(tickets.update().values(comments_from=later))
        agent.outside.now += 100
        agent.write("News.")
        assert await agent.sent() == ["helpdesk News."]


class TestATicket:
    async def test_that_is_gone_stops_no_other(self, agent: Agent) -> None:
        agent.write("Please press Retry.")
        del agent.data.audits[agent.key]
        await agent.sent()
        assert (await agent.outside.job(JobKind.READ_TICKET, 1)).state == "given up"
        assert (await agent.outside.job(JobKind.POLL_TICKETS, 0)).state == "waiting"

    async def test_with_many_changes_is_read_to_its_end(self, agent: Agent) -> None:
        agent.data.page_size = 2
        for number in range(5):
            agent.write(f"comment {number}")
        await agent.outside.work_for(4 * POLL_SECONDS)
        assert await agent.sent() == [f"helpdesk comment {number}" for number in range(5)]


@pytest.mark.parametrize("broken", ["", None, 7, [1], {"custom": 1}, {"type": 5, "id": "x"}])
def test_audits_of_another_shape_have_no_comments(broken: object) -> None:
    audits: list[Any] = [
        {"events": broken, "metadata": broken},
        {"events": [broken], "metadata": {}},
    ]
    assert comments_in(audits, MARK) == []


@pytest.mark.parametrize("seed", range(2))
async def test_among_random_faults_each_comment_arrives_once(agent: Agent, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secrets
    agent.outside.leave(JobKind.PUBLISH_ESCALATION, JobKind.POST_NOTICES)
    agent.outside.zendesk.slow_seconds = 0.0
    agent.outside.zendesk.faults = agent.outside.zendesk.random_faults(seed)
    message = ThreadMessage(REPORT.channel, "17.01", "0", "U1", "")
    for number in range(3):
        agent.write(f"comment {number}")
        await agent.outside.relaying.take(
            replace(message, ts=f"{30 + number}.0", text=f"message {number}")
        )
        await agent.outside.work_for(dice.choice([1.0, 5 * MINUTE]))
    agent.outside.zendesk.faults = itertools.repeat(None)
    agent.outside.now += 20 * MINUTE  # a failing job waits for ten at most
    sent = await agent.sent()
    assert sorted(sent) == [f"helpdesk comment {number}" for number in range(3)]
    comments = agent.data.comments(agent.key)
    for number in range(3):
        assert len([text for text in comments if text.endswith(f"> message {number}")]) == 1
