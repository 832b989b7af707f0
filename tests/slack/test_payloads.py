"""Malformed payloads that are signed by Slack or come over its socket."""

from __future__ import annotations

import json
import logging
import pathlib
from collections.abc import AsyncIterator

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import GaveUpError
from bot.slack.client.response_urls import ResponseUrls
from bot.slack.views.outgoing import OutgoingMessage
from tests.shipped import AUTHORISED_TITLE
from tests.slack.payload_samples import (
    GONE,
    SECRET,
    WRONG,
    Path,
    Payload,
    changed,
    deliver,
    paths,
    samples,
    samples_about,
    token_of,
)
from tests.slack_harness import AUTHORISED, Office, office, words_of
from tests.slack_sandbox.bot_server import BotServer

TITLE = AUTHORISED_TITLE
NO_TOKEN = "1"
"""For payloads that are refused, or whose interaction does not matter."""


def faults(records: list[logging.LogRecord]) -> list[str]:
    """Returns log lines with a fault of the program or what was sent; refused calls are none."""
    lines = [(record, record.getMessage()) for record in records]
    refused = ("Slack refused", "it was not called")
    bad = [
        line
        for record, line in lines
        if record.levelno >= logging.ERROR and not any(r in line for r in refused)
    ]
    return bad + [line for record, line in lines if record.exc_info or SECRET in line]


VALUES = (
    "",
    "\x00 \ud800",
    "one two three",
    "tok no-such-thing",
    "{}",
    "[]",
    '{"token": 1}',
)
FRAMES = (
    "{",
    "[]",
    "7",
    "{}",
    '{"type": 7}',
    '{"type": "events_api", "envelope_id": "1", "payload": 7}',
    '{"type": "events_api", "envelope_id": ["1"], "payload": {}}',
    '{"a":' * 50_000,
    f'{{"type": "events_api", "envelope_id": "1", "payload": {{"type": "{SECRET}"}}}}',
)


@pytest.fixture
async def foreign() -> AsyncIterator[BotServer]:
    """A server that is not Slack's."""
    server = BotServer("0" * 32)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def parts(http_shop: Office) -> list[tuple[Payload, Path]]:
    """Each payload with each path in it."""
    return [(payload, path) for payload in await samples(http_shop) for path in paths(payload)]


