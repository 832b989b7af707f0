from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Failure, Refused, Workspace

from .bot_server import BotServer

PROMPTS = [{"title": "An error", "message": "I have an error"}, {"title": "Open ones", "message": "open"}]


@pytest.fixture
def im(ws: Workspace, alice: str) -> str:
    return ws.open_im(alice)


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


class TestOpening:
    async def test_starts_a_thread_in_the_direct_conversation(
        self, ws: Workspace, bot: BotServer, client: AsyncWebClient, alice: str, im: str
    ) -> None:
        thread = await ws.open_pane(alice)
        (event,) = bot.events("assistant_thread_started")
        assert event["assistant_thread"] == {"user_id": alice, "context": {}, "channel_id": im, "thread_ts": thread}
        (root,) = (await client.conversations_replies(channel=im, ts=thread))["messages"]
        assert (root["subtype"], root["user"], root["thread_ts"]) == ("assistant_app_thread", ws.bot_user_id, thread)

    async def test_tells_the_channel_beside_it(self, ws: Workspace, bot: BotServer, alice: str, channel: str) -> None:
        thread = await ws.open_pane(alice, channel)
        other = ws.add_channel("other", [alice])
        await ws.change_pane_context(alice, thread, other)
        (started,) = bot.events("assistant_thread_started")
        (changed,) = bot.events("assistant_thread_context_changed")
        team = {"team_id": ws.team_id, "enterprise_id": None}
        assert started["assistant_thread"]["context"] == {"channel_id": channel} | team
        assert changed["assistant_thread"]["context"] == {"channel_id": other} | team
        assert changed["assistant_thread"]["thread_ts"] == thread

    async def test_is_not_told_without_the_scope_and_not_for_guests(
        self, ws: Workspace, bot: BotServer, alice: str
    ) -> None:
        ws.scopes.discard("assistant:write")
        await ws.open_pane(alice)
        assert bot.events("assistant_thread_started") == []
        with pytest.raises(Refused):
            await ws.open_pane(ws.add_user("Gus", team_id="T0OTHER"))


class TestTalkingInIt:
    async def test_messages_are_direct_and_in_the_thread(
        self, ws: Workspace, bot: BotServer, alice: str, im: str
    ) -> None:
        thread = await ws.open_pane(alice)
        await ws.say(alice, im, "it failed", thread_ts=thread)
        event = bot.events()[-1]
        assert (event["channel_type"], event["thread_ts"], event["parent_user_id"]) == ("im", thread, ws.bot_user_id)
        assert event["assistant_thread"]["action_token"]
        await ws.say(alice, im, "outside")
        assert "assistant_thread" not in bot.events()[-1]

    async def test_edits_and_deletions_name_the_thread(
        self, ws: Workspace, bot: BotServer, alice: str, im: str
    ) -> None:
        thread = await ws.open_pane(alice)
        ts = await ws.say(alice, im, "it failed", thread_ts=thread)
        await ws.edit(alice, im, ts, "it failed again")
        await ws.delete(alice, im, ts)
        changed, deleted = bot.events()[-2:]
        assert (changed["subtype"], changed["message"]["thread_ts"]) == ("message_changed", thread)
        assert (deleted["subtype"], deleted["previous_message"]["thread_ts"]) == ("message_deleted", thread)


class TestWhatTheAppShows:
    async def test_prompts_are_kept_for_the_thread_or_the_newest_one(
        self, ws: Workspace, client: AsyncWebClient, alice: str, im: str
    ) -> None:
        first = await ws.open_pane(alice)
        await client.assistant_threads_setSuggestedPrompts(channel_id=im, thread_ts=first, prompts=PROMPTS)
        second = await ws.open_pane(alice)
        assert (ws.prompts(im, first), ws.prompts(im, second)) == (PROMPTS, [])
        await client.assistant_threads_setSuggestedPrompts(channel_id=im, prompts=PROMPTS[:1])
        assert ws.prompts(im, second) == PROMPTS[:1]

    @pytest.mark.parametrize("prompts", [[], PROMPTS * 3, [{"title": "x"}], [{"title": "x", "message": " "}], ["x"]])
    async def test_prompts_that_slack_would_not_take_are_refused(
        self, ws: Workspace, client: AsyncWebClient, alice: str, im: str, prompts: list[Any]
    ) -> None:
        thread = await ws.open_pane(alice)
        call = client.assistant_threads_setSuggestedPrompts(channel_id=im, thread_ts=thread, prompts=prompts)
        assert await error_of(call) == "invalid_arguments"
        assert ws.prompts(im, thread) == []

    async def test_a_status_stands_until_the_app_posts_there(
        self, ws: Workspace, client: AsyncWebClient, alice: str, im: str
    ) -> None:
        thread = await ws.open_pane(alice)
        await client.assistant_threads_setStatus(channel_id=im, thread_ts=thread, status="is reading…")
        await client.chat_postMessage(channel=im, text="elsewhere")
        assert ws.status(im, thread) == "is reading…"
        await client.chat_postMessage(channel=im, thread_ts=thread, text="done")
        assert ws.status(im, thread) == ""
        await client.assistant_threads_setStatus(channel_id=im, thread_ts=thread, status="is reading…")
        await client.assistant_threads_setStatus(channel_id=im, thread_ts=thread, status="")
        assert ws.status(im, thread) == ""

    async def test_a_status_can_stand_in_any_thread_with_either_scope(
        self, ws: Workspace, client: AsyncWebClient, alice: str, channel: str
    ) -> None:
        ts = await ws.say(alice, channel, "it failed")
        ws.scopes.discard("assistant:write")
        await client.assistant_threads_setStatus(channel_id=channel, thread_ts=ts, status="is reading…")
        assert ws.status(channel, ts) == "is reading…"

    async def test_a_title_changes_the_first_message_and_the_bot_hears_it(
        self, ws: Workspace, bot: BotServer, client: AsyncWebClient, alice: str, im: str
    ) -> None:
        thread = await ws.open_pane(alice)
        await client.assistant_threads_setTitle(channel_id=im, thread_ts=thread, title="Invoice 12")
        await ws.settled()
        assert ws.pane_title(im, thread) == "Invoice 12"
        event = bot.events()[-1]
        assert (event["subtype"], event["message"]["subtype"]) == ("message_changed", "assistant_app_thread")
        assert event["message"]["assistant_app_thread"]["title"] == "Invoice 12"

    async def test_wrong_threads_scopes_and_ordered_failures_are_slacks(
        self, ws: Workspace, client: AsyncWebClient, alice: str, im: str, channel: str
    ) -> None:
        plain = await ws.say(alice, channel, "it failed")
        title, status = client.assistant_threads_setTitle, client.assistant_threads_setStatus
        assert await error_of(title(channel_id=channel, thread_ts=plain, title="x")) == "invalid_thread_ts"
        assert await error_of(title(channel_id="D404", thread_ts=plain, title="x")) == "channel_not_found"
        assert await error_of(status(channel_id=im, thread_ts="1.0", status="x")) == "invalid_thread_ts"
        thread = await ws.open_pane(alice)
        ws.fail_next("assistant.threads.setTitle", Failure.error("internal_error"))
        assert await error_of(title(channel_id=im, thread_ts=thread, title="x")) == "internal_error"
        ws.scopes.discard("assistant:write")
        assert await error_of(title(channel_id=im, thread_ts=thread, title="x")) == "missing_scope"
