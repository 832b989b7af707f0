from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import Failure, Refused, SlackSandbox

from .bot_server import BotServer

PROMPTS = [
    {"title": "An error", "message": "I have an error"},
    {"title": "Open ones", "message": "open"},
]


@pytest.fixture
def im(ws: SlackSandbox, alice: str) -> str:
    return ws.open_im(alice)


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


class TestOpeningTheMessagesTab:
    async def test_tells_of_the_tab_and_the_conversation(
        self, ws: SlackSandbox, bot: BotServer, alice: str, im: str
    ) -> None:
        assert await ws.open_messages(alice) == im
        (event,) = bot.events("app_home_opened")
        assert (event["user"], event["channel"], event["tab"]) == (alice, im, "messages")
        assert "view" not in event

    async def test_needs_no_scope(self, ws: SlackSandbox, bot: BotServer, alice: str) -> None:
        ws.api.scopes.clear()
        await ws.open_messages(alice)
        assert len(bot.events("app_home_opened")) == 1

    async def test_is_not_for_guests(self, ws: SlackSandbox) -> None:
        with pytest.raises(Refused):
            await ws.open_messages(ws.add_user("Gus", team_id="T0OTHER"))

    async def test_starts_no_thread(
        self, ws: SlackSandbox, bot: BotServer, alice: str, im: str
    ) -> None:
        await ws.open_messages(alice)
        ts = await ws.say(alice, im, "it failed")
        assert [message.ts for message in ws.messages(im)] == [ts]
        assert "thread_ts" not in bot.events()[-1]


class TestSuggestedPrompts:
    async def test_are_those_of_the_conversation_until_something_is_posted(
        self, ws: SlackSandbox, client: AsyncWebClient, alice: str, im: str
    ) -> None:
        await client.assistant_threads_setSuggestedPrompts(
            channel_id=im, title="Try", prompts=PROMPTS
        )
        assert (ws.agent.prompts(im), ws.agent.title(im)) == (PROMPTS, "Try")
        await ws.say(alice, im, "it failed")
        assert (ws.agent.prompts(im), ws.agent.title(im)) == ([], "")
        await client.assistant_threads_setSuggestedPrompts(channel_id=im, prompts=PROMPTS[:1])
        assert ws.agent.prompts(im) == PROMPTS[:1]

    @pytest.mark.parametrize(
        "prompts", [[], PROMPTS * 3, [{"title": "x"}], [{"title": "x", "message": " "}], ["x"]]
    )
    async def test_that_slack_would_not_take_are_refused(
        self, ws: SlackSandbox, client: AsyncWebClient, im: str, prompts: list[Any]
    ) -> None:
        call = client.assistant_threads_setSuggestedPrompts(channel_id=im, prompts=prompts)
        assert await error_of(call) == "invalid_arguments"
        assert ws.agent.prompts(im) == []

    async def test_for_a_thread_are_ignored_in_silence_and_the_transcript_says_so(
        self, ws: SlackSandbox, client: AsyncWebClient, alice: str, im: str
    ) -> None:
        ts = await ws.say(alice, im, "it failed")
        answer = await client.assistant_threads_setSuggestedPrompts(
            channel_id=im, thread_ts=ts, prompts=PROMPTS
        )
        assert answer["ok"] is True
        assert ws.agent.prompts(im) == []
        assert ws.transcript[-1].ignored.startswith("thread_ts:")

    async def test_for_a_thread_are_refused_where_the_workspace_is_strict(
        self, ws: SlackSandbox, client: AsyncWebClient, alice: str, im: str
    ) -> None:
        ws.api.strict = True
        ts = await ws.say(alice, im, "it failed")
        call = client.assistant_threads_setSuggestedPrompts(
            channel_id=im, thread_ts=ts, prompts=PROMPTS
        )
        assert await error_of(call) == "invalid_arguments"

    async def test_are_for_direct_conversations_with_the_scope_alone(
        self, ws: SlackSandbox, client: AsyncWebClient, im: str, channel: str
    ) -> None:
        call = client.assistant_threads_setSuggestedPrompts
        assert await error_of(call(channel_id=channel, prompts=PROMPTS)) == "channel_not_found"
        assert await error_of(call(channel_id="D404", prompts=PROMPTS)) == "channel_not_found"
        ws.api.fail_next("assistant.threads.setSuggestedPrompts", Failure.error("internal_error"))
        assert await error_of(call(channel_id=im, prompts=PROMPTS)) == "internal_error"
        ws.api.scopes.discard("assistant:write")
        assert await error_of(call(channel_id=im, prompts=PROMPTS)) == "missing_scope"


class TestAStatus:
    async def test_is_shown_until_the_app_posts_there(
        self, ws: SlackSandbox, client: AsyncWebClient, alice: str, im: str
    ) -> None:
        thread = await ws.say(alice, im, "it failed")
        await client.assistant_threads_setStatus(
            channel_id=im, thread_ts=thread, status="is reading…"
        )
        await client.chat_postMessage(channel=im, text="elsewhere")
        assert ws.agent.status(im, thread) == "is reading…"
        await client.chat_postMessage(channel=im, thread_ts=thread, text="done")
        assert ws.agent.status(im, thread) == ""
        await client.assistant_threads_setStatus(
            channel_id=im, thread_ts=thread, status="is reading…"
        )
        await client.assistant_threads_setStatus(channel_id=im, thread_ts=thread, status="")
        assert ws.agent.status(im, thread) == ""

    async def test_can_be_in_any_thread_with_either_scope(
        self, ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
    ) -> None:
        ts = await ws.say(alice, channel, "it failed")
        ws.api.scopes.discard("assistant:write")
        await client.assistant_threads_setStatus(
            channel_id=channel, thread_ts=ts, status="is reading…"
        )
        assert ws.agent.status(channel, ts) == "is reading…"

    async def test_needs_a_thread(self, client: AsyncWebClient, im: str) -> None:
        call = client.assistant_threads_setStatus(channel_id=im, thread_ts="1.0", status="x")
        assert await error_of(call) == "invalid_thread_ts"