class TestAMalformedPayload:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    async def test_is_answered_without_a_fault_whatever_is_wrong(
        self,
        http_shop: Office,
        parts: list[tuple[Payload, Path]],
        caplog: pytest.LogCaptureFixture,
        data: st.DataObject,
    ) -> None:
        payload, path = data.draw(st.sampled_from(parts))
        value = data.draw(st.sampled_from([*WRONG, GONE]))
        caplog.clear()
        assert await deliver(http_shop, changed(payload, path, value)) in {200, 400}
        await http_shop.bot.dispatcher.drain()
        assert faults(caplog.records) == []

    async def test_without_the_id_of_its_view_is_no_fault(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        clicks = [one for one in await samples(http_shop) if "view" in one and "actions" in one]
        assert clicks
        for payload in clicks:
            assert await deliver(http_shop, changed(payload, ("view", "id"), "")) in {200, 400}
            await http_shop.bot.dispatcher.drain()
        assert faults(caplog.records) == []

    async def test_is_named_in_the_log_once_a_minute_without_what_was_sent(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        payload = samples_about(http_shop, NO_TOKEN)[0]
        for text in (7, [SECRET], {"id": SECRET}):
            assert await deliver(http_shop, changed(payload, ("event", "ts"), text)) == 400
        assert [line for line in caplog.messages if "refused" in line] == [
            "refused a payload: event_callback: event.ts"
        ]

    async def test_value_of_a_button_or_form_is_the_persons_to_hear_of_and_its_own_is_accepted(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        for payload in await samples(http_shop):
            assert await deliver(http_shop, payload) == 200
            for value in VALUES:
                if "actions" in payload:
                    assert (
                        await deliver(http_shop, changed(payload, ("actions", 0, "value"), value))
                        == 200
                    )
                if "view" in payload:
                    assert (
                        await deliver(
                            http_shop, changed(payload, ("view", "private_metadata"), value)
                        )
                        == 200
                    )
        await http_shop.bot.dispatcher.drain()
        assert faults(caplog.records) == []


class TestAResponseUrl:
    async def test_of_another_host_is_refused_and_never_called(
        self, http_shop: Office, foreign: BotServer, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        for payload in samples_about(http_shop, NO_TOKEN):
            if "response_url" in payload:
                assert (
                    await deliver(http_shop, changed(payload, ("response_url",), foreign.url))
                    == 400
                )
        await http_shop.bot.dispatcher.drain()
        assert foreign.received == []
        assert "127.0.0.1" not in " ".join(line for line in caplog.messages if "refused" in line)

    async def test_in_a_forms_private_metadata_is_never_called_elsewhere(
        self, http_shop: Office, foreign: BotServer
    ) -> None:
        for payload in await samples(http_shop):
            if "view" in payload:
                carried = payload["view"]["private_metadata"]
                known = json.loads(carried) if carried.startswith("{") else {}
                made = json.dumps({**known, "url": foreign.url})
                assert (
                    await deliver(http_shop, changed(payload, ("view", "private_metadata"), made))
                    == 200
                )
        await http_shop.bot.dispatcher.drain()
        assert foreign.received == []

    async def test_that_redirects_is_not_followed(
        self, http_shop: Office, foreign: BotServer
    ) -> None:
        slack = BotServer("0" * 32)
        await slack.start()
        slack.next_answer(307, headers={"Location": foreign.url})
        origin = slack.url.removesuffix("slack/events")
        client = AsyncWebClient(base_url=f"{origin}api/", session=http_shop.bot.client.session)
        with pytest.raises(GaveUpError, match="status 307"):
            await ResponseUrls(client).respond(
                slack.url, OutgoingMessage("text", []), replace=False
            )
        await slack.stop()
        assert foreign.received == []


class TestHalfASurrogate:
    async def test_in_a_paste_is_left_out(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, f"\ud83d {AUTHORISED}")
        assert TITLE in words_of(await shop.reply_to(ts))

    async def test_in_a_forms_field_is_left_out(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        ts = await http_shop.ws.say(http_shop.alice, http_shop.support, AUTHORISED)
        payload = next(
            p
            for p in samples_about(http_shop, token_of(await http_shop.reply_to(ts)))
            if p.get("view", {}).get("callback_id") == "feedback"
        )
        payload["view"]["state"]["values"]["words"]["words"]["value"] = "not \ud83d \x00 helpful"
        assert await deliver(http_shop, payload) == 200
        (vote,) = await http_shop.votes.for_interaction(1)
        assert vote.words == "not   helpful"
        assert faults(caplog.records) == []


class TestAFrame:
    async def test_that_slack_never_sends_is_dropped(
        self, tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        async with office(tmp_path, socket_mode=True) as shop:
            for frame in FRAMES:
                await shop.ws.events.send_frame(frame)
            assert TITLE in words_of(
                await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
            )
        assert faults(caplog.records) == []
        assert len([line for line in caplog.messages if "refused" in line]) == 2

    async def test_with_a_malformed_payload_is_acknowledged_so_that_it_does_not_come_again(
        self, tmp_path: pathlib.Path
    ) -> None:
        async with office(tmp_path, socket_mode=True) as shop:
            payload = samples_about(shop, NO_TOKEN)[0]
            assert await shop.ws.events.redeliver(changed(payload, ("event", "ts"), 7)) == 200


class TestTheLog:
    async def test_says_once_that_slack_delivers_no_more(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        payload = {
            "type": "app_rate_limited",
            "team_id": http_shop.ws.team_id,
            "minute_rate_limited": 1700000000,
        }
        for _ in range(3):
            assert await deliver(http_shop, payload) == 200
        assert len([line for line in caplog.messages if line.startswith("app_rate_limited: ")]) == 1

    async def test_holds_nothing_of_an_address_that_somebody_asks_for(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        base = str(http_shop.ws.request_url).removesuffix("/slack/events")
        async with aiohttp.ClientSession() as session:
            for path in (
                "/%0a2026 ERROR bot.app: on fire%1b[31m",
                "/healthz/%0afire",
                "/slack/events/%0afire",
            ):
                async with session.get(base + path) as answer:
                    assert answer.status == 404
                async with session.post(base + path, data=b"x") as answer:
                    assert answer.status in {404, 405}
        assert "fire" not in " ".join(
            line for line in caplog.messages if not line.startswith("Using selector")
        )

    async def test_names_at_debug_which_listener_got_what_and_no_words(
        self, shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG, "bot")
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        await shop.escalate(shop.alice, reply)
        await shop.card()
        lines = caplog.messages
        ts = reply.thread_ts
        assert (
            f"messages.on_message got a message in {shop.support} at {ts} by {shop.alice}" in lines
        )
        assert f"escalation_form.on_escalate got a click in {shop.support} by {shop.alice}" in lines
        assert [line for line in lines if line.startswith("event_callback message Ev")]
        assert "Authorised" not in " ".join(lines)
