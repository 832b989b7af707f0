"""The page of the try-out in a browser: one window for all tests, and what a person does in it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Error, Page, async_playwright, expect

from slack_sandbox import PATIENCE

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first takes a fifth less of the processor: it has no window, shown or not."""
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
NO_CHROMIUM = "there is no chromium here (Debian: apt-get install chromium-headless-shell)"
OFFLINE = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
]
IN_THE_WINDOW = [
    pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM),
    pytest.mark.asyncio(loop_scope="session"),
]
"""What a module of tests in the window has as its `pytestmark`."""
expect.set_options(timeout=PATIENCE * 1_000)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
DROP = """(box, given) => {
  const data = new DataTransfer();
  if (given.text) data.setData("text/plain", given.text);
  if (given.picture) {
    const bytes = Uint8Array.from(atob(given.picture), (one) => one.charCodeAt(0));
    data.items.add(new File([bytes], "image.png", { type: "image/png" }));
  }
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
"""Pastes a text or a picture, in base64, into a box."""
OUTSIDE = """() => [...document.querySelectorAll("#top, #middle *, #pane *")]
  .filter((one) => one.offsetWidth && !one.closest(".unseen") && getComputedStyle(one).visibility === "visible")
  .filter((one) => { const box = one.getBoundingClientRect(); return box.left < -0.5 || box.right > innerWidth + 0.5; })
  .map((one) => String(one.className || one.tagName))"""
"""Classes of what does not fit between the left and the right of the window."""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def window() -> AsyncIterator[Page]:
    """One for all tests: a page of its own for each would take twice the processor."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OFFLINE)
        made = await browser.new_page()
        made.set_default_timeout(PATIENCE * 1_000)
        yield made
        await browser.close()


@asynccontextmanager
async def cleared(window: Page) -> AsyncIterator[Page]:
    """Yields the window as it was at the beginning, and asserts that no script failed."""
    faults: list[str] = []

    def keep(error: Error) -> None:
        faults.append(str(error))

    await window.set_viewport_size({"width": 1280, "height": 900})
    await window.mouse.move(0, 0)
    window.on("pageerror", keep)
    try:
        yield window
    finally:
        window.remove_listener("pageerror", keep)
        await window.unroute_all()
    assert faults == []


async def paste(page: Page, text: str) -> None:
    box = page.locator("#composer")
    await box.fill(text)
    await box.press("Enter")


async def to_channels(page: Page) -> None:
    """Go back to the list of channels, which on a phone is a screen of its own."""
    while not await page.locator("#side").is_visible():
        await page.locator(".only-small:visible").first.click()


async def act_as(page: Page, name: str) -> None:
    await to_channels(page)
    await page.get_by_role("group", name="Act as").get_by_role("button", name=name).click()


async def to(page: Page, channel: str) -> None:
    await to_channels(page)
    await (
        page.get_by_role("navigation", name="Channels").get_by_role("button", name=channel).click()
    )


async def sample(page: Page, label: str) -> None:
    """Choose a sample from the menu and send it."""
    await page.locator("#middle").get_by_role("button", name="Sample pastes").click()
    await page.get_by_role("menuitem", name=label).click()
    await page.locator("#composer").press("Enter")


async def choose(page: Page, entry: str) -> None:
    """An entry in the menu of the newest message."""
    message = page.locator("#middle .message").last
    await message.hover()
    await message.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name=entry).click()


async def open_thread(page: Page) -> None:
    await page.locator("#middle .thread-bar").last.click()


async def tab(page: Page, name: str) -> None:
    await page.get_by_role("tab", name=name).click()
