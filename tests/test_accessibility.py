"""The try-out for people who hear it, use no mouse, or have it on a phone, with the real bot."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Locator, Page, ViewportSize, expect

from bot.demo.run import workspace
from bot.domain import escalation_labels
from bot.knowledge_base.loader import SHIPPED
from bot.settings import Settings
from bot.slack.views import requester_wording, support_wording, wording
from tests.browser import (
    IN_THE_WINDOW,
    OUTSIDE,
    act_as,
    cleared,
    open_thread,
    paste,
    tab,
    to,
    to_channels,
)

pytestmark = IN_THE_WINDOW
PASTE = "Ponsonby can't pay: Payments can only be made against Authorised invoices."
LARGE, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=375, height=812)
AXE = """async (only) => {
  const rules = { "target-size": { enabled: true }, "label-content-name-mismatch": { enabled: true } };
  const options = { resultTypes: ["violations"], preload: false, iframes: false };
  const all = only.length ? { runOnly: { type: "rule", values: only } } : { rules };
  const { violations } = await axe.run({ ...options, ...all });
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.impact} ${rule.id}: ${node.html.slice(0, 160)}`));
}"""
SEEN = ["color-contrast", "link-in-text-block", "target-size"]
"""Axe's rules about what depends on the size of the window or on its colours."""
FOCUSED = "one => one.contains(document.activeElement)"


@pytest_asyncio.fixture(loop_scope="session")
async def page(window: Page) -> AsyncIterator[Page]:
    settings = Settings(_env_file=None, knowledge_dir=SHIPPED)
    async with workspace(settings, port=0) as address, cleared(window) as made:
        await made.goto(address)
        await expect(made.locator("#composer")).to_be_visible()
        yield made
        await made.evaluate("localStorage.clear()")


class Examined:
    """What axe finds on one screen after another, each on two sizes of window in two colours."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []

    async def look(self, name: str) -> None:
        await self.page.mouse.move(0, 0)
        for size in (LARGE, PHONE):
            await self.page.set_viewport_size(size)
            for theme in ("dark", "light"):
                await self.page.evaluate(
                    "(it) => document.documentElement.dataset.theme = it", theme
                )
                if not await self.page.evaluate("Boolean(window.axe)"):
                    await self.page.evaluate(AXE_SCRIPT)
                faults = await self.page.evaluate(AXE, SEEN if theme == "dark" else [])
                self.found += [f"{name}, {size['width']}, {theme}: {fault}" for fault in faults]
        outside = await self.page.evaluate(OUTSIDE)
        self.found += [f"{name}: too wide for a phone: {part}" for part in outside]


async def open_form(page: Page) -> Locator:
    await page.locator("#pane").get_by_role("button", name=wording.ESCALATE).click()
    form = page.get_by_role("dialog")
    await expect(form.get_by_label(escalation_labels.STORE, exact=False).first).to_be_visible()
    return form


class TestEachScreen:
    async def test_has_no_finding_of_axe_and_fits_on_a_phone(self, page: Page) -> None:
        examined = Examined(page)
        await paste(page, f"See https://example.com/help for this: {PASTE}")
        await expect(page.locator("#middle .thread-bar")).to_have_count(1)
        await page.locator("#middle .message").last.hover()
        await page.get_by_role("button", name="More actions").last.click()
        await examined.look("a channel with a menu")
        await page.keyboard.press("Escape")
        await open_thread(page)
        await expect(
            page.locator("#pane").get_by_role("button", name=wording.MORE, exact=True)
        ).to_be_visible()
        await examined.look("a reply in its thread")
        form = await open_form(page)
        await form.get_by_role("button", name=requester_wording.ESCALATE_SUBMIT).click()
        await expect(form.locator(".error:visible")).to_have_count(1)
        await examined.look("a form with a fault")
        await form.get_by_label(escalation_labels.STORE, exact=False).first.fill("Ponsonby")
        await form.get_by_role("button", name=requester_wording.ESCALATE_SUBMIT).click()
        await expect(form).to_have_count(0)
        await to(page, wording.BOT_NAME)
        await expect(page.locator("#middle .prompt")).to_have_count(4)
        await examined.look("a direct message")
        await tab(page, "Home")
        await expect(page.locator("#middle .home").get_by_role("heading")).to_have_count(1)
        await examined.look("the Home tab")
        await act_as(page, "Ben")
        await to(page, "xero-escalations")
        await expect(page.get_by_role("button", name=support_wording.CLAIM)).to_be_visible()
        await page.route("**/do/click", lambda route: route.abort())
        await page.get_by_role("button", name=support_wording.CLAIM).click()
        await expect(page.locator("#toasts button")).to_have_count(1)
        await examined.look("a card, and a failure")
        await to_channels(page)
        await examined.look("the channels")
        assert examined.found == []


class TestAModal:
    async def test_of_an_article_or_a_procedure_has_no_finding_of_axe(self, page: Page) -> None:
        examined, dialog = Examined(page), page.get_by_role("dialog")
        await paste(page, PASTE)
        await open_thread(page)
        await page.locator("#pane").get_by_role("button", name=wording.MORE, exact=True).click()
        await expect(dialog.get_by_text(wording.WORDINGS)).to_be_attached()
        await examined.look("an article")
        # its name for who hears it says what it opens
        how = dialog.get_by_role("button", name=f"{wording.SHOW_HOW}: ")
        await how.first.click()
        await expect(dialog.get_by_role("link", name=wording.XERO_PAGE)).to_be_attached()
        await examined.look("a procedure")
        assert examined.found == []

    async def test_takes_the_focus_keeps_it_and_brings_it_back(self, page: Page) -> None:
        await paste(page, PASTE)
        await open_thread(page)
        more = page.locator("#pane").get_by_role("button", name=wording.MORE, exact=True)
        await more.focus()
        await page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        await expect(dialog.locator(".modal-body")).to_be_focused()
        await page.keyboard.press("Shift+Tab")
        assert await dialog.evaluate(FOCUSED)
        # as if the reply were drawn again meanwhile
        await page.locator("#pane .message").last.evaluate(
            "it => it.replaceWith(it.cloneNode(true))"
        )
        await page.keyboard.press("Escape")
        await expect(dialog).to_have_count(0)
        await expect(more).to_be_focused()
        form = await open_form(page)
        await form.get_by_label(escalation_labels.STORE, exact=False).first.fill("Ponsonby")
        await page.keyboard.press("Enter")
        await expect(form).to_have_count(0)
        # the button that opened it is gone from the reply: its message has the focus
        reply = page.locator(
            "#pane .message", has=page.get_by_role("button", name=wording.MORE, exact=True)
        )
        await expect(reply).to_be_focused()
