"""The try-out, as somebody uses it: in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Dialog, Page, expect

from bot.attachments.images import PictureReader
from bot.attachments.reader import can_read_pictures
from bot.demo.previews import CHANNEL
from bot.demo.run import workspace
from bot.domain import escalation_labels
from bot.domain.attachments import ReadOutcome
from bot.domain.escalations import Verb
from bot.domain.knowledge import Area
from bot.knowledge_base.loader import SHIPPED
from bot.settings import Settings
from bot.slack.views import ids, list_wording, requester_wording, support_wording, wording
from tests.browser import (
    DROP,
    IN_THE_WINDOW,
    OUTSIDE,
    PIXEL,
    act_as,
    choose,
    cleared,
    open_thread,
    paste,
    sample,
    tab,
    to,
)
from tests.measure import ELEVEN
from tests.measure_pictures import OF_PICTURE
from tests.sentences import longest_piece
from tests.shipped import ARTICLES, AUTHORISED_TITLE, title_of
from tests.test_article_form import FILE, GOOD

pytestmark = IN_THE_WINDOW
PASTE = "Payments can only be made against Authorised invoices."
OF_PASTE = "payments-only-against-authorised"
GOOD_PASTE = "Xero: Invoice could not be found."
"""What `GOOD` answers."""
CHATTER = "good morning, the courier is here"
HELPED = "Approved the invoice."
RESOLVED = longest_piece(requester_wording.NOTES[Verb.RESOLVE])


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with one article, to change it."""
    path = tmp_path / "knowledge" / FILE
    path.parent.mkdir(parents=True)
    path.write_text(GOOD, encoding="utf-8")
    return tmp_path / "knowledge"


