"""The try-out, as somebody uses it: in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.knowledge import SHIPPED, load
from bot.settings import Settings
from bot.tryout import workspace
from tests.measure import ELEVEN

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OFFLINE = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here (Debian: apt-get install chromium)")
PASTE = "Payments can only be made against Authorised invoices."
CHATTER = "good morning, the courier is here"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        made = await playwright.chromium.launch(executable_path=CHROMIUM, args=OFFLINE)
        yield made
        await made.close()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "knowledge")
    return tmp_path / "knowledge"


@pytest.fixture
async def page(browser: Browser, articles: Path) -> AsyncIterator[Page]:
    async with workspace(Settings(_env_file=None, knowledge_dir=articles), port=0) as address:
        made = await browser.new_page(viewport={"width": 1280, "height": 900})
        made.set_default_timeout(10_000)
        faults: list[str] = []
        made.on("pageerror", lambda error: faults.append(str(error)))
        await made.goto(address)
        yield made
        assert faults == []


async def paste(page: Page, text: str) -> None:
    box = page.locator("#composer")
    await box.fill(text)
    await box.press("Enter")


async def act_as(page: Page, name: str) -> None:
    await page.get_by_role("group", name="Act as").get_by_role("button", name=name).click()


async def open_thread(page: Page) -> None:
    await page.locator("#middle .thread-bar").last.click()


async def escalate(page: Page) -> None:
    await paste(page, PASTE)
    await open_thread(page)
    await page.locator("#pane").get_by_role("button", name="Escalate").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Store", exact=False).first.fill("Ponsonby")
    await form.get_by_role("button", name="Escalate").click()
    await expect(form).to_have_count(0)


class TestPasting:
    async def test_the_eleven_brings_eleven_answers(self, page: Page) -> None:
        known = load(SHIPPED)
        for article_id in sorted(ELEVEN):
            await paste(page, known[article_id].examples.match[0])
        await expect(page.locator("#middle .thread-bar")).to_have_count(len(ELEVEN), timeout=30_000)

    async def test_chatter_brings_silence(self, page: Page) -> None:
        await paste(page, CHATTER)
        await paste(page, PASTE)
        await expect(page.locator("#middle .thread-bar")).to_have_count(1)

    async def test_markup_is_only_text(self, page: Page) -> None:
        await paste(page, f"<img src=x onerror=document.title='gone'> {PASTE}")
        await expect(page.locator("#middle .thread-bar")).to_have_count(1)
        assert await page.locator("#middle img").count() == 0
        assert await page.title() != "gone"


class TestAnEscalation:
    async def test_goes_from_the_button_to_the_note_in_the_thread(self, page: Page) -> None:
        await escalate(page)
        await act_as(page, "Ben")
        await page.get_by_role("navigation", name="Channels").get_by_role("button", name="xero-escalations").click()
        card = page.locator("#middle")
        await expect(card.get_by_text("ESC-1: Ponsonby")).to_be_visible()
        await card.get_by_role("button", name="Claim").click()
        await card.get_by_role("button", name="Resolve").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("What helped", exact=False).fill("Approved the invoice.")
        await form.get_by_role("button", name="Resolve").click()
        await expect(card.get_by_text("Approved the invoice.")).to_be_visible()
        await act_as(page, "Hana")
        await open_thread(page)
        note = page.locator("#pane")
        await expect(note.get_by_text("is resolved, says")).to_be_visible()
        await expect(note.get_by_text("Approved the invoice.")).to_have_count(0)

    async def test_is_answered_by_a_reply_that_support_sends_and_by_no_other(self, page: Page) -> None:
        await escalate(page)
        await act_as(page, "Ben")
        await page.get_by_role("navigation", name="Channels").get_by_role("button", name="xero-escalations").click()
        card = page.locator("#middle .message").last
        await card.hover()
        await card.get_by_role("button", name="Reply in thread").click()
        pane = page.locator("#pane")
        for text in ("Between us: they have done this before.", "Please approve the invoice and retry."):
            await pane.get_by_role("textbox").fill(text)
            await pane.get_by_role("textbox").press("Enter")
        answer = pane.locator(".message", has_text="Please approve the invoice")
        await answer.hover()
        await answer.get_by_role("button", name="More actions").click()
        await page.get_by_role("menuitem", name="Send to requester").click()
        await act_as(page, "Hana")
        await page.get_by_role("navigation", name="Channels").get_by_role("button", name="support").click()
        await open_thread(page)
        await expect(pane.get_by_text("Please approve the invoice and retry.")).to_be_visible()
        await expect(pane.get_by_text("Between us")).to_have_count(0)

    async def test_pressed_twice_is_one(self, page: Page) -> None:
        await paste(page, PASTE)
        await open_thread(page)
        await page.locator("#pane").get_by_role("button", name="Escalate").dblclick()
        form = page.get_by_role("dialog")
        await form.get_by_label("Store", exact=False).first.fill("Ponsonby")
        await form.get_by_role("button", name="Escalate").dblclick()
        await expect(page.locator("#pane").get_by_text("Escalated as")).to_be_visible()
        await act_as(page, "Ben")
        await page.get_by_role("navigation", name="Channels").get_by_role("button", name="xero-escalations").click()
        await expect(page.locator("#middle").get_by_text("ESC-1: Ponsonby")).to_have_count(1)


class TestAnArticleThatIsEdited:
    async def test_wrongly_is_named_at_the_top_and_the_last_good_one_answers(self, page: Page, articles: Path) -> None:
        article = articles / "payments" / "payments-only-against-authorised.yaml"
        good = article.read_text(encoding="utf-8")
        notice = page.locator("#notices")
        for _ in range(20):
            article.write_text(good.replace("title:", "tittle:", 1), encoding="utf-8")
            if await appears(page, "tittle"):
                break
        await expect(notice).to_contain_text("payments-only-against-authorised.yaml")
        await paste(page, PASTE)
        await open_thread(page)
        await expect(page.locator("#pane").get_by_text("Reason")).to_be_visible()
        article.write_text(good.replace("title: ", "title: Brand new. ", 1), encoding="utf-8")
        await expect(notice).not_to_contain_text("tittle", timeout=10_000)
        await paste(page, PASTE)
        await expect(page.locator("#middle .thread-bar")).to_have_count(2)
        await open_thread(page)
        await expect(page.locator("#pane").get_by_text("Brand new.", exact=False).first).to_be_visible()


async def appears(page: Page, words: str) -> bool:
    try:
        await expect(page.locator("#notices")).to_contain_text(words, timeout=1_000)
    except AssertionError:
        return False
    return True


class TestARestart:
    async def test_of_the_bot_is_said_and_the_page_goes_on_by_itself(self, browser: Browser) -> None:
        settings, page = Settings(_env_file=None), await browser.new_page()
        async with workspace(settings, port=0) as address:
            await page.goto(address)
            await expect(page.locator("#composer")).to_be_visible()
        await expect(page.locator("#notices")).to_contain_text("waiting for it", timeout=15_000)
        async with workspace(settings, port=int(address.rsplit(":", 1)[1].strip("/"))):
            await expect(page.locator("#notices")).not_to_contain_text("waiting", timeout=20_000)
            await paste(page, PASTE)
            await expect(page.locator("#middle .thread-bar")).to_have_count(1)


class TestASmallScreen:
    async def test_of_400_pixels_shows_the_reply_without_scrolling_sideways(self, page: Page) -> None:
        await page.set_viewport_size({"width": 400, "height": 800})
        await paste(page, PASTE)
        await open_thread(page)
        await expect(page.locator("#pane").get_by_role("button", name="Escalate")).to_be_attached()
        widths = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert widths[0] <= widths[1]
