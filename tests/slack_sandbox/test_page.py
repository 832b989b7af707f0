from __future__ import annotations

import asyncio
import io
import json
import re
import time
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

import slack_sandbox.page
from slack_sandbox import SlackSandbox
from slack_sandbox.page import PageSetup, Person, Sample, SampleFile, Shortcut, page
from slack_sandbox.page.state import MAX_CONVERSATIONS, MAX_REPLIES
from slack_sandbox.page.stream import MAX_STREAMS
from slack_sandbox.page.traffic import MAX_LINES

from .bot_server import BotServer
from .test_modals import button, modal
from .test_modals import field as input_block

STATIC = Path(slack_sandbox.page.__file__).with_name("static")
NASTY = "<img src=x onerror=alert(1)>\n</script><b>\u2028 event: hello"
Json = dict[str, Any]


@dataclass
class Browser:
    """One person's browser: the stream, and what it posts."""

    http: aiohttp.ClientSession
    address: str
    user: str
    hello: Json = field(default_factory=dict)
    state: Json = field(default_factory=dict)

    async def do(self, deed: str, **given: Any) -> Json:
        async with self.post(deed, given) as response:
            assert response.status == 200, await response.text()
            answer: Json = await response.json()
            return answer

    def post(self, deed: str, given: Json, **headers: str) -> Any:
        body = {"user": self.user} | given
        return self.http.post(
            f"{self.address}do/{deed}", json=body, headers={"X-Page-Token": self.token} | headers
        )

    @property
    def token(self) -> str:
        return str(self.hello["token"])

    async def look(self) -> Json:
        """The screen as it is now."""
        async with self.http.get(f"{self.address}events?as={self.user}") as response:
            assert response.status == 200
            self.hello = await event(response, "hello")
            self.state = await event(response, "state")
        return self.state

    async def messages(self, channel: str) -> list[Json]:
        messages: list[Json] = (await self.look())["messages"][channel]
        return messages


async def event(response: aiohttp.ClientResponse, name: str) -> Json:
    """The next event of this name."""
    async with asyncio.timeout(5):
        while True:
            line = (await response.content.readuntil(b"\n")).decode()
            if line == f"event: {name}\n":
                data = (await response.content.readuntil(b"\n")).decode()
                found: Json = json.loads(data.removeprefix("data: "))
                return found


@dataclass
class Scene:
    ws: SlackSandbox
    desk: PageSetup
    support: str
    escalations: str
    hana: str
    ben: str
    mia: str
    address: str = ""
    http: Any = None
    faults: list[str] = field(default_factory=list)
    status: str = ""

    async def browser(self, user: str = "") -> Browser:
        made = Browser(self.http, self.address, user or self.hana)
        await made.look()
        return made


def scene_of(ws: SlackSandbox) -> Scene:
    hana, ben, mia = (
        ws.add_user("Hana"),
        ws.add_user("Ben"),
        ws.add_user("Mia", team_id="T0ELSEWHERE"),
    )
    support, escalations = (
        ws.add_channel("support", [hana, ben, mia]),
        ws.add_channel("cards", [ben], private=True),
    )
    made = Scene(ws, PageSetup((), ()), support, escalations, hana, ben, mia)
    made.desk = PageSetup(
        people=(Person(hana, "shop"), Person(ben, "support"), Person(mia, "guest")),
        channels=(support, escalations),
        bot_name="Xero Help",
        commands=("/xero-error",),
        samples=(
            Sample("A paste", "text", must_be_silent=True),
            Sample("A log", file=SampleFile("a.log", "text/plain", b"ERROR \xe2\x80\xa6")),
        ),
        shortcuts=(Shortcut("explain", "Explain this"),),
        why=lambda text: f"because of {text!r}",
        faults=lambda: tuple(made.faults),
        status=lambda: made.status,
        hosts=("sandbox.test",),
    )
    return made


@asynccontextmanager
async def served(scene: Scene, port: int = 0) -> AsyncIterator[Scene]:
    async with page(scene.ws, scene.desk, port=port) as address, aiohttp.ClientSession() as http:
        scene.address, scene.http = address, http
        yield scene


@pytest.fixture
async def scene(ws: SlackSandbox) -> AsyncIterator[Scene]:
    async with served(scene_of(ws)) as made:
        yield made


