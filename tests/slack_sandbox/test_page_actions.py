"""What people do on the page."""

from __future__ import annotations

from base64 import b64encode

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from .bot_server import BotServer
from .page_browser import Json, Scene
from .view_builders import button, modal
from .view_builders import field as input_block


class TestWhatPeopleDo:
    async def test_a_typed_name_is_a_mention(self, scene: Scene, bot: BotServer) -> None:
        browser = await scene.browser()
        await browser.do(
            "say", channel=scene.support, text="hi @xero help, and @Ben; mail a@ben.example @Benny"
        )
        await scene.ws.settled()
        (message,) = scene.ws.messages(scene.support)
        assert message.text.startswith(f"hi <@{scene.ws.bot_user_id}>, and <@{scene.ben}>; mail ")
        assert message.text.endswith("@Benny")
        assert [received.event["type"] for received in bot.received] == ["message", "app_mention"]

    async def test_files_come_along(self, scene: Scene) -> None:
        browser = await scene.browser()
        file = {"name": "log.txt", "mimetype": "text/plain", "content": "line"}
        assert (await browser.do("say", channel=scene.support, text="", files=[file]))["ok"] is True
        (message,) = await browser.messages(scene.support)
        assert message["files"] == [
            {"name": "log.txt", "size": 4, "preview": "line", "mimetype": "text/plain"}
        ]

    async def test_a_picture_comes_as_its_bytes_and_is_shown(self, scene: Scene) -> None:
        browser, data = await scene.browser(), bytes(range(256))
        file = {"name": "shot.png", "mimetype": "image/png", "base64": b64encode(data).decode()}
        assert (await browser.do("say", channel=scene.support, text="", files=[file]))["ok"] is True
        (message,) = await browser.messages(scene.support)
        (shown,) = message["files"]
        assert (shown["name"], shown["size"]) == ("shot.png", 256)
        async with scene.http.get(scene.address.rstrip("/") + shown["picture"]) as response:
            assert (response.status, await response.read(), response.content_type) == (
                200,
                data,
                "image/png",
            )
        scene.ws.files.remove(shown["picture"].rpartition("/")[2])
        (message,) = await browser.messages(scene.support)
        assert message["files"] == [{"name": "This file was deleted.", "gone": True}]
        async with scene.http.get(scene.address.rstrip("/") + shown["picture"]) as response:
            assert response.status == 404

    async def test_a_sample_with_a_file_can_be_sent_as_it_comes(self, scene: Scene) -> None:
        browser = await scene.browser()
        paste, log = browser.hello["samples"]
        assert "file" not in paste
        await browser.do("say", channel=scene.support, text=log["text"], files=[log["file"]])
        (message,) = await browser.messages(scene.support)
        assert [(file["name"], file["preview"]) for file in message["files"]] == [
            ("a.log", "ERROR …")
        ]

    async def test_a_message_is_forwarded_to_where_one_is_and_from_where_one_sees_it(
        self, scene: Scene
    ) -> None:
        ts = await scene.ws.say(scene.ben, scene.escalations, "not for all")
        hana, ben = await scene.browser(), await scene.browser(scene.ben)
        where: Json = {"channel": scene.escalations, "ts": ts}
        assert not (await hana.do("forward", **where, to=scene.support))["ok"]
        assert (await ben.do("forward", **where, to=scene.support))["ok"]
        (message,) = await hana.messages(scene.support)
        assert [one["text"] for one in message["attachments"]] == ["not for all"]
        back: Json = {"channel": scene.support, "ts": message["ts"]}
        assert not (await hana.do("forward", **back, to=scene.escalations))["ok"]

    async def test_only_pictures_are_served_beside_the_page(self, scene: Scene) -> None:
        browser = await scene.browser()
        file = {
            "name": "page.html",
            "mimetype": "text/html",
            "content": "<script>alert(1)</script>",
        }
        await browser.do("say", channel=scene.support, text="", files=[file])
        file_id = scene.ws.messages(scene.support)[0].files[0]["id"]
        async with scene.http.get(f"{scene.address}files/{file_id}") as response:
            assert response.status == 404

    async def test_reactions_are_under_the_message(self, scene: Scene) -> None:
        browser = await scene.browser()
        ts = await scene.ws.say(scene.hana, scene.support, "it failed")
        await scene.ws.react(scene.hana, scene.support, ts, "eyes")
        (message,) = await browser.messages(scene.support)
        assert message["reactions"] == [{"name": "eyes", "users": [scene.hana], "count": 1}]

    async def test_the_messages_tab_shows_what_the_app_put_into_it(
        self, scene: Scene, bot: BotServer, client: AsyncWebClient
    ) -> None:
        browser = await scene.browser()
        im = (await browser.do("messages"))["channel"]
        (event,) = bot.events("app_home_opened")
        assert (event["tab"], event["channel"]) == ("messages", im)
        prompts = [{"title": "An error", "message": "I have an error"}]
        await client.assistant_threads_setSuggestedPrompts(
            channel_id=im, title="Ask me", prompts=prompts
        )
        (shown,) = [one for one in (await browser.look())["channels"] if one["id"] == im]
        assert (shown["prompts"], shown["invitation"]) == (prompts, "Ask me")
        await browser.do("say", channel=im, text="it failed")
        (root,) = await browser.messages(im)
        await client.assistant_threads_setStatus(
            channel_id=im, thread_ts=root["ts"], status="is reading…"
        )
        assert (await browser.messages(im))[0]["status"] == "is reading…"

    async def test_traffic_names_a_call_that_slack_ignores(
        self, scene: Scene, client: AsyncWebClient
    ) -> None:
        browser = await scene.browser()
        im = scene.ws.open_im(scene.hana)
        prompts = [{"title": "An error", "message": "I have an error"}]
        await client.assistant_threads_setSuggestedPrompts(
            channel_id=im, thread_ts="1.0", prompts=prompts
        )
        line = (await browser.look())["traffic"][-1]
        assert line["error"] == "ignored"
        async with scene.http.get(f"{scene.address}traffic/{line['n']}") as response:
            assert (await response.json())["ignored"].startswith("thread_ts:")

    async def test_a_command_goes_with_all_its_lines(self, scene: Scene, bot: BotServer) -> None:
        bot.next_answer(body={"text": "only you"})
        browser = await scene.browser()
        assert (await browser.do("say", channel=scene.support, text="/xero-error one\ntwo"))[
            "ok"
        ] is True
        assert (bot.received[0].payload["command"], bot.received[0].payload["text"]) == (
            "/xero-error",
            "one\ntwo",
        )
        assert [m["text"] for m in await browser.messages(scene.support)] == ["only you"]

    @pytest.mark.parametrize(
        ("who", "given", "words"),
        [
            ("hana", {"text": "/other x"}, "/other is not a valid command"),
            ("hana", {"text": "/xero-error x", "thread": "1.0"}, "not supported in threads"),
            (
                "mia",
                {"text": "/xero-error x"},
                "a guest of another workspace has no slash commands",
            ),
            ("hana", {"text": "  "}, "Write something"),
            ("hana", {"text": "x" * 40_001}, "at most 40,000 characters"),
            ("hana", {"text": "x", "thread": "1.0"}, "message_not_found"),
            (
                "hana",
                {"text": "x", "files": [{"name": "a.png", "base64": "?"}]},
                "a.png arrived damaged",
            ),
            ("hana", {"text": "x", "channel": "C0NOWHERE"}, "is not in this channel"),
            ("hana", {"text": "x", "user": "U0NOBODY"}, "no such person"),
        ],
    )
    async def test_what_cannot_be_sent_is_explained(
        self, scene: Scene, who: str, given: Json, words: str
    ) -> None:
        browser = await scene.browser(getattr(scene, who))
        answer = await browser.do("say", **({"channel": scene.support} | given))
        assert (answer["ok"], answer["refused"]) == (False, True)
        assert words.lower() in answer["words"].lower()

    async def test_a_click_reaches_the_bot(
        self, scene: Scene, bot: BotServer, client: AsyncWebClient
    ) -> None:
        row = {"type": "actions", "block_id": "b", "elements": [button("go", "7")]}
        ts = (await client.chat_postMessage(channel=scene.support, text="x", blocks=[row]))["ts"]
        browser = await scene.browser()
        where = {"channel": scene.support, "ts": ts, "block": "b"}
        assert (await browser.do("click", **where, action="go", value="7"))["ok"] is True
        assert bot.received[-1].payload["actions"][0]["value"] == "7"
        assert "nothing to click" in (await browser.do("click", **where, action="gone"))["words"]

    async def test_nobody_clicks_what_they_do_not_see(
        self, scene: Scene, bot: BotServer, client: AsyncWebClient
    ) -> None:
        row = {"type": "actions", "elements": [button()]}
        card = (await client.chat_postMessage(channel=scene.escalations, text="x", blocks=[row]))[
            "ts"
        ]
        his = await client.chat_postEphemeral(
            channel=scene.support, user=scene.ben, text="x", blocks=[row]
        )
        browser, heard = await scene.browser(), len(bot.received)
        for where in (
            {"channel": scene.escalations, "ts": card},
            {"channel": scene.support, "ts": his["message_ts"]},
        ):
            assert (
                "no longer here"
                in (await browser.do("click", **where, action="go", value="1"))["words"]
            )
            assert (
                "no longer here"
                in (await browser.do("shortcut", **where, callback="explain"))["words"]
            )
        assert len([r for r in bot.received[heard:] if "event" not in r.payload]) == 0

    async def test_a_form_shows_its_errors_and_closes_when_it_is_right(
        self, scene: Scene, bot: BotServer, client: AsyncWebClient
    ) -> None:
        await scene.ws.global_shortcut(scene.hana, "start")
        trigger = bot.received[-1].payload["trigger_id"]
        await client.views_open(
            trigger_id=trigger, view=modal(input_block("name", {"type": "plain_text_input"}))
        )
        browser = await scene.browser()
        view = browser.state["modals"][0]["id"]
        assert "required" in (await browser.do("submit", view=view, answers={}))["words"]
        bot.next_answer(body={"response_action": "errors", "errors": {"name": "too short"}})
        answer = await browser.do("submit", view=view, answers={"name": "a"})
        assert (answer["ok"], answer["errors"]) == (True, {"name": "too short"})
        assert (await browser.do("submit", view="V0OTHER", answers={}))["ok"] is False
        assert (await browser.do("submit", view=view, answers={"name": "abc"}))["errors"] == {}
        assert (await browser.look())["modals"] == []

    async def test_a_failed_delivery_is_explained(self, scene: Scene, bot: BotServer) -> None:
        bot.next_answer(500)
        browser = await scene.browser()
        answer = await browser.do("say", channel=scene.support, text="/xero-error x")
        assert (answer["ok"], answer["words"]) == (
            False,
            "This could not be delivered to Xero Help (status 500).",
        )

    async def test_home_opens_for_members_only(self, scene: Scene, bot: BotServer) -> None:
        assert (await (await scene.browser()).do("home"))["ok"] is True
        assert bot.received[-1].event["type"] == "app_home_opened"
        assert "guest" in (await (await scene.browser(scene.mia)).do("home"))["words"]

    async def test_own_messages_are_edited_and_deleted(self, scene: Scene) -> None:
        hana, ben = await scene.browser(), await scene.browser(scene.ben)
        ts = (await hana.do("say", channel=scene.support, text="one"))["ts"]
        where = {"channel": scene.support, "ts": ts}
        assert (await ben.do("edit", **where, text="two"))["ok"] is False
        assert (await hana.do("edit", **where, text="two"))["ok"] is True
        assert [(m["text"], m["edited"]) for m in await ben.messages(scene.support)] == [
            ("two", True)
        ]
        assert (await hana.do("delete", **where))["ok"] is True
        assert await hana.messages(scene.support) == []

    @pytest.mark.parametrize(
        "body",
        [
            "",
            "[]",
            "no json",
            "null",
            "[" * 100_000,
            '{"a":' * 100_000,
            "\xff",
            '{"text": "\\ud800"}',
            '{"text": ["a"]}',
            '{"user": {}}',
            '{"files": 5}',
            '{"files": [5]}',
            '{"files": [{"name": []}]}',
            '{"answers": []}',
            '{"answers": {"a": {}}}',
            '{"answers": {"a": [[]]}}',
        ],
    )
    async def test_what_no_page_sends_is_refused_in_words(self, scene: Scene, body: str) -> None:
        await refused(scene, body.encode("latin-1"), "application/json")

    async def test_a_charset_that_nobody_knows_is_refused_in_words(self, scene: Scene) -> None:
        await refused(scene, b"{}", "application/json; charset=foo")

    async def test_an_origin_that_is_no_address_is_refused_in_words(self, scene: Scene) -> None:
        async with (await scene.browser()).post("home", {}, Origin="http://[") as response:
            assert response.status == 403
            assert "Only the page itself" in (await response.json())["words"]


async def refused(scene: Scene, body: bytes, kind: str) -> None:
    headers = {"X-Page-Token": (await scene.browser()).token, "Content-Type": kind}
    async with scene.http.post(f"{scene.address}do/say", data=body, headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["words"].endswith(".")
