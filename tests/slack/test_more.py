"""*More* and *Show me how*, pressed under a reply, in each other, and in articles of the list."""

from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path
from typing import Any

from bot.domain.article_text import plain_text
from bot.domain.causes import Procedure
from bot.domain.knowledge import Area
from bot.knowledge_base.loader import SHIPPED
from bot.slack.views import ids, wording
from slack_sandbox import Message, View
from tests.reading import shows
from tests.shipped import ARTICLES
from tests.slack_harness import AUTHORISED, Office, office, over_http, words_in

ARTICLE = "payments-only-against-authorised"
LINES = re.MULTILINE | re.DOTALL
NO_TOKEN = "no-valid-access-token"
SIGNED_OUT = "The token repository doesn't contain a valid access token."


def procedure_of(article_id: str, index: int) -> Procedure:
    procedure = ARTICLES[article_id].steps[index].how
    assert procedure is not None
    return procedure


async def answered(shop: Office, text: str) -> Message:
    return await shop.reply_to(await shop.ws.say(shop.alice, shop.support, f"Xero: {text}"))


async def more(shop: Office, reply: Message) -> View:
    await shop.ws.click(shop.alice, reply, "read_all.1")
    return await top(shop, ARTICLES[ARTICLE].title)


async def top(shop: Office, title: str) -> View:
    """Wait until the modal on top has this title, and return it."""
    await shop.ws.until(partial(is_on_top, shop, plain_text(title, {})))
    view = shop.ws.modal(shop.alice)
    assert view is not None
    return view


def is_on_top(shop: Office, title: str) -> bool:
    view = shop.ws.modal(shop.alice)
    return view is not None and view.blocks[0]["text"]["text"] == title


def elements_of(where: Message | View) -> list[dict[str, Any]]:
    """The buttons of a message or view, in rows and beside texts."""
    rows = [element for block in where.blocks for element in block.get("elements", [])]
    beside = [block["accessory"] for block in where.blocks if "accessory" in block]
    return [element for element in (*rows, *beside) if element.get("type") == "button"]


def button(where: Message | View, action_id: str, contains: str = "") -> dict[str, Any]:
    found = [
        element
        for element in elements_of(where)
        if element["action_id"] == action_id and contains in element["value"]
    ]
    assert len(found) == 1
    return found[0]


class TestMore:
    @over_http
    async def test_says_why_this_is_the_answer_and_has_every_cause(self, shop: Office) -> None:
        view = await more(shop, await answered(shop, AUTHORISED))
        assert shows(view, wording.WORD_FOR_WORD)
        read = as_read(view)
        for cause in ARTICLES[ARTICLE].causes:
            assert plain_text(cause.reason, {}) in read
            assert plain_text(cause.check or "", {}) in read

    @over_http
    async def test_begins_with_the_cause_that_somebody_opened(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, f"Xero: {AUTHORISED}")
        await shop.ws.click(shop.bob, await shop.reply_to(ts), f"{ids.ACTION_SHOW_CAUSE}.voided")
        await shop.ws.until(lambda: shows(shop.replies_to(ts)[0], wording.OPENED_BY))
        read = as_read(await more(shop, shop.replies_to(ts)[0]))
        voided = ARTICLES[ARTICLE].cause("voided")
        assert voided is not None
        assert read.index(voided.reason) < read.index(ARTICLES[ARTICLE].usual.reason)

    @over_http
    async def test_is_about_the_error_that_somebody_chose(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, f"Xero: {AUTHORISED}\nXero: {SIGNED_OUT}")
        reply = await shop.reply_to(ts)
        (other,) = [one for one in elements_of(reply) if one["text"]["text"] == wording.SHOW]
        _, chosen, _ = other["value"].split()
        await shop.ws.click(shop.alice, reply, other["action_id"])
        await shop.ws.until(
            lambda: button(shop.replies_to(ts)[0], "read_all.1")["value"].endswith(f" {chosen}")
        )
        await shop.ws.click(shop.alice, shop.replies_to(ts)[0], "read_all.1")
        view = await top(shop, ARTICLES[chosen].title)
        assert shows(view, wording.WORD_FOR_WORD)

    @over_http
    async def test_opens_from_replies_with_several_buttons_unless_they_are_forgotten(
        self, shop: Office
    ) -> None:
        reply = await answered(shop, AUTHORISED)
        pressed = button(reply, "read_all.1")
        pressed["action_id"] = "read_all.2"
        await shop.ws.click(shop.alice, reply, "read_all.2")
        await top(shop, ARTICLES[ARTICLE].title)
        pressed["value"] = f"no-such-token {ARTICLE}"
        await shop.ws.click(shop.alice, reply, "read_all.2")
        await shop.whisper_to(shop.alice, wording.FORGOTTEN)