class TestWhoMaySpeakToThePage:
    @pytest.mark.parametrize(
        "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "[::2]", ""]
    )
    async def test_a_foreign_name_is_refused(self, scene: Scene, host: str) -> None:
        for path in ("", "events", "static/main.js"):
            async with scene.http.get(scene.address + path, headers={"Host": host}) as response:
                assert response.status == 421

    @pytest.mark.parametrize(
        "host", ["127.0.0.1:1", "localhost", "LOCALHOST:9", "[::1]:80", "sandbox.test"]
    )
    async def test_names_of_loopback_and_the_configured_one_are_served(
        self, scene: Scene, host: str
    ) -> None:
        async with scene.http.get(scene.address, headers={"Host": host}) as response:
            assert response.status == 200

    @pytest.mark.parametrize(
        "origin", ["https://evil.example", "null", "http://localhost:1", "file://"]
    )
    async def test_a_foreign_origin_can_do_nothing(self, scene: Scene, origin: str) -> None:
        browser = await scene.browser()
        async with browser.post(
            "say", {"channel": scene.support, "text": "x"}, Origin=origin
        ) as response:
            assert response.status == 403
        async with scene.http.get(f"{scene.address}events", headers={"Origin": origin}) as response:
            assert response.status == 403
        assert scene.ws.messages(scene.support) == []

    async def test_its_own_origin_may(self, scene: Scene) -> None:
        browser = await scene.browser()
        own = {"Origin": scene.address.rstrip("/")}
        async with browser.post("say", {"channel": scene.support, "text": "x"}, **own) as response:
            assert (await response.json())["ok"] is True

    @pytest.mark.parametrize("token", ["", "wrong", "é"])
    async def test_nothing_is_done_without_the_token(self, scene: Scene, token: str) -> None:
        browser = await scene.browser()
        async with browser.post(
            "say", {"channel": scene.support, "text": "x"}, **{"X-Page-Token": token}
        ) as response:
            assert response.status == 403
            assert "Load it again" in (await response.json())["words"]
        assert scene.ws.messages(scene.support) == []

    async def test_other_sites_may_link_to_the_page_and_load_nothing_of_it(
        self, scene: Scene
    ) -> None:
        statuses = []
        for path in ("", "events", "static/main.js"):
            async with scene.http.get(
                scene.address + path, headers={"Sec-Fetch-Site": "cross-site"}
            ) as response:
                statuses.append(response.status)
        assert statuses == [200, 403, 403]

    async def test_looking_does_nothing(self, scene: Scene) -> None:
        async with scene.http.get(f"{scene.address}do/home?user={scene.hana}") as response:
            assert response.status == 405

    async def test_every_answer_forbids_foreign_scripts(self, scene: Scene) -> None:
        for path in ("", "static/main.js", "events", "nowhere", "traffic/1"):
            async with scene.http.get(scene.address + path) as response:
                policy = response.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "unsafe" not in policy
                assert response.headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize(
        "path", ["static/../site.py", "static/..%2Fsite.py", "static/site.py", "static/"]
    )
    async def test_only_the_pages_files_are_served(self, scene: Scene, path: str) -> None:
        async with scene.http.get(URL(scene.address + path, encoded=True)) as response:
            assert response.status == 404


