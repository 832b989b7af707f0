"""Posting of messages: pace, rate limits, and faults of the bot."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.errors import TryLaterError
from bot.domain.jobs import Attempt
from bot.slack.client.messages import Messages
from bot.slack.marks import Mark
from bot.slack.views import wording
from bot.slack.views.outgoing import OutgoingMessage
from bot.storage.interactions import InteractionStore
from bot.timings import Timings
from slack_sandbox import Failure
from tests.builders import attempt
from tests.reading import shows
from tests.slack_harness import AUTHORISED, Office


class TestPosting:
    @pytest.fixture
    def slept(self) -> list[float]:
        return []

    @pytest.fixture
    def messages(self, http_shop: Office, slept: list[float]) -> Messages:
        async def note(seconds: float) -> None:
            slept.append(seconds)

        return Messages(http_shop.bot.client, "https://kauri.slack.com/", Timings(), note)

    async def test_is_paced_to_one_a_second_after_a_burst_of_three(
        self, http_shop: Office, messages: Messages, slept: list[float]
    ) -> None:
        for number in range(5):
            await messages.post(http_shop.support, OutgoingMessage("text", []), f"key-{number}")
        waits = [wait for wait in slept if wait > 0.1]
        assert [round(wait) for wait in waits] == [1, 2]

    async def test_that_slack_limits_holds_back_that_channel_alone(
        self, http_shop: Office, messages: Messages, slept: list[float]
    ) -> None:
        http_shop.ws.api.fail_next("chat.postMessage", Failure.rate_limited(retry_after=2))
        with pytest.raises(TryLaterError):
            await messages.post(http_shop.support, OutgoingMessage("text", []), "key-1")
        await messages.post(http_shop.escalations, OutgoingMessage("text", []), "key-2")
        assert slept == []
        await messages.post(http_shop.support, OutgoingMessage("text", []), "key-3")
        assert [round(wait) for wait in slept] == [2]

    async def test_that_would_wait_long_is_postponed_for_other_channels(
        self, http_shop: Office, messages: Messages, slept: list[float]
    ) -> None:
        http_shop.ws.api.fail_next("chat.postMessage", Failure.rate_limited(retry_after=30))
        for _ in range(2):
            with pytest.raises(TryLaterError) as caught:
                await messages.post(http_shop.support, OutgoingMessage("text", []), "key")
        assert (round(caught.value.seconds or 0), slept) == (30, [])
        assert len(http_shop.ws.transcript.calls("chat.postMessage")) == 1

    async def test_again_lets_the_first_try_arrive_before_it_looks(
        self, http_shop: Office, messages: Messages, slept: list[float]
    ) -> None:
        _, first = await messages.post(http_shop.support, OutgoingMessage("text", []), "key")
        _, second = await messages.post_once(
            http_shop.support, OutgoingMessage("text", []), Mark("key"), attempt(may_have_run=True)
        )
        assert slept == [Timings().first_look]
        assert first == second

    @pytest.mark.parametrize(
        ("given", "before"),
        [
            (attempt(held=False), 3),
            (attempt(held=False, fresh=False), 0),
            (attempt(held=False, may_have_run=True, ours_alone=True), 0),
        ],
        ids=["which had to wait", "whose process was frozen for a while", "which is a later one"],
    )
    async def test_of_what_is_no_longer_ours_when_its_turn_comes_does_not_happen(
        self, http_shop: Office, messages: Messages, given: Attempt, before: int
    ) -> None:
        for number in range(before):
            await messages.post(http_shop.support, OutgoingMessage("text", []), f"other {number}")
        with pytest.raises(TryLaterError, match="another process has the job now"):
            await messages.post_once(
                http_shop.support, OutgoingMessage("text", []), Mark("key"), given
            )
        assert len(http_shop.ws.messages(http_shop.support)) == before


class TestAFaultOfOurs:
    async def test_before_slack_has_its_answer_loses_nothing(
        self, shop: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begin, calls = InteractionStore.insert_with_job, []

        async def failing_once(self: InteractionStore, *given: Any, **named: Any) -> Any:
            calls.append(given)
            if len(calls) == 1:
                raise OSError("the disk is full")
            return await begin(self, *given, **named)

        monkeypatch.setattr(InteractionStore, "insert_with_job", failing_once)
        shop.ws.events.ack_seconds = 0.5  # over Socket Mode no answer comes
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.reply_to(ts)
        assert len(calls) >= 2

    async def test_in_a_command_is_answered_with_a_reference(
        self, http_shop: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def failing(*_: Any) -> None:
            raise OSError("the disk is full of secrets")

        monkeypatch.setattr(InteractionStore, "insert", failing)
        reply = await http_shop.ws.command(
            http_shop.alice, http_shop.support, "/xero-error", AUTHORISED
        )
        assert reply is not None
        assert shows(reply.text, wording.OUR_FAULT)
        assert "secrets" not in reply.text
