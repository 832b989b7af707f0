"""`make validate`, with the local workspace instead of Slack."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import Failure, SlackSandbox
from tests import validate
from tests.recording import FILE
from tests.slack_harness import AUTHORISED, office
from tests.validate import DIVIDER, UnreachableError, refusals

UNKNOWN = {"message": {"blocks": [{"type": "divider", "colour": "red"}]}}
HOME = {
    "view": {
        "type": "home",
        "blocks": [{"type": "header", "text": {"type": "plain_text", "text": ""}}],
    }
}


class TestRecording:
    async def test_keeps_every_message_and_view_as_it_was_sent(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "payloads.jsonl"
        monkeypatch.setenv(FILE, str(file))
        async with office(tmp_path) as shop:
            ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
            await shop.escalate(shop.alice, await shop.reply_to(ts))
            await shop.card()
            await shop.ws.command(shop.alice, shop.support, "/xero-error", AUTHORISED)
            await shop.ws.until(lambda: bool(shop.ws.ephemerals(shop.alice)))
            shown = [
                shop.ws.messages(shop.support)[1].blocks,
                shop.ws.ephemerals(shop.alice)[0].blocks,
            ]
        payloads = [json.loads(line) for line in file.read_text().splitlines()]
        sent = [payload["message"]["blocks"] for payload in payloads if "message" in payload]
        types = [[block["type"] for block in blocks] for blocks in sent]
        assert all([block["type"] for block in blocks] in types for blocks in shown)
        assert {payload["view"]["type"] for payload in payloads if "view" in payload} == {"modal"}
        async with SlackSandbox() as slack:
            assert await refusals(slack.api_url, payloads) == []


class TestValidating:
    async def test_names_each_fault_with_its_position(self) -> None:
        async with SlackSandbox() as slack:
            lines = await refusals(slack.api_url, [DIVIDER, UNKNOWN, HOME])
        assert [line.partition(': {"')[0] for line in lines] == [
            "/blocks/0: invalid additional property: colour",
            "/blocks/0/text/text: is empty, at least 1 character is required",
        ]
        assert json.dumps(UNKNOWN) in lines[0]

    async def test_waits_when_slack_asks_to(self) -> None:
        async with SlackSandbox() as slack:
            slack.api.fail_next("blocks.validate", Failure.rate_limited(0))
            assert len(await refusals(slack.api_url, [UNKNOWN])) == 1
            assert len(slack.transcript.calls("blocks.validate")) == 2

    async def test_of_another_refusal_says_that_nothing_was_checked(self) -> None:
        async with SlackSandbox() as slack:
            slack.api.fail_next("blocks.validate", Failure.error("unknown_method"))
            with pytest.raises(UnreachableError, match="answers unknown_method"):
                await refusals(slack.api_url, [DIVIDER])

    def test_without_a_network_says_so_and_records_nothing(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(validate, "recorded", lambda: pytest.fail("recorded for nothing"))
        assert validate.main("http://127.0.0.1:9/") == 0
        printed = (
            "Nothing was validated: http://127.0.0.1:9/ cannot be asked (ClientConnectorError).\n"
        )
        assert capsys.readouterr().out == printed


class TestTheMethod:
    async def test_judges_blocks_messages_and_views(self) -> None:
        async with SlackSandbox() as slack:
            client = AsyncWebClient(base_url=slack.api_url)
            good = {"type": "divider"}
            for name, value in (
                ("blocks", [good]),
                ("message", {"blocks": [good]}),
                ("view", {**HOME["view"]}),
            ):
                bad = json.loads(json.dumps(value).replace("divider", "banner"))
                if name != "view":
                    assert (await client.api_call("blocks.validate", json={name: value}))["ok"]
                with pytest.raises(SlackApiError) as caught:
                    await client.api_call("blocks.validate", json={name: bad})
                assert caught.value.response["error"] == f"invalid_{name}"
                (error,) = caught.value.response["errors"]
                expected = {
                    "blocks": "/0/type",
                    "message": "/blocks/0/type",
                    "view": "/blocks/0/text/text",
                }
                assert (error["pointer"], error["code"]) == (expected[name], "failed_constraint")

    @pytest.mark.parametrize("given", [{}, {"blocks": [], "view": {}}])
    async def test_takes_exactly_one_of_them(self, given: dict[str, object]) -> None:
        async with SlackSandbox() as slack:
            with pytest.raises(SlackApiError, match="exactly one of blocks, view, or message"):
                await AsyncWebClient(base_url=slack.api_url).api_call("blocks.validate", json=given)
