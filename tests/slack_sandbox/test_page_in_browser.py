"""The page in a browser without a bot: keys, a phone's screens, what is pasted, other people."""

from __future__ import annotations

import asyncio

from playwright.async_api import Route, expect

from tests.browser import DROP, IN_THE_WINDOW, PIXEL, act_as, open_thread, paste, tab, to

from .block_builders import mrkdwn, section
from .page_window import Shown

pytestmark = IN_THE_WINDOW
CHATTER = "good morning, the courier is here"
HEIGHTS = "all => all.map(one => one.getBoundingClientRect().height)"


class TestKeys:
    async def test_skip_the_channels_and_turn_the_tabs_of_the_app(self, shown: Shown) -> None:
        page = shown.page
        await act_as(page, "Ben")
        await to(page, "cards")
        await page.get_by_role("link", name="Skip to the messages").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("main")).to_be_focused()
        await expect(page.get_by_role("heading", level=1)).to_have_text("cards")
        await expect(page).to_have_title("cards · Sandbox")
        await to(page, "Xero Help")
        await page.get_by_role("tab", name="Messages").focus()
        await page.keyboard.press("ArrowRight")
        await expect(page.get_by_role("tab", name="About", selected=True)).to_be_focused()
        await page.keyboard.press("ArrowRight")
        await expect(page.get_by_role("tab", name="Home", selected=True)).to_be_focused()
        await expect(page.get_by_role("tabpanel", name="Home")).to_be_visible()

    async def test_open_and_close_a_thread_and_cannot_reach_what_it_covers(
        self, shown: Shown
    ) -> None:
        page = shown.page
        await shown.post([section()], thread_ts=await shown.post([section()]))
        line = page.locator("#middle .thread-bar")
        await line.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#reply")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(line).to_be_focused()
        await page.set_viewport_size({"width": 900, "height": 600})
        await line.click()
        await expect(page.get_by_role("complementary", name="Thread")).to_be_visible()
        await expect(page.get_by_role("main")).to_have_count(0)
        boxes = [await page.locator(part).bounding_box() for part in ("#middle", "#pane")]
        assert boxes[0] == boxes[1]


class TestAPhone:
    async def test_shows_channels_conversation_and_thread_as_screens_of_their_own(
        self, shown: Shown
    ) -> None:
        page = shown.page
        await page.set_viewport_size({"width": 375, "height": 700})
        await shown.post([section()], thread_ts=await shown.post([section()]))
        side, thread = page.get_by_role("navigation"), page.get_by_role("complementary")
        main, line = page.get_by_role("main"), page.locator("#middle .thread-bar")
        await expect(line).to_be_visible()
        await expect(side).to_have_count(0)
        await line.click()
        await expect(thread).to_be_in_viewport(ratio=1)
        await expect(main).to_have_count(0)
        await page.get_by_role("button", name="Back to the channel").click()
        await expect(line).to_be_focused()
        await page.get_by_role("button", name="Back to channels").click()
        await expect(side.get_by_role("button", name="support")).to_be_focused()
        await expect(main).to_have_count(0)
        await side.get_by_role("button", name="Xero Help").click()
        await expect(page.get_by_role("heading", level=1, name="Xero Help")).to_be_focused()
        await tab(page, "Home")
        for _ in range(2):
            await page.go_back()
        await expect(side).to_be_visible()

    async def test_begins_at_the_first_sample_and_shows_a_menu_as_a_sheet(
        self, shown: Shown
    ) -> None:
        page = shown.page
        await page.set_viewport_size({"width": 400, "height": 500})
        await page.reload()
        await expect(page.locator("#middle .sample").first).to_be_visible()
        log = page.get_by_role("log", name="Messages")
        assert await log.evaluate("(list) => list.scrollTop") == 0
        await page.set_viewport_size({"width": 375, "height": 700})
        await shown.post([section()])
        await page.get_by_role("button", name="More actions").click()
        menu = page.get_by_role("menu")
        box = await menu.bounding_box()
        assert box is not None
        assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 375, 700)
        heights = await menu.get_by_role("menuitem").evaluate_all(HEIGHTS)
        assert min(heights) >= 44, "a thumb reaches each entry"
        await page.get_by_role("menuitem", name="Reply in thread").click()
        await expect(page.get_by_role("heading", name="Thread")).to_be_visible()


class TestTheClipboard:
    async def test_a_picture_becomes_a_file_and_a_long_text_a_snippet(self, shown: Shown) -> None:
        page = shown.page
        await page.locator("#composer").evaluate(DROP, {"picture": PIXEL})
        await expect(page.locator("#middle .chip")).to_contain_text("image.png")
        await paste(page, CHATTER)
        picture = page.locator("#middle .message .file img")
        await expect(picture).to_be_visible()
        assert await picture.evaluate("(one) => one.naturalWidth") == 1
        await page.locator("#composer").evaluate(DROP, {"text": "all is well\n" * 400})
        await expect(page.locator("#middle .chip")).to_contain_text("Untitled")
        assert await page.locator("#composer").input_value() == ""
        await page.locator("#composer").press("Enter")
        await expect(page.locator("#middle .message .file pre")).to_contain_text("all is well")


class TestActingAsSomebodyElse:
    async def test_begins_when_their_screen_is_here(self, shown: Shown) -> None:
        page = shown.page
        is_late = asyncio.Event()

        async def hold(route: Route) -> None:
            await is_late.wait()
            await route.continue_()

        await page.route("**/events?*", hold)
        await act_as(page, "Ben")
        await expect(page.locator("#composer")).to_be_disabled()
        is_late.set()
        await paste(page, CHATTER)
        post = page.locator("#middle .message", has_text=CHATTER)
        await expect(post.get_by_text("Ben", exact=True)).to_be_visible()


class TestAThread:
    async def test_shows_what_one_writes_though_one_has_scrolled_up(self, shown: Shown) -> None:
        page = shown.page
        ts = await shown.post([section()])
        await shown.post([section(text=mrkdwn("A long answer.\n" * 100))], thread_ts=ts)
        await open_thread(page)
        pane = page.locator("#pane")
        await expect(pane.locator(".message")).to_have_count(2)
        await pane.get_by_role("log").evaluate("(list) => { list.scrollTop = 0; }")
        await page.locator("#reply").fill(CHATTER)
        await page.locator("#reply").press("Enter")
        await expect(pane.locator(".message", has_text=CHATTER)).to_be_in_viewport(ratio=1)