class TestShowMeHow:
    async def test_opens_under_a_reply(self, shop: Office) -> None:
        reply = await answered(shop, SIGNED_OUT)
        await shop.ws.click(shop.alice, reply, "show_how.0")
        procedure = procedure_of(NO_TOKEN, 0)
        view = await top(shop, procedure.title)
        assert plain_text(procedure.steps[-1].do, {}) in as_read(view)
        assert len(shop.ws.modals(shop.alice)) == 1

    @over_http
    async def test_opens_on_top_of_more_and_goes_back_to_it(self, shop: Office) -> None:
        view = await more(shop, await answered(shop, AUTHORISED))
        await shop.ws.click(shop.alice, view, "show_how.4")
        await top(shop, procedure_of(ARTICLE, 4).title)
        assert len(shop.ws.modals(shop.alice)) == 2
        await shop.ws.close_modal(shop.alice)
        await top(shop, ARTICLES[ARTICLE].title)

    @over_http
    async def test_opens_instead_of_the_third_modal(self, shop: Office) -> None:
        view = await more(shop, await answered(shop, AUTHORISED))
        for _ in range(2):
            await shop.ws.click(shop.alice, view, "open_article", block_id=f"article.{OTHER}")
            view = await top(shop, ARTICLES[OTHER].title)
            await shop.ws.click(shop.alice, view, "open_article", block_id=f"article.{ARTICLE}")
            view = await top(shop, ARTICLES[ARTICLE].title)
        assert len(shop.ws.modals(shop.alice)) == 3
        await shop.ws.click(shop.alice, view, "show_how.4")
        await top(shop, procedure_of(ARTICLE, 4).title)
        assert len(shop.ws.modals(shop.alice)) == 3

    @over_http
    async def test_of_steps_that_changed_or_are_gone_says_so(self, shop: Office) -> None:
        reply = await answered(shop, SIGNED_OUT)
        pressed = button(reply, "show_how.0")
        for index in ("1", "99", "x"):
            pressed["value"] = " ".join([*pressed["value"].split()[:2], index])
            await shop.ws.click(shop.alice, reply, "show_how.0")
            await shop.whisper_to(shop.alice, wording.STEPS_CHANGED)
        pressed["value"] = pressed["value"].replace(NO_TOKEN, "no-such-article")
        await shop.ws.click(shop.alice, reply, "show_how.0")
        await shop.whisper_to(shop.alice, wording.ARTICLE_GONE)

    @over_http
    async def test_opens_in_an_article_of_the_list(self, shop: Office) -> None:
        view = await listed(shop, Area.CONNECTION, NO_TOKEN)
        await shop.ws.click(shop.alice, view, "show_how.0")
        await top(shop, procedure_of(NO_TOKEN, 0).title)
        assert len(shop.ws.modals(shop.alice)) == 2


OTHER = next(
    one
    for one in ARTICLES[ARTICLE].related
    if ARTICLE in ARTICLES[one].related
    and any("*Escalate*" in step.do for step in ARTICLES[one].steps)
)
"""A look-alike that sends the shop to a person, and names the article as its own look-alike."""


async def listed(shop: Office, area: Area, article_id: str) -> View:
    """The modal of an article that was opened from the list."""
    reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", "list")
    assert reply is not None
    await shop.ws.click(shop.alice, reply, "choose_area", area.value)
    page = await shop.whisper_to(shop.alice, wording.OPEN)
    value = next(element for element in elements_of(page) if element["action_id"] == "open_article")
    value["value"] = f"{article_id} 0"
    block_id = re.findall(r"'article\.([\w-]+)'", str(page.blocks))[0]
    await shop.ws.click(shop.alice, page, "open_article", block_id=f"article.{block_id}")
    return await top(shop, ARTICLES[article_id].title)


@over_http
class TestALookAlike:
    async def test_sends_to_the_button_under_the_reply_that_is_there(self, shop: Office) -> None:
        view = await more(shop, await answered(shop, AUTHORISED))
        view = await look_alike(shop, view)
        assert midway(wording.ESCALATE_UNDER_REPLY) in as_read(view)
        assert midway(wording.ESCALATE_AFTER_PASTE) not in as_read(view)

    async def test_sends_to_support_once_they_have_it(self, shop: Office) -> None:
        reply = await answered(shop, AUTHORISED)
        await shop.escalate(shop.alice, reply)
        await shop.card()
        view = await look_alike(shop, await more(shop, reply))
        assert midway(wording.ESCALATE_DONE.format(name="ESC-1")) in as_read(view)
        assert "Escalate" not in as_read(view)

    async def test_opens_without_a_reply(self, shop: Office) -> None:
        view = await listed(shop, Area.PAYMENTS, ARTICLE)
        view = await look_alike(shop, view)
        assert midway(wording.ESCALATE_AFTER_PASTE) in as_read(view)

    async def test_opens_from_a_modal_of_before_and_though_its_reply_is_forgotten(
        self, shop: Office
    ) -> None:
        view = await more(shop, await answered(shop, AUTHORISED))
        for value in (f"{OTHER} 1", f"{OTHER} 1 no-such-token"):
            button(view, ids.ACTION_OPEN_ARTICLE, OTHER)["value"] = value
            await look_alike(shop, view)
            assert len(shop.ws.modals(shop.alice)) == 2
            await shop.ws.close_modal(shop.alice)
            await top(shop, ARTICLES[ARTICLE].title)


async def test_an_article_that_names_another_is_a_look_alike_of_that_one(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(SHIPPED, folder)
    (file,) = folder.glob(f"*/{OTHER}.yaml")
    text, count = re.subn(r"^related: \[.*?\]", "related: []", file.read_text("utf-8"), flags=LINES)
    assert count == 1
    file.write_text(text, encoding="utf-8")
    area = next(area for area in Area if ARTICLES[OTHER] in ARTICLES.about(area))
    async with office(tmp_path, knowledge_dir=folder) as shop:
        assert button(await listed(shop, area, OTHER), ids.ACTION_OPEN_ARTICLE, ARTICLE)


async def look_alike(shop: Office, view: View) -> View:
    await shop.ws.click(shop.alice, view, "open_article", block_id=f"article.{OTHER}")
    return await top(shop, ARTICLES[OTHER].title)


def midway(words: str) -> str:
    """Words in the middle of a sentence, as they are read."""
    return plain_text(words, {})[1:]


def as_read(view: View) -> str:
    return "".join(words_in(view.blocks))
