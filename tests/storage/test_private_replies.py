"""Messages to be explained, and replies to be shared, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.domain.jobs import JobKind
from bot.domain.reports import Interaction, Report, Trigger
from bot.storage.private_replies import PrivateReplyStore
from tests.builders import judged
from tests.storage.conftest import Stores

MESSAGE = Report("T1", "C1", "17.01", "U1", "not found", Trigger.ADDRESSED, "17.01", "16.01")
ASKED = replace(MESSAGE, key="click 1", private=True)
URL = "https://hooks.slack.test/1"


@pytest.fixture
def private_replies(stores: Stores) -> PrivateReplyStore:
    return PrivateReplyStore(stores.database, "T1")


async def asked_for(stores: Stores, private_replies: PrivateReplyStore) -> Interaction:
    """The message to be explained, as it is stored."""
    await private_replies.insert(ASKED, URL)
    found = await stores.interactions.by_key("C1", ASKED.key)
    assert found is not None
    return found


class TestAMessageToExplain:
    async def test_is_stored_once_with_its_job(
        self, stores: Stores, private_replies: PrivateReplyStore
    ) -> None:
        await asyncio.gather(*(private_replies.insert(ASKED, URL) for _ in range(4)))
        found = await asked_for(stores, private_replies)
        assert (found.report, found.judgement, found.ephemeral_url) == (ASKED, None, URL)
        assert [job.kind for job in await stores.claim()] == [JobKind.EXPLAIN_MESSAGE]

    async def test_is_replaced_by_its_answer_in_the_thread(
        self, stores: Stores, private_replies: PrivateReplyStore
    ) -> None:
        asked = await asked_for(stores, private_replies)
        made = await stores.interactions.insert_with_job(MESSAGE, judged(), 60, instead_of=asked.id)
        assert made is not None
        assert await stores.interactions.by_key("C1", ASKED.key) is None

    async def test_stays_where_the_message_is_stored_already(
        self, stores: Stores, private_replies: PrivateReplyStore
    ) -> None:
        await stores.interactions.insert(MESSAGE, judged())
        asked = await asked_for(stores, private_replies)
        assert not await stores.interactions.insert_with_job(
            MESSAGE, judged(), 60, instead_of=asked.id
        )
        assert await stores.interactions.get(asked.id) == asked

    async def test_that_is_answered_privately_no_longer_belongs_to_its_message(
        self, stores: Stores, private_replies: PrivateReplyStore
    ) -> None:
        asked = await asked_for(stores, private_replies)
        await private_replies.make_private(asked, judged())
        private = replace(ASKED, message_ts=None, thread_ts=None)
        found = await stores.interactions.get(asked.id)
        assert (found.report, found.judgement) == (private, judged())
        assert found.ephemeral_url == URL


class TestAReplyToShare:
    async def test_keeps_a_later_address(
        self, stores: Stores, private_replies: PrivateReplyStore
    ) -> None:
        asked = await asked_for(stores, private_replies)
        await private_replies.set_share_url(asked.id, "https://one")
        first = await stores.interactions.get(asked.id)
        await private_replies.set_share_url(asked.id, "https://two")
        await private_replies.clear_share_url(first)
        second = await stores.interactions.get(asked.id)
        assert second.share_url == "https://two"
        await private_replies.clear_share_url(second)
        assert (await stores.interactions.get(asked.id)).share_url == ""