@pytest_asyncio.fixture(loop_scope="session")
async def page(window: Page, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """A try-out of its own in the window."""
    own = "articles" in request.fixturenames
    folder = request.getfixturevalue("articles") if own else SHIPPED
    async with (
        workspace(Settings(_env_file=None, knowledge_dir=folder), port=0) as address,
        cleared(window) as made,
    ):
        await made.goto(address)
        yield made


async def escalate(page: Page) -> None:
    await paste(page, PASTE)
    await open_thread(page)
    await page.locator("#pane").get_by_role("button", name=wording.ESCALATE).click()
    form = page.get_by_role("dialog")
    await form.get_by_label(escalation_labels.STORE, exact=False).first.fill("Ponsonby")
    await form.get_by_role("button", name=requester_wording.ESCALATE_SUBMIT).click()
    await expect(form).to_have_count(0)


class TestPasting:
    async def test_the_eleven_brings_eleven_answers_and_chatter_silence(self, page: Page) -> None:
        """Markup is only text."""
        await paste(page, CHATTER)
        await paste(page, f"<img src=x onerror=document.title='gone'> {PASTE}")
        for article_id in sorted(ELEVEN - {OF_PASTE}):
            await paste(page, ARTICLES[article_id].examples.match[0].text)
        await expect(page.locator("#middle .thread-bar")).to_have_count(len(ELEVEN))
        assert await page.locator("#middle img").count() == 0
        assert await page.title() != "gone"


class TestAFile:
    @pytest.mark.skipif(
        not can_read_pictures(), reason="the extra `ocr` is not installed: make ocr"
    )
    async def test_that_is_a_screenshot_is_answered(
        self, page: Page, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """That the picture is read is measured: `make measure` fails where it is not."""
        error = ARTICLES[OF_PICTURE].sample

        async def read(*_: object) -> tuple[ReadOutcome, str]:
            return ReadOutcome.READ, f"Sale 10482 was not sent to Xero\n{error}"

        monkeypatch.setattr(PictureReader, "read", read)
        await sample(page, "A screenshot")
        await expect(page.locator("#middle .message .file img")).to_be_visible()
        await expect(page.locator("#middle .thread-bar")).to_have_count(1)
        await open_thread(page)
        pane = page.locator("#pane")
        title = title_of(OF_PICTURE)
        await expect(pane.get_by_text(title).last).to_be_visible()
        await expect(pane.get_by_text("error-box.png").last).to_be_visible()

    async def test_that_is_a_log_is_answered(self, page: Page) -> None:
        await sample(page, "A log file")
        await expect(page.locator("#middle .message .file pre")).to_contain_text("sale 10400 sent")
        await open_thread(page)
        await expect(
            page.locator("#pane").get_by_text("Account could not be found (payments)").last
        ).to_be_visible()


class TestAMessage:
    async def test_that_is_edited_or_deleted_has_its_answer_follow(self, page: Page) -> None:
        await paste(page, PASTE)
        await open_thread(page)
        pane = page.locator("#pane")
        await expect(pane.get_by_text(AUTHORISED_TITLE)).to_be_visible()
        await choose(page, "Edit message")
        editor = page.locator("#middle").get_by_label("Edit message")
        await editor.fill("Xero: Order number must be unique")
        await editor.press("Enter")
        await expect(pane.get_by_text(title_of("order-number-must-be-unique"))).to_be_visible()
        await expect(pane.get_by_text(AUTHORISED_TITLE)).to_have_count(0)
        await expect(pane.locator(".message")).to_have_count(2)
        await choose(page, "Delete message")
        await expect(page.locator("#middle .message")).to_have_count(0)

    async def test_that_is_forwarded_from_elsewhere_is_answered(self, page: Page) -> None:
        await to(page, "shop-floor")
        await choose(page, "Forward to #support")
        await expect(page.locator("#middle .attachment")).to_contain_text("Posted in #shop-floor")
        await open_thread(page)
        await expect(page.locator("#pane").get_by_text(wording.REASON)).to_be_attached()


class TestTheApp:
    async def test_answers_a_prompt_says_what_it_is_for_and_suggests_again(
        self, page: Page
    ) -> None:
        await to(page, wording.BOT_NAME)
        middle = page.locator("#middle")
        await expect(middle.get_by_text(longest_piece(wording.PROMPTS_TITLE))).to_be_visible()
        prompt = middle.locator(".prompt").first
        title = await prompt.inner_text()
        await prompt.click()
        await open_thread(page)
        await expect(
            page.locator("#pane").get_by_role("button", name=wording.ESCALATE)
        ).to_be_attached()
        await expect(page.locator("#pane").get_by_text(title).first).to_be_visible()
        await expect(middle.locator(".prompt")).to_have_count(0)
        await tab(page, "Home")
        await expect(
            middle.locator(".home").get_by_text(longest_piece(list_wording.HOME_INTRO))
        ).to_be_visible()
        await tab(page, "About")
        await expect(
            page.get_by_role("tabpanel", name="About").get_by_text(wording.AGENT_DESCRIPTION)
        ).to_be_visible()
        await tab(page, "Messages")
        await expect(middle.locator(".prompt")).to_have_count(4)


class TestTheListOfErrors:
    async def test_opens_an_article_at_its_beginning_and_another_one_from_there(
        self, page: Page
    ) -> None:
        await paste(page, "/xero-error list")
        middle, dialog = page.locator("#middle"), page.get_by_role("dialog")
        await middle.get_by_role("button", name=wording.LIST_CHOOSE).click()
        await page.get_by_role("option", name=wording.AREAS[Area.INVOICES]).click()
        await middle.get_by_role("button", name=wording.OPEN).first.click()
        await expect(dialog.get_by_text(wording.RELATED)).to_be_attached()
        assert await dialog.locator(".modal-body").evaluate("body => body.scrollTop") == 0
        await dialog.get_by_role("button", name=wording.OPEN).first.click()
        await expect(dialog.get_by_role("button", name="Back")).to_be_visible()


class TestAnEscalation:
    async def test_goes_through_both_threads_to_the_note(self, page: Page) -> None:
        await escalate(page)
        await page.locator("#reply").evaluate(DROP, {"picture": PIXEL})
        await page.locator("#reply").press("Enter")
        await act_as(page, "Ben")
        await to(page, "xero-escalations")
        await self.answered_from_the_box(page)
        await self.answered_by_a_reply_that_is_sent(page)
        card, form = page.locator("#middle"), page.get_by_role("dialog")
        await card.get_by_role("button", name=support_wording.RESOLVE).click()
        await form.get_by_label(support_wording.FIELD_HELPED, exact=False).fill(HELPED)
        await form.get_by_role("button", name=support_wording.RESOLVE).click()
        await expect(card.get_by_text(HELPED)).to_be_visible()
        await act_as(page, "Hana")
        await to(page, "support")
        await open_thread(page)
        pane = page.locator("#pane")
        for seen in ("Please approve it.", "Please retry.", RESOLVED):
            await expect(pane.get_by_text(seen)).to_be_visible()
        for unseen in ("Between us", HELPED):
            await expect(pane.get_by_text(unseen)).to_have_count(0)

    async def answered_from_the_box(self, page: Page) -> None:
        """Answer from the card, which keeps what was typed, and look at the shop's picture."""
        card = page.locator("#middle")
        await expect(card.get_by_text("ESC-1: Ponsonby")).to_be_visible()
        box = card.get_by_label(support_wording.BOX_LABEL)
        await box.fill("Please approve it.")
        await card.get_by_role("button", name=support_wording.CLAIM).click()
        await expect(card.get_by_role("button", name=support_wording.RESOLVE)).to_be_visible()
        await expect(box).to_have_value("Please approve it.")
        await card.get_by_role("button", name=support_wording.BOX_SEND).click()
        await expect(box).to_have_value("")
        await open_thread(page)
        picture = page.locator("#pane .b-image img")
        await expect(picture).to_be_visible()
        assert await picture.evaluate("(one) => one.naturalWidth") == 1

    async def answered_by_a_reply_that_is_sent(self, page: Page) -> None:
        """Write two replies under the card, and send one to the requester."""
        pane = page.locator("#pane")
        for text in ("Between us: they have done this before.", "Please retry."):
            await page.locator("#reply").fill(text)
            await page.locator("#reply").press("Enter")
        answer = pane.locator(".message", has_text="Please retry.")
        await answer.hover()
        await answer.get_by_role("button", name="More actions").click()
        await page.get_by_role("menuitem", name=wording.SHORTCUTS[ids.SHORTCUT_SEND][0]).click()

    async def test_pressed_twice_is_one_and_its_withdrawal_asks_first(self, page: Page) -> None:
        await paste(page, PASTE)
        await open_thread(page)
        pane, form = page.locator("#pane"), page.get_by_role("dialog")
        await pane.get_by_role("button", name=wording.ESCALATE).dblclick()
        await form.get_by_label(escalation_labels.STORE, exact=False).first.fill("Ponsonby")
        await form.get_by_role("button", name=requester_wording.ESCALATE_SUBMIT).dblclick()
        await expect(
            pane.get_by_text(longest_piece(requester_wording.ESCALATED_AS))
        ).to_be_visible()
        asked: list[str] = []

        async def answer(dialog: Dialog) -> None:
            asked.append(dialog.message)
            await (dialog.accept() if len(asked) == 2 else dialog.dismiss())

        withdraw = pane.get_by_role("button", name=requester_wording.WITHDRAW)
        page.on("dialog", answer)
        await withdraw.click()
        await expect(withdraw).to_have_count(1)
        await withdraw.click()
        await expect(withdraw).to_have_count(0)
        page.remove_listener("dialog", answer)
        assert [requester_wording.WITHDRAW_ASK in question for question in asked] == [True, True]
        await act_as(page, "Ben")
        await to(page, "xero-escalations")
        await expect(page.locator("#middle").get_by_text("ESC-1: Ponsonby")).to_have_count(1)


class TestAnArticleThatIsEdited:
    async def test_wrongly_is_named_at_the_top_and_the_last_good_one_answers(
        self, page: Page, articles: Path
    ) -> None:
        article = articles / FILE
        good = article.read_text(encoding="utf-8")
        notice = page.locator("#notices")
        for _ in range(20):
            article.write_text(good.replace("title:", "tittle:", 1), encoding="utf-8")
            if await appears(page, "tittle"):
                break
        await expect(notice).to_contain_text(FILE)
        await paste(page, GOOD_PASTE)
        await open_thread(page)
        await expect(page.locator("#pane").get_by_text(wording.REASON)).to_be_visible()
        article.write_text(good.replace("title: ", "title: Brand new. ", 1), encoding="utf-8")
        await expect(notice).not_to_contain_text("tittle")
        await act_as(page, "Ben")
        await paste(page, GOOD_PASTE)
        await expect(page.locator("#middle .thread-bar")).to_have_count(2)
        await open_thread(page)
        await expect(
            page.locator("#pane").get_by_text("Brand new.", exact=False).first
        ).to_be_visible()
        await to(page, CHANNEL)
        await open_thread(page)
        await expect(
            page.locator("#pane").get_by_text("Brand new.", exact=False).first
        ).to_be_visible()


async def appears(page: Page, words: str) -> bool:
    try:
        await expect(page.locator("#notices")).to_contain_text(words, timeout=1_000)
    except AssertionError:
        return False
    return True


class TestARestart:
    async def test_of_the_bot_is_shown_and_the_page_goes_on_by_itself(self, window: Page) -> None:
        settings = Settings(_env_file=None)
        async with cleared(window) as page:
            async with workspace(settings, port=0) as address:
                await page.goto(address)
                await expect(page.locator("#composer")).to_be_visible()
            await expect(page.locator("#notices")).to_contain_text("has stopped")
            async with workspace(settings, port=int(address.rsplit(":", 1)[1].strip("/"))):
                await expect(page.locator("#notices")).not_to_contain_text("has stopped")
                await paste(page, PASTE)
                await expect(page.locator("#middle .thread-bar")).to_have_count(1)


class TestASmallScreen:
    async def test_shows_every_tab_and_prompt_of_the_app(self, page: Page) -> None:
        await page.set_viewport_size({"width": 360, "height": 800})
        await to(page, wording.BOT_NAME)
        await expect(page.locator("#middle .prompt")).to_have_count(4)
        for name in ("Home", "About", "Messages"):
            await tab(page, name)
            await expect(page.get_by_role("tab", name=name)).to_be_in_viewport(ratio=1)
            for width in (320, 360, 400):
                await page.set_viewport_size({"width": width, "height": 800})
                assert await page.evaluate(OUTSIDE) == []

    async def test_shows_the_form_at_once_and_keeps_what_was_typed_with_all_fields(
        self, page: Page
    ) -> None:
        await page.set_viewport_size({"width": 375, "height": 667})
        await paste(page, PASTE)
        await open_thread(page)
        await page.locator("#pane").get_by_role("button", name=wording.ESCALATE).click()
        form = page.get_by_role("dialog")
        more = form.get_by_role("button", name=requester_wording.MORE_DETAILS)
        for control in (more, form.get_by_role("button", name=requester_wording.ESCALATE_SUBMIT)):
            await expect(control).to_be_in_viewport(ratio=1)
        store = form.get_by_label(escalation_labels.STORE, exact=False).first
        await store.fill("Albany")
        await more.click()
        await expect(form.get_by_label(escalation_labels.CALLBACK, exact=False)).to_be_attached()
        await expect(store).to_have_value("Albany")