class TestTheFiles:
    def test_make_nodes_of_text_and_never_markup(self) -> None:
        forbidden = re.compile(
            r"innerHTML|insertAdjacentHTML|outerHTML\s*=|document\.write|\beval\(|new Function|srcdoc"
        )
        for path in STATIC.glob("*.js"):
            assert forbidden.findall(path.read_text()) == [], path.name

    def test_hold_nothing_inline_and_nothing_from_elsewhere(self) -> None:
        index = (STATIC / "index.html").read_text()
        assert re.findall(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", index) == []
        for path in STATIC.iterdir():
            assert set(re.findall(r"https?://[\w.]+", path.read_text())) <= {"http://www.w3.org"}, (
                path.name
            )

    async def test_are_all_there(self, scene: Scene) -> None:
        wanted = set(re.findall(r'"/(static/[^"]+)"', (STATIC / "index.html").read_text()))
        for path in STATIC.glob("*.js"):
            wanted |= {
                f"static/{name}" for name in re.findall(r'from "\./([^"]+)"', path.read_text())
            }
        assert len(wanted) > 15
        for path in wanted:
            async with scene.http.get(scene.address + path) as response:
                assert response.status == 200, path


class TestWhatAPersonSees:
    async def test_is_the_channels_they_are_in(self, scene: Scene) -> None:
        seen = {
            who: await (await scene.browser(who)).look()
            for who in (scene.hana, scene.ben, scene.mia)
        }
        assert [c["name"] for c in seen[scene.hana]["channels"]] == ["support", "Xero Help"]
        assert [c["name"] for c in seen[scene.ben]["channels"]] == ["support", "cards", "Xero Help"]
        assert [c["name"] for c in seen[scene.mia]["channels"]] == ["support"]

    async def test_whispers_modals_and_home_are_their_own(
        self, scene: Scene, bot: BotServer, client: AsyncWebClient
    ) -> None:
        await client.chat_postEphemeral(channel=scene.support, user=scene.hana, text="for you")
        await client.views_publish(
            user_id=scene.hana, view={"type": "home", "blocks": [{"type": "divider"}]}
        )
        await scene.ws.global_shortcut(scene.hana, "start")
        await client.views_open(
            trigger_id=bot.received[-1].payload["trigger_id"], view=modal(private_metadata="hidden")
        )
        hers, his = (
            await (await scene.browser()).look(),
            await (await scene.browser(scene.ben)).look(),
        )
        assert [m["private"] for m in hers["messages"][scene.support]] == [True]
        assert [v["title"]["text"] for v in hers["modals"]] == ["T"]
        assert hers["home"]["blocks"][0]["type"] == "divider"
        assert "hidden" not in json.dumps(hers["modals"])
        assert (his["messages"][scene.support], his["modals"], his["home"]) == ([], [], None)

    async def test_somebody_unknown_is_the_first_person(self, scene: Scene) -> None:
        assert (await (await scene.browser("U0NOBODY")).look())["me"] == scene.hana

    async def test_texts_stay_texts(self, scene: Scene) -> None:
        browser = await scene.browser()
        await browser.do("say", channel=scene.support, text=NASTY)
        (message,) = await browser.messages(scene.support)
        assert message["text"] == NASTY.replace("<", "&lt;").replace(">", "&gt;")
        assert message["blocks"][0]["elements"][0]["elements"] == [{"type": "text", "text": NASTY}]

    async def test_threads_are_counted(self, scene: Scene) -> None:
        browser = await scene.browser()
        ts = (await browser.do("say", channel=scene.support, text="root"))["ts"]
        await browser.do("say", channel=scene.support, text="reply", thread=ts)
        root, reply = await browser.messages(scene.support)
        assert (root["replies"], root["repliers"], reply["thread"]) == (1, [scene.hana], ts)

    async def test_no_secret_is_in_it(self, scene: Scene, client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=scene.support, text="x")
        browser = await scene.browser()
        told = json.dumps([browser.hello, browser.state])
        who = scene.ws.identity
        assert not [s for s in (who.bot_token, who.app_token, who.signing_secret) if s in told]

    async def test_comes_again_after_each_change(self, scene: Scene) -> None:
        async with scene.http.get(f"{scene.address}events?as={scene.hana}") as response:
            assert (await event(response, "state"))["messages"][scene.support] == []
            await scene.ws.say(scene.ben, scene.support, "hello")
            while not (seen := (await event(response, "state"))["messages"][scene.support]):
                pass
            assert seen[0]["text"] == "hello"

    async def test_notices_come_without_any_change_in_the_workspace(self, scene: Scene) -> None:
        async with scene.http.get(f"{scene.address}events") as response:
            assert (await event(response, "state"))["notices"] == {
                "faults": [],
                "more": 0,
                "status": "",
            }
            scene.faults += [f"articles/x.yaml:{line}: title: missing" for line in range(25)]
            scene.status = "The bot has stopped; waiting for it"
            notices = (await event(response, "state"))["notices"]
        assert (len(notices["faults"]), notices["more"], notices["status"]) == (20, 5, scene.status)


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

    async def test_reactions_stand_under_the_message(self, scene: Scene) -> None:
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
    async def test_what_cannot_be_sent_is_told_in_words(
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

    async def test_trouble_is_told_in_words(self, scene: Scene, bot: BotServer) -> None:
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


class TestTheTraffic:
    async def test_tells_times_payloads_and_reasons(
        self, scene: Scene, bot: BotServer, client: AsyncWebClient
    ) -> None:
        ts = await scene.ws.say(scene.hana, scene.support, f"<@{scene.ws.bot_user_id}> broken")
        reply = (await client.chat_postMessage(channel=scene.support, text="reply", thread_ts=ts))[
            "ts"
        ]
        await scene.ws.settled()
        browser = await scene.browser()
        lines = {(line["name"], line["ts"]): line for line in browser.state["traffic"]}
        heard, answered = lines["app_mention", ts], lines["chat.postMessage", reply]
        assert (heard["out"], heard["status"], heard["done"], heard["why"]) == (
            True,
            200,
            True,
            True,
        )
        assert (answered["out"], answered["status"], answered["why"]) == (False, 200, True)
        for line in (heard, answered):
            async with scene.http.get(f"{scene.address}traffic/{line['n']}/why") as response:
                assert (await response.json())["why"] == "because of 'broken'"
        async with scene.http.get(f"{scene.address}traffic/{heard['n']}") as response:
            assert (await response.json())["request"]["event"]["ts"] == ts
        async with scene.http.get(f"{scene.address}traffic/999999") as response:
            assert response.status == 404

    async def test_keeps_its_numbers(self, scene: Scene, bot: BotServer) -> None:
        browser = await scene.browser()
        await browser.do("say", channel=scene.support, text="one")
        await scene.ws.settled()
        first = (await browser.look())["traffic"]
        await browser.do("say", channel=scene.support, text="two")
        await scene.ws.settled()
        assert [line["n"] for line in (await browser.look())["traffic"]] == [
            first[0]["n"],
            first[0]["n"] + 1,
        ]


class TestThePageIsBounded:
    async def test_shows_the_newest_only(self, scene: Scene, bot: BotServer) -> None:
        for number in range(MAX_CONVERSATIONS + 5):
            ts = await scene.ws.say(scene.hana, scene.support, str(number))
        for number in range(MAX_REPLIES + 5):
            await scene.ws.say(scene.hana, scene.support, f"r{number}", thread_ts=ts)
        browser = await scene.browser()
        messages = browser.state["messages"][scene.support]
        assert messages[0]["text"] == "5"
        assert len(messages) == MAX_CONVERSATIONS + MAX_REPLIES
        assert next(m for m in messages if m["ts"] == ts)["replies"] == MAX_REPLIES + 5
        assert len(browser.state["traffic"]) == MAX_LINES

    async def test_takes_no_endless_body(self, scene: Scene) -> None:
        browser = await scene.browser()
        body = io.BytesIO(json.dumps({"user": scene.hana, "text": "x" * 9_000_000}).encode())
        headers = {"X-Page-Token": browser.token}
        async with scene.http.post(
            f"{scene.address}do/say", data=body, headers=headers
        ) as response:
            assert response.status == 413

    async def test_serves_so_many_browsers_and_no_more(self, scene: Scene) -> None:
        streams = [await scene.http.get(f"{scene.address}events") for _ in range(MAX_STREAMS)]
        async with (
            aiohttp.ClientSession() as other,
            other.get(f"{scene.address}events") as response,
        ):
            assert response.status == 503
        for stream in streams:
            stream.close()


class TestARestart:
    async def test_ends_streams_at_once_and_old_pages_get_the_new_token(
        self, ws: SlackSandbox
    ) -> None:
        scene = scene_of(ws)
        async with served(scene):
            browser, old = await scene.browser(), scene.address
            stream = await scene.http.get(f"{scene.address}events")
            port, began = int(scene.address.rstrip("/").rpartition(":")[2]), time.monotonic()
        stream.close()
        assert time.monotonic() - began < 3
        async with served(scene, port):
            assert scene.address == old
            now = await scene.browser()
            assert now.token != browser.token
            browser.http = scene.http
            async with browser.post("home", {}) as response:
                assert response.status == 403
            assert now.hello["version"] == browser.hello["version"]

    async def test_needs_somebody_to_act_as(self, ws: SlackSandbox) -> None:
        with pytest.raises(ValueError, match="act as"):
            async with page(ws, replace(scene_of(ws).desk, people=())):
                pass
