"""Blocks on the page in a browser: what they are for those who hear it, on a phone, and updated."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser import IN_THE_WINDOW, OUTSIDE, act_as, to

from .block_builders import actions, button, feedback, mrkdwn, option, plain, section
from .page_browser import Json
from .page_window import Shown

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
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p, li, .para { margin-bottom: 2em !important; }"""
CUT = """() => [...document.querySelectorAll(".message *, .composer *, .pane-head *, .tabs *")]
  .filter((one) => one.offsetWidth && !one.closest(".unseen") && one.childElementCount === 0 && one.textContent)
  .filter((one) => getComputedStyle(one).overflow !== "visible" || one.matches("button"))
  .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
  .map((one) => one.outerHTML.slice(0, 100))"""
BOXES = "all => all.map(one => one.getBoundingClientRect()).map(({ y, height }) => [y, height])"


class TestBlocks:
    async def test_have_the_names_of_the_app_and_fit_on_a_small_screen(self, shown: Shown) -> None:
        """With headings, lists and quotes, buttons for a finger, and with wider letters."""
        await shown.post(ANSWER)
        message = shown.page.locator("#middle .message")
        await expect(message.get_by_role("heading", level=2)).to_contain_text("is not approved")
        await expect(message.get_by_role("list").get_by_role("listitem")).to_have_count(2)
        await expect(message.get_by_role("blockquote")).to_contain_text("Refused")
        await expect(message.get_by_role("button", name="Open article 1")).to_have_text("Open")
        await expect(message.get_by_role("button", name="This helped")).to_be_visible()
        page = shown.page
        await expect(page.locator("#middle .b-actions button")).to_have_count(25)
        for css in (SPACED, ""):
            # not a <style>, which the page's own rules would refuse
            await page.evaluate(
                "css => { const all = new CSSStyleSheet(); all.replaceSync(css); document.adoptedStyleSheets = [all]; }",
                css,
            )
            for width in (320, 375, 640):
                await page.set_viewport_size({"width": width, "height": 700})
                assert (width, await page.evaluate(OUTSIDE)) == (width, [])
                assert (width, await page.evaluate(CUT)) == (width, [])
        buttons = page.locator("#middle .b-actions button")
        for width, rows, height in ((1280, 5, 24), (375, 13, 36)):
            await page.set_viewport_size({"width": width, "height": 800})
            boxes = await buttons.evaluate_all(BOXES)
            assert len({y for y, _ in boxes}) <= rows
            assert min(high for _, high in boxes) >= height


class TestAMenu:
    async def test_has_the_titles_of_its_groups_above_their_options(self, shown: Shown) -> None:
        groups = [
            {"label": plain(name), "options": [option(text=plain(f"{name} 1"), value=name)]}
            for name in ("Fruit", "Bread")
        ]
        choice = {"type": "static_select", "action_id": "a", "option_groups": groups}
        await shown.post([actions({**choice, "placeholder": plain("Something else")})])
        await shown.page.get_by_role("button", name="Something else").click()
        listed = shown.page.get_by_role("listbox")
        await expect(listed.get_by_role("group", name="Bread").get_by_role("option")).to_have_text(
            "Bread 1"
        )
        assert (await listed.inner_text()).split("\n") == ["Fruit", "Fruit 1", "Bread", "Bread 1"]


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


class TestSomebodyWhoWantsNoMotion:
    async def test_sees_none(self, shown: Shown) -> None:
        page = shown.page
        await shown.post([section()])
        await page.get_by_role("button", name="Traffic").click()
        fold = page.locator(".fold").first
        await expect(fold).not_to_have_css("transition-duration", "0s")
        await page.emulate_media(reduced_motion="reduce")
        await expect(fold).to_have_css("transition-duration", "0s")
        await page.emulate_media(reduced_motion="null")
