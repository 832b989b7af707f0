"""/xero-error list opens what it lists, and an article opens those that look like it."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from bot.domain.article_text import plain_text
from bot.domain.articles import Article
from bot.domain.knowledge import Area
from bot.slack.views import wording
from bot.slack.views.article_words import Where, adapt_wording
from bot.slack.views.catalogue import PAGE_SIZE
from tests.shipped import ARTICLES
from tests.slack_harness import AUTHORISED, Office, over_http, words_in, words_of

ARTICLE = "payments-only-against-authorised"


async def list_of(shop: Office, area: Area) -> Any:
    reply = await shop.ws.command(shop.alice, shop.support, "/xero-error", "list")
    assert reply is not None
    await shop.ws.click(shop.alice, reply, "choose_area", area.value)
    return await shop.whisper_to(shop.alice, wording.OPEN)


def has_changed(shop: Office, before: str) -> bool:
    return str(shop.ws.ephemerals(shop.alice)[-1].blocks) != before


class TestTheList:
    @over_http
    async def test_opens_what_it_lists(self, shop: Office) -> None:
        knowledge = shop.bot.recogniser.knowledge
        listed = await list_of(shop, Area.PAYMENTS)
        for article in knowledge.about(Area.PAYMENTS)[:PAGE_SIZE]:
            assert plain_text(article.title, {}) in words_of(listed)
        chosen = knowledge.about(Area.PAYMENTS)[0]
        await shop.ws.click(shop.alice, listed, "open_article", block_id=f"article.{chosen.id}")
        view = await shop.modal(shop.alice)
        words = "".join(words_in(view.blocks))
        assert plain_text(chosen.title, {}) in words
        assert plain_text(chosen.usual.reason, {})[:60] in words
        assert shop.ws.messages(shop.support) == [], "nobody else sees it"


@over_http
class TestALongSubject:
    async def test_is_paged_to_its_end_and_back(self, shop: Office) -> None:
        about = shop.bot.recogniser.knowledge.about(Area.INVOICES)
        assert len(about) > 2 * PAGE_SIZE
        listed, seen = await list_of(shop, Area.INVOICES), []
        while True:
            seen += re.findall(r"'article\.([\w-]+)'", str(listed.blocks))
            before = str(listed.blocks)
            if wording.NEXT not in words_in(listed.blocks):
                break
            await shop.ws.click(shop.alice, listed, "area_page.next")
            await shop.ws.until(partial(has_changed, shop, before))
            listed = shop.ws.ephemerals(shop.alice)[-1]
        assert seen == [article.id for article in about]
        assert wording.PREVIOUS in words_in(listed.blocks)
        await shop.ws.click(shop.alice, listed, "area_page.previous")
        await shop.ws.until(
            lambda: wording.NEXT in words_in(shop.ws.ephemerals(shop.alice)[-1].blocks)
        )


@over_http
class TestAnArticlesModal:
    async def test_opens_similar_ones_three_deep_and_then_instead_of_the_last(
        self, shop: Office
    ) -> None:
        reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
        await shop.ws.click(shop.alice, reply, "read_all.1")
        await shop.modal(shop.alice)
        article_id = ARTICLE
        for depth in (2, 3, 3, 3):
            view = await shop.modal(shop.alice)
            article_id = shop.bot.recogniser.knowledge[article_id].related[0]
            await shop.ws.click(shop.alice, view, "open_article", block_id=f"article.{article_id}")
            title = plain_text(shop.bot.recogniser.knowledge[article_id].title, {})
            await shop.ws.until(partial(shows_title, shop, title))
            assert len(shop.ws.modals(shop.alice)) == depth

    async def test_that_is_gone_says_so(self, shop: Office) -> None:
        listed = await list_of(shop, Area.PAYMENTS)
        for block in listed.blocks:
            if block["type"] == "section" and "accessory" in block:
                block["accessory"]["value"] = "no-such-article 0"
        first = shop.bot.recogniser.knowledge.about(Area.PAYMENTS)[0].id
        await shop.ws.click(shop.alice, listed, "open_article", block_id=f"article.{first}")
        await shop.whisper_to(shop.alice, wording.ARTICLE_GONE[:40])


def shows_title(shop: Office, title: str) -> bool:
    view = shop.ws.modal(shop.alice)
    return view is not None and view.blocks[0]["text"]["text"] == title


class TestTheButtonAnArticleNames:
    def test_is_the_one_that_is_there(self) -> None:
        sent_on = [a for a in ARTICLES.values() if any("Escalate" in text for _, text in a.prose())]
        assert len(sent_on) > 50
        for known in sent_on:
            for where, words in (
                (Where.MODAL, wording.ESCALATE_UNDER_REPLY),
                (Where.LISTED, wording.ESCALATE_AFTER_PASTE),
            ):
                article = adapt_wording(known, where)
                assert isinstance(article, Article)
                text = " ".join(text for _, text in article.prose())
                assert "*Escalate* below" not in text, known.id
                assert words[1:] in text, known.id
                assert "`" not in text, "an article's text has bold words and no other marks"

    async def test_is_none_once_support_has_it(self, http_shop: Office) -> None:
        shop = http_shop
        message = next(
            article.wordings[0]
            for article in ARTICLES.values()
            if any("ress *Escalate*" in step.do for step in article.usual.action)
            and article.wordings
            and "{" not in article.wordings[0]
        )
        ts = await shop.ws.say(
            shop.alice, shop.support, f"<@{shop.ws.bot_user_id}> Xero: {message}"
        )
        reply = await shop.reply_to(ts)
        assert "ress Escalate" in as_read(reply.blocks)
        await shop.escalate(shop.alice, reply)
        await shop.ws.until(lambda: "ress Escalate" not in as_read(shop.replies_to(ts)[0].blocks))
        instead = plain_text(wording.ESCALATE_DONE.format(name="ESC-1"), {})
        assert instead.lower() in as_read(shop.replies_to(ts)[0].blocks).lower()
        await shop.ws.click(shop.alice, shop.replies_to(ts)[0], "read_all.1")
        assert "Escalate" not in as_read((await shop.modal(shop.alice)).blocks)


def as_read(blocks: Any) -> str:
    return "".join(words_in(blocks))
