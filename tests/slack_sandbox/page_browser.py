"""A browser of the page without a window, and a scene to look at."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

import slack_sandbox.page
from slack_sandbox import PATIENCE, SlackSandbox
from slack_sandbox.page import PageSetup, Person, Sample, SampleFile, Shortcut, page

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

    async def do(self, action: str, /, **given: Any) -> Json:
        async with self.post(action, given) as response:
            assert response.status == 200, await response.text()
            answer: Json = await response.json()
            return answer

    def post(self, action: str, given: Json, **headers: str) -> Any:
        body = {"user": self.user} | given
        return self.http.post(
            f"{self.address}do/{action}", json=body, headers={"X-Page-Token": self.token} | headers
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
    async with asyncio.timeout(PATIENCE):
        while True:
            line = (await response.content.readuntil(b"\n")).decode()
            if line == f"event: {name}\n":
                data = (await response.content.readuntil(b"\n")).decode()
                found: Json = json.loads(data.removeprefix("data: "))
                return found


@dataclass
class Scene:
    ws: SlackSandbox
    setup: PageSetup
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
    made.setup = PageSetup(
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
    async with page(scene.ws, scene.setup, port=port) as address, aiohttp.ClientSession() as http:
        scene.address, scene.http = address, http
        yield scene
