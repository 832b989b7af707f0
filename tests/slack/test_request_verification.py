"""Requests that are refused before they reach Bolt."""

from __future__ import annotations

import json
import time

import aiohttp
import pytest

from tests.slack_harness import Office

EVENT = json.dumps({"type": "event_callback", "event": {"type": "message"}})


async def send(
    shop: Office, body: str | bytes, content_type: str = "application/json", **sign: str
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

    @pytest.mark.parametrize("seconds", [-310, 310])
    async def test_outside_five_minutes_is_refused(self, http_shop: Office, seconds: int) -> None:
        assert (await send(http_shop, EVENT, timestamp=str(int(time.time()) + seconds)))[0] == 401

    @pytest.mark.parametrize("timestamp", ["soon", "-1", "1e9", "9" * 400])
    async def test_with_a_timestamp_that_is_no_time_is_refused(
        self, http_shop: Office, timestamp: str
    ) -> None:
        assert (await send(http_shop, EVENT, timestamp=timestamp))[0] == 401

    async def test_that_is_missing_is_refused(self, http_shop: Office) -> None:
        assert (await http_shop.ws.events.send_raw(EVENT, {"content-type": "application/json"}))[
            0
        ] == 401


class TestABody:
    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            ("", "application/json"),
            ("not json", "application/json"),
            ("[1, 2]", "application/json"),
            ("null", "application/json"),
            ('{"no": "type"}', "application/json"),
            ('{"type": "event_callback", "event": null}', "application/json"),
            ('{"type": "event_callback", "event": "message"}', "application/json"),
            ("[" * 100_000, "application/json"),
            (b"\xff\xfe", "application/json"),
            ("payload=not+json", "application/x-www-form-urlencoded"),
            ("payload=%5B1%5D", "application/x-www-form-urlencoded"),
            ("neither=nor", "application/x-www-form-urlencoded"),
        ],
    )
    async def test_that_slack_never_sends_is_refused_in_words(
        self, http_shop: Office, body: str | bytes, content_type: str
    ) -> None:
        status, text = await send(http_shop, body, content_type)
        assert status == 400
        assert "Traceback" not in text

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

    @pytest.mark.parametrize(
        "kind", ["block_actions", "view_submission", "view_closed", "shortcut", "message_action"]
    )
    async def test_acknowledges_clicks_on_what_is_no_longer_there(
        self, http_shop: Office, kind: str
    ) -> None:
        view = {"id": "V1", "type": "modal", "callback_id": "gone", "state": {"values": {}}}
        payload = {
            "type": kind,
            "team": {"id": "T1"},
            "user": {"id": "U1"},
            "trigger_id": "1",
            "callback_id": "gone",
            "actions": [{"type": "button", "action_id": "gone", "block_id": "b", "value": "1"}],
            "message": {"ts": "1", "text": ""},
            "channel": {"id": "C1"},
        } | ({"view": view} if kind.startswith("view") else {})
        body = "payload=" + json.dumps(payload)
        assert (await send(http_shop, body, "application/x-www-form-urlencoded"))[0] == 200


async def _get(shop: Office, path: str) -> tuple[int, str]:
    url = str(shop.ws.request_url)
    async with (
        aiohttp.ClientSession() as session,
        session.get(url.replace("/slack/events", path)) as answer,
    ):
        return answer.status, await answer.text()
