"""The pictures in docs/pictures, taken from the try-out: `make pictures`. Needs chromium."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

from bot.demo.run import workspace
from bot.settings import Settings
from bot.slack.views import wording
from tests.browser import CHROMIUM, NO_CHROMIUM, OFFLINE, act_as, open_thread, paste, sample, to

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PASTE = "Ponsonby can't send Saturday's takings: Invoice INV-2041 for $1,284.50 of 31/10/2026. Payments can only be made against Authorised invoices."
PHONES = {
    "phone_usual": "Payments can only be made against Authorised invoices.",
    "phone_cause": "Xero Account Disconnected",
    "phone_number": "Xero: Invoice # CP-100482 must be unique",
}
"""Pastes whose replies are shown on a phone, by the name of the picture."""
NAMES = ("page", "modal", "card", "screenshot", *PHONES)
SHORT = (
    "Newmarket can't send tonight's takings: The organisation temporarily cannot be connected to"
)
"""A paste whose answer and buttons fit on a page."""
SHARP = 1.5
"""Pixels for each point, so that letters stay sharp on today's screens."""


async def main() -> None:
    if CHROMIUM is None:
        sys.exit(f"make pictures: {NO_CHROMIUM}")
    PICTURES.mkdir(exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OFFLINE)
        for take in (taken, screenshot, phones):
            async with workspace(Settings(_env_file=None), port=0) as address:
                await take(browser, address)
        await browser.close()


async def taken(browser: Browser, address: str) -> None:
    page = await browser.new_page(
        viewport={"width": 1440, "height": 1080}, device_scale_factor=SHARP, locale="en-AU"
    )
    await page.goto(address)
    await paste(page, "good morning, the courier is here with the new tills")
    await paste(page, SHORT)
    await open_thread(page)
    pane = page.locator("#pane")
    await expect(pane.get_by_role("button", name="Escalate")).to_be_attached()
    await shot(page, "page")
    await page.set_viewport_size({"width": 1280, "height": 1000})
    await paste(page, PASTE)
    await expect(page.locator("#middle .thread-bar")).to_have_count(2)
    await open_thread(page)
    await expect(pane.get_by_text("Authorised").first).to_be_visible()
    await pane.get_by_role("button", name="Escalate").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Store", exact=False).first.fill("Ponsonby")
    await form.screenshot(path=PICTURES / "modal.png")
    await form.get_by_role("button", name="Escalate").click()
    await act_as(page, "Ben")
    await to(page, "xero-escalations")
    await page.locator("#middle").get_by_role("button", name="Claim").click()
    await expect(page.locator("#middle").get_by_text("Claimed", exact=True)).to_be_visible()
    await page.mouse.move(0, 0)
    await page.locator("#middle .message").last.screenshot(path=PICTURES / "card.png")


async def screenshot(browser: Browser, address: str) -> None:
    """Take the picture of an answered screenshot, without the channels. Needs the extra `ocr`."""
    page = await browser.new_page(
        viewport={"width": 1180, "height": 600}, device_scale_factor=SHARP, locale="en-AU"
    )
    await page.goto(address)
    await page.locator("#composer").wait_for()
    await sample(page, "A screenshot")
    await expect(page.locator("#middle .thread-bar")).to_have_count(1)
    await open_thread(page)
    await expect(page.locator("#pane").get_by_role("button", name="Escalate")).to_be_attached()
    await page.mouse.move(0, 0)
    await page.screenshot(
        path=PICTURES / "screenshot.png", clip={"x": 250, "y": 46, "width": 924, "height": 548}
    )


async def phones(browser: Browser, address: str) -> None:
    """Take the pictures of replies at a phone's width."""
    for count, (name, text) in enumerate(PHONES.items(), start=1):
        page = await browser.new_page(
            viewport={"width": 375, "height": 1100}, device_scale_factor=SHARP, locale="en-AU"
        )
        await page.goto(address)
        await paste(page, text)
        await expect(page.locator("#middle .thread-bar")).to_have_count(count)
        await open_thread(page)
        escalate = page.locator("#pane").get_by_role("button", name=wording.ESCALATE)
        await expect(escalate).to_be_attached()
        await escalate.scroll_into_view_if_needed()
        await page.locator("#pane .message").last.screenshot(path=PICTURES / f"{name}.png")
        await page.close()


async def shot(page: Page, name: str) -> None:
    await page.mouse.move(0, 0)
    await page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    asyncio.run(main())
