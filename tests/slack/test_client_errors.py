"""Slack's errors, and whether a call is tried again after each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.errors import GaveUpError, ThrottledError, UnsureError
from bot.slack.client.error_codes import FINAL
from bot.slack.client.errors import calling
from slack_sandbox import Failure
from tests.slack_harness import AUTHORISED, office

PASSING = (
    "accesslimited",
    "ekm_access_denied",
    "external_channel_migrating",
    "fatal_error",
    "fetch_members_failed",
    "internal_error",
    "message_limit_exceeded",
    "org_login_required",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
    "update_failed",
    "a_code_of_next_year",
)
LASTING = (
    "channel_not_found",
    "is_archived",
    "message_not_found",
    "missing_scope",
    "restricted_action",
    "invalid_blocks",
)


def refusal(status: int, data: Any, **headers: str) -> SlackApiError:
    answer = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="",
        req_args={},
        data=data,
        headers=headers,
        status_code=status,
    )
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call]


class TestARefusal:
    @pytest.mark.parametrize(
        ("status", "code"), [(429, "ratelimited"), (200, "ratelimited"), (200, "rate_limited")]
    )
    async def test_because_there_are_many_says_when_to_come_back_and_is_no_failure(
        self, status: int, code: str
    ) -> None:
        with pytest.raises(ThrottledError) as caught:
            async with calling("chat.postMessage"):
                raise refusal(status, {"ok": False, "error": code}, **{"Retry-After": "7"})
        assert (caught.value.seconds, caught.value.counts) == (7.0, False)

    @pytest.mark.parametrize("code", PASSING)
    async def test_that_passes_is_tried_again(self, code: str) -> None:
        with pytest.raises(UnsureError):
            async with calling("chat.postMessage"):
                raise refusal(200, {"ok": False, "error": code})

    @pytest.mark.parametrize("code", LASTING)
    async def test_that_lasts_says_what_to_do(self, code: str) -> None:
        with pytest.raises(GaveUpError) as caught:
            async with calling("chat.postMessage"):
                raise refusal(200, {"ok": False, "error": code})
        assert caught.value.code == code

    @pytest.mark.parametrize("code", sorted(FINAL)[::12])
    async def test_by_a_server_that_fell_over_is_never_final(self, code: str) -> None:
        with pytest.raises(UnsureError):
            async with calling("chat.postMessage"):
                raise refusal(503, {"ok": False, "error": code})

    @pytest.mark.parametrize(
        ("status", "answered"), [(500, True), (503, True), (502, False), (504, False)]
    )
    async def test_says_whether_it_may_still_happen(self, status: int, answered: bool) -> None:
        with pytest.raises(UnsureError) as caught:
            async with calling("chat.postMessage"):
                raise refusal(status, {})
        assert caught.value.answered is answered


class TestAReply:
    @pytest.mark.parametrize("code", ["accesslimited", "message_limit_exceeded", "rate_limited"])
    async def test_that_slack_refuses_for_now_is_posted_when_it_passes(
        self, tmp_path: Path, code: str
    ) -> None:
        async with office(tmp_path) as shop:
            shop.ws.api.fail_next("chat.postMessage", Failure.error(code))
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.ws.until(lambda: bool(shop.replies_to(ts)))
        assert len(shop.replies_to(ts)) == 1
