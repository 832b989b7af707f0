"""The page in a browser without a bot: blocks, updates of messages, keys, a phone's screens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import SlackSandbox
from tests.browser import IN_THE_WINDOW, act_as, cleared, tab, to

from .block_builders import actions, button, feedback, mrkdwn, plain, section
from .page_browser import Json, Scene, scene_of, served

pytestmark = IN_THE_WINDOW
LONG = "x" * 90
ANSWER: list[Json] = [
    {"type": "header", "text": plain(f"The invoice {LONG} is not approved")},
    {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": f"Refused: {LONG}"}]},
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
                    for words in ("Open the invoice", f"Approve it {LONG}")
                ],
            },
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": LONG}]},
        ],
    },
    section(
        text=mrkdwn(f"See <https://example.com/{LONG}|{LONG}>"),
        accessory=button(text=plain("Open"), accessibility_label="Open article 1", action_id="o"),
    ),
    section(fields=[mrkdwn(f"*Store*\n{LONG}"), mrkdwn("*Urgency*\nToday")]),
    {"type": "context", "elements": [mrkdwn(f"Source: {LONG}")]},
    feedback(accessibility_label="This helped"),
    actions(*(button(text=plain(f"It's Paid {n}"), action_id=f"b{n}") for n in range(25))),
]
FITS = """() => [...document.querySelectorAll("#middle *, #pane *")]
  .filter((one) => one.offsetWidth && !one.closest(".unseen") && getComputedStyle(one).visibility === "visible")
  .filter((one) => { const box = one.getBoundingClientRect(); return box.left < -0.5 || box.right > innerWidth + 0.5; })
  .map((one) => one.className || one.tagName)"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p, li, .para { margin-bottom: 2em !important; }"""
CUT = """() => [...document.querySelectorAll(".message *, .composer *, .pane-head *, .tabs *")]
  .filter((one) => one.offsetWidth && !one.closest(".unseen") && one.childElementCount === 0 && one.textContent)
  .filter((one) => getComputedStyle(one).overflow !== "visible" || one.matches("button"))
  .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
  .map((one) => one.outerHTML.slice(0, 100))"""
BOXES = "all => all.map(one => { const { x, y, width, height } = one.getBoundingClientRect(); return [x, y, width, height]; })"


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


@pytest_asyncio.fixture(loop_scope="session")
async def shown(window: Page) -> AsyncIterator[Shown]:
    async with SlackSandbox() as ws, cleared(window) as page:
        scene = scene_of(ws)
        scene.setup = replace(scene.setup, channels=(scene.support, scene.escalations))
        app = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        async with served(scene):
            await page.goto(scene.address)
            await expect(page.locator("#composer")).to_be_visible()
            yield Shown(page, scene, app)


class TestBlocks:
    async def test_are_headings_lists_and_quotes_with_the_names_of_the_app(
        self, shown: Shown
    ) -> None:
        await shown.post(ANSWER)
        message = shown.page.locator("#middle .message")
        await expect(message.get_by_role("heading", level=2)).to_contain_text("is not approved")
        await expect(message.get_by_role("list").get_by_role("listitem")).to_have_count(2)
        await expect(message.get_by_role("blockquote")).to_contain_text("Refused")
        await expect(message.get_by_role("button", name="Open article 1")).to_have_text("Open")
        await expect(message.get_by_role("button", name="This helped")).to_be_visible()

    @pytest.mark.parametrize("width", [320, 375, 640])
    async def test_fit_on_a_small_screen_also_with_more_space_between_letters(
        self, shown: Shown, width: int
    ) -> None:
        page = shown.page
        await page.set_viewport_size({"width": width, "height": 700})
        await shown.post(ANSWER)
        await expect(page.locator("#middle .b-actions button")).to_have_count(25)
        assert await page.evaluate(FITS) == []
        # not a <style>, which the page's own rules would refuse
        await page.evaluate(
            "css => { const all = new CSSStyleSheet(); all.replaceSync(css); document.adoptedStyleSheets = [all]; }",
            SPACED,
        )
        assert await page.evaluate(FITS) == []
        assert await page.evaluate(CUT) == []

    @pytest.mark.parametrize(("width", "rows"), [(375, 13), (1280, 5)])
    async def test_wrap_25_buttons_large_enough_for_a_finger(
        self, shown: Shown, width: int, rows: int
    ) -> None:
        await shown.page.set_viewport_size({"width": width, "height": 800})
        await shown.post(ANSWER)
        buttons = shown.page.locator("#middle .b-actions button")
        await expect(buttons).to_have_count(25)
        boxes = await buttons.evaluate_all(BOXES)
        assert len({y for _, y, _, _ in boxes}) <= rows
        assert min(height for *_, height in boxes) >= (36 if width < 720 else 24)


def causes(reason: str, *labels: str) -> list[Json]:
    return [
        section(text=mrkdwn(f"*Reason*\n{reason}")),
        {"block_id": "causes"}
        | actions(*(button(text=plain(label), action_id=label) for label in labels)),
    ]


