"""The local Slack's README: its example runs, its lists are complete."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

import slack_sandbox
from slack_sandbox.__main__ import read_options
from slack_sandbox.sandbox import SlackSandbox

README = (Path(slack_sandbox.__file__).parent / "README.md").read_text()
FORM = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Name"},
            "element": {"type": "plain_text_input", "action_id": "name"},
        }
    ],
}
BUTTON = {
    "type": "button",
    "action_id": "open_form",
    "text": {"type": "plain_text", "text": "Open"},
}


class Bot:
    """Answers each message with a button that opens a form; calls again when it is rate limited."""

    def __init__(self) -> None:
        self.client = AsyncWebClient()

    async def answer(self, request: web.Request) -> web.Response:
        if request.content_type == "application/json":
            event = (await request.json())["event"]
            if event["type"] == "message" and "bot_id" not in event:
                actions = [{"type": "actions", "elements": [BUTTON]}]
                await self.client.chat_postMessage(
                    channel=event["channel"], thread_ts=event["ts"], text="Hi", blocks=actions
                )
            return web.Response()
        payload = json.loads(str((await request.post())["payload"]))
        if payload["type"] == "block_actions":
            await self.client.views_open(trigger_id=payload["trigger_id"], view=FORM)
        return web.Response()


@pytest.fixture
async def address() -> AsyncIterator[tuple[str, Bot]]:
    bot = Bot()
    application = web.Application()
    application.router.add_post("/slack/events", bot.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events", bot
    await runner.cleanup()


async def test_its_example_runs(address: tuple[str, Bot]) -> None:
    url, bot = address
    (example,) = re.findall(r"```python\n(from slack_sandbox.*?)```", README, re.DOTALL)
    example = example.replace("http://127.0.0.1:3000/slack/events", url)
    connect = "    bot.client = client(slack)\n    alice ="
    body = textwrap.indent(example.replace("    alice =", connect, 1), "    ")
    names: dict[str, Any] = {"bot": bot, "client": client}
    exec(f"async def example() -> None:\n{body}", names)  # noqa: S102 - it is our README
    await names["example"]()


def client(slack: SlackSandbox) -> AsyncWebClient:
    retrying = AsyncRateLimitErrorRetryHandler(max_retry_count=1)
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[retrying])


def test_names_every_method() -> None:
    (sentence,) = re.findall(r"These methods and no others: (.*?)\. Any other", README, re.DOTALL)
    named, family = set(), ""
    for word in re.split(r",\s+|\s+and\s+", sentence):
        found = word.strip() if "." in word else f"{family}.{word.strip()}"
        family = found.rpartition(".")[0]
        named.add(found)
    with_state = SlackSandbox()
    assert named == set(with_state._server.methods)


def test_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_options(["--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    rows = "".join(line for line in README.splitlines() if line.startswith("| `--"))
    assert set(re.findall(r"--[a-z-]+", rows)) == options - {"--help"}


def test_names_every_part() -> None:
    rows = set(re.findall(r"^\| `slack\.(\w+)` \|", README, re.MULTILINE))
    assert rows == {"events", "api", "files", "directory", "agent", "transcript"}
    sandbox = SlackSandbox()
    for part, cell in re.findall(r"^\| `slack\.(\w+)` \| (.*) \|$", README, re.MULTILINE):
        for name in re.findall(r"`(\w+)(?:\(\w+\))?`", cell):
            assert hasattr(getattr(sandbox, part), name), (part, name)
