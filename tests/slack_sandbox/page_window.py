"""A workspace without a bot whose page is in a browser's window."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import SlackSandbox
from slack_sandbox.page import Sample
from tests.browser import cleared

from .page_browser import Json, Scene, scene_of, served

SAMPLES = tuple(Sample(f"Sample {n}", "text") for n in range(12))
"""More than fit on a small screen."""


@dataclass
class Shown:
    """A workspace whose page is in the window, and the app that posts there."""

    page: Page
    scene: Scene
    app: AsyncWebClient

    async def post(self, blocks: list[Json], text: str = "An answer", **more: Any) -> str:
        made = await self.app.chat_postMessage(
            channel=self.scene.support, text=text, blocks=blocks, **more
        )
        return str(made["ts"])

    async def update(self, ts: str, blocks: list[Json], text: str = "An answer") -> None:
        await self.app.chat_update(channel=self.scene.support, ts=ts, text=text, blocks=blocks)


@asynccontextmanager
async def in_window(window: Page) -> AsyncIterator[Shown]:
    """A workspace of its own, with its page in the window."""
    async with SlackSandbox() as ws, cleared(window) as page:
        scene = scene_of(ws)
        scene.setup = replace(scene.setup, samples=SAMPLES)
        app = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        async with served(scene):
            await page.goto(scene.address)
            await expect(page.locator("#composer")).to_be_visible()
            yield Shown(page, scene, app)