class TestAnUpdateOfAMessage:
    async def test_above_what_is_read_moves_nothing(self, shown: Shown) -> None:
        posted = [await shown.post(causes(f"Number {n}", "Paid")) for n in range(15)]
        page = shown.page
        rows = page.locator("#middle .message")
        await expect(rows).to_have_count(15)
        read = rows.nth(7)
        await read.evaluate("row => row.scrollIntoView({ block: 'center' })")
        before = await read.bounding_box()
        await shown.update(posted[2], causes("Longer. " * 200, "Paid", "Voided"))
        await expect(rows.nth(2)).to_contain_text("Longer.")
        assert await read.bounding_box() == before

    async def test_leaves_the_focus_on_the_button_that_was_pressed_and_is_read_out(
        self, shown: Shown
    ) -> None:
        page = shown.page
        for _ in range(2):
            ts = await shown.post(causes("It waits for approval.", "Paid", "Voided"), "Same text")
        row = page.locator("#middle .message").last
        await row.get_by_role("button", name="Voided").focus()
        await shown.update(ts, causes("It was voided.", "Paid", "Voided"), "Same text")
        await expect(row.get_by_role("button", name="Voided")).to_be_focused()
        live = page.locator("[aria-live=polite]")
        await expect(live).to_have_text("Xero Help changed a message: Reason It was voided.")
        await shown.update(ts, causes("It was voided.", "Paid"), "Same text")
        await expect(row).to_be_focused()


class TestAMessageThatIsPosted:
    async def test_is_read_out_without_its_markup_and_with_where_it_is(self, shown: Shown) -> None:
        page, scene = shown.page, shown.scene
        live = page.locator("[aria-live=polite]")
        ts = await shown.post([section()], f"*Refused* &lt;Xero&gt; for <@{scene.ben}>")
        await expect(live).to_have_text("Xero Help: Refused <Xero> for @Ben")
        await shown.post([section()], "Approve it", thread_ts=ts)
        await expect(live).to_have_text("Xero Help in a thread: Approve it")
        await act_as(page, "Ben")
        await to(page, "cards")
        await shown.post([section()], "Retry")
        await expect(live).to_have_text("Xero Help in support: Retry")


class TestKeys:
    async def test_reach_and_turn_the_tabs_of_the_app(self, shown: Shown) -> None:
        page = shown.page
        await to(page, "Xero Help")
        await page.get_by_role("tab", name="Messages").focus()
        await page.keyboard.press("ArrowRight")
        await expect(page.get_by_role("tab", name="About", selected=True)).to_be_focused()
        await page.keyboard.press("ArrowRight")
        await expect(page.get_by_role("tab", name="Home", selected=True)).to_be_focused()
        await expect(page.get_by_role("tabpanel", name="Home")).to_be_visible()

    async def test_skip_the_channels_and_stay_where_one_is(self, shown: Shown) -> None:
        page = shown.page
        await act_as(page, "Ben")
        await to(page, "cards")
        await page.get_by_role("link", name="Skip to the messages").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("main")).to_be_focused()
        await expect(page.get_by_role("heading", level=1)).to_have_text("cards")
        await expect(page).to_have_title("cards · Sandbox")

    async def test_open_and_close_a_thread_and_come_back_to_where_it_was_opened(
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

    async def test_cannot_reach_what_a_thread_covers(self, shown: Shown) -> None:
        page = shown.page
        await page.set_viewport_size({"width": 900, "height": 600})
        await shown.post([section()], thread_ts=await shown.post([section()]))
        await page.locator("#middle .thread-bar").click()
        await expect(page.get_by_role("complementary", name="Thread")).to_be_visible()
        await expect(page.get_by_role("main")).to_have_count(0)


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

    async def test_shows_a_menu_as_a_sheet_that_a_thumb_reaches(self, shown: Shown) -> None:
        page = shown.page
        await page.set_viewport_size({"width": 375, "height": 700})
        await shown.post([section()])
        await page.get_by_role("button", name="More actions").click()
        menu = page.get_by_role("menu")
        box = await menu.bounding_box()
        assert box is not None
        assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 375, 700)
        heights = await menu.get_by_role("menuitem").evaluate_all(BOXES)
        assert min(height for *_, height in heights) >= 44
        await page.get_by_role("menuitem", name="Reply in thread").click()
        await expect(page.get_by_role("heading", name="Thread")).to_be_visible()


class TestSomebodyWhoWantsNoMotion:
    async def test_sees_none(self, shown: Shown) -> None:
        await shown.page.emulate_media(reduced_motion="reduce")
        await shown.post(ANSWER)
        await expect(shown.page.locator("#middle .message")).to_have_count(1)
        moving = await shown.page.evaluate(
            "[...document.querySelectorAll('*')].filter(one => getComputedStyle(one).transitionDuration !== '0s' || getComputedStyle(one).animationName !== 'none').length"
        )
        await shown.page.emulate_media(reduced_motion="null")
        assert moving == 0
