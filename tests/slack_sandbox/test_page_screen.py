"""What a person sees on the page: the screen, the traffic, the limits."""

from __future__ import annotations

import io
import json

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox.page.state import MAX_CONVERSATIONS, MAX_REPLIES
from slack_sandbox.page.stream import MAX_STREAMS
from slack_sandbox.page.traffic import MAX_LINES

from .bot_server import BotServer
from .page_browser import NASTY, Scene, event
from .view_builders import modal


class TestWhatAPersonSees:
    async def test_is_the_channels_they_are_in(self, scene: Scene) -> None:
        seen = {
            who: await (await scene.browser(who)).look()
            for who in (scene.hana, scene.ben, scene.mia)
        }
        assert [c["name"] for c in seen[scene.hana]["channels"]] == ["support", "Xero Help"]
        assert [c["name"] for c in seen[scene.ben]["channels"]] == ["support", "cards", "Xero Help"]
        assert [c["name"] for c in seen[scene.mia]["channels"]] == ["support"]

    async def test_ephemerals_modals_and_home_are_their_own(
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
        sent = json.dumps([browser.hello, browser.state])
        who = scene.ws.identity
        assert not [s for s in (who.bot_token, who.app_token, who.signing_secret) if s in sent]

    async def test_is_sent_again_after_each_change(self, scene: Scene) -> None:
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

    async def test_serves_a_limited_number_of_browsers(self, scene: Scene) -> None:
        streams = [await scene.http.get(f"{scene.address}events") for _ in range(MAX_STREAMS)]
        async with (
            aiohttp.ClientSession() as other,
            other.get(f"{scene.address}events") as response,
        ):
            assert response.status == 503
        for stream in streams:
            stream.close()
