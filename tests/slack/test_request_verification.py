"""Requests that are refused before they reach Bolt."""

from __future__ import annotations

import json
import time

import aiohttp

from tests.slack_harness import Office

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
EVENT = json.dumps({"type": "event_callback", "event": {"type": "message"}})


async def send(
    shop: Office, body: str | bytes, content_type: str = JSON, **sign: str
) -> tuple[int, str]:
    headers = shop.ws.events.signed_headers(body, **sign) | {"content-type": content_type}
    return await shop.ws.events.send_raw(body, headers)


class TestASignature:
    async def test_that_is_right_is_let_in(self, http_shop: Office) -> None:
        assert (await send(http_shop, EVENT))[0] == 200

    async def test_of_another_secret_is_refused(self, http_shop: Office) -> None:
        assert await send(http_shop, EVENT, secret="0" * 32) == (
            401,
            "the signature does not match the signing secret\n",
        )

    async def test_outside_five_minutes_is_refused(self, http_shop: Office) -> None:
        for seconds in (-310, 310):
            timestamp = str(int(time.time()) + seconds)
            assert (await send(http_shop, EVENT, timestamp=timestamp))[0] == 401, seconds

    async def test_with_a_timestamp_that_is_no_time_is_refused(self, http_shop: Office) -> None:
        for timestamp in ("soon", "-1", "1e9", "9" * 400):
            assert (await send(http_shop, EVENT, timestamp=timestamp))[0] == 401, timestamp

    async def test_that_is_missing_is_refused(self, http_shop: Office) -> None:
        assert (await http_shop.ws.events.send_raw(EVENT, {"content-type": "application/json"}))[
            0
        ] == 401


class TestABody:
    async def test_that_slack_never_sends_is_refused_in_words(self, http_shop: Office) -> None:
        for body, content_type in (
            ("", JSON),
            ("not json", JSON),
            ("[1, 2]", JSON),
            ("null", JSON),
            ('{"no": "type"}', JSON),
            ('{"type": "event_callback", "event": null}', JSON),
            ('{"type": "event_callback", "event": "message"}', JSON),
            ("[" * 100_000, JSON),
            (b"\xff\xfe", JSON),
            ("payload=not+json", FORM),
            ("payload=%5B1%5D", FORM),
            ("neither=nor", FORM),
        ):
            status, text = await send(http_shop, body, content_type)
            assert (status, "Traceback" in text) == (400, False), body[:60]

    async def test_that_is_too_large_is_refused(self, http_shop: Office) -> None:
        assert (await send(http_shop, "x" * 1_000_001))[0] == 413


class TestOtherAddresses:
    async def test_the_health_check_answers(self, http_shop: Office) -> None:
        assert await _get(http_shop, "/healthz") == (200, "ok\n")

    async def test_anything_else_is_not_found(self, http_shop: Office) -> None:
        assert (await _get(http_shop, "/"))[0] == 404

    async def test_looking_at_the_request_url_says_what_it_is_for(self, http_shop: Office) -> None:
        assert await _get(http_shop, "/slack/events") == (405, "only POST is served here\n")


class TestTheRequestUrl:
    async def test_passes_slacks_check(self, http_shop: Office) -> None:
        assert await http_shop.ws.events.verify_url()

    async def test_acknowledges_events_that_nobody_listens_to(self, http_shop: Office) -> None:
        body = json.dumps(
            {"type": "event_callback", "team_id": "T1", "event": {"type": "team_rename"}}
        )
        assert (await send(http_shop, body))[0] == 200

    async def test_acknowledges_clicks_on_what_is_no_longer_there(self, http_shop: Office) -> None:
        view = {"id": "V1", "type": "modal", "callback_id": "gone", "state": {"values": {}}}
        pressed = {
            "team": {"id": "T1"},
            "user": {"id": "U1"},
            "trigger_id": "1",
            "callback_id": "gone",
            "actions": [{"type": "button", "action_id": "gone", "block_id": "b", "value": "1"}],
            "message": {"ts": "1", "text": ""},
            "channel": {"id": "C1"},
        }
        for kind in (
            "block_actions",
            "view_submission",
            "view_closed",
            "shortcut",
            "message_action",
        ):
            more = {"view": view} if kind.startswith("view") else {}
            body = "payload=" + json.dumps({"type": kind, **pressed, **more})
            assert (await send(http_shop, body, FORM))[0] == 200, kind


async def _get(shop: Office, path: str) -> tuple[int, str]:
    url = str(shop.ws.request_url)
    async with (
        aiohttp.ClientSession() as session,
        session.get(url.replace("/slack/events", path)) as answer,
    ):
        return answer.status, await answer.text()
