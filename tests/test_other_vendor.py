"""What people read where names.yaml is another vendor's: never the name of the shipped product."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.cli.terminal import render
from bot.domain import escalation_labels
from bot.domain.articles import Article
from bot.domain.handover import Handover
from bot.domain.knowledge import Area, KnowledgeBase
from bot.domain.matches import Match
from bot.domain.reports import Opening
from bot.domain.verdicts import Answer, FollowUp, Intent, Judgement, Suggest, Suggestion
from bot.integrations import handover_text
from bot.integrations.email.message import html
from bot.knowledge_base.loader import load
from bot.slack.views import wording
from bot.slack.views.article_modal import ArticleContext, article_modal
from bot.slack.views.catalogue import catalogue
from bot.slack.views.follow_up import follow_up_reply
from bot.slack.views.procedure_modal import procedure_modal
from bot.slack.views.reply import reply
from bot.slack.views.reply_context import ReplyContext
from tests.integrations.builders import details
from tests.other_vendor import LAST_RESORT, PAGE, PRODUCT, other_directory
from tests.reading import shows
from tests.sentences import occurs
from tests.shipped import ARTICLES
from tests.slack_harness import AUTHORISED, NOT_FOUND, office, words_in

SHIPPED_PRODUCT = re.compile(r"click[\s_-]?pos", re.IGNORECASE)
UNFILLED = re.compile(r"\{(product|pos|xero|do)\b")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return other_directory(tmp_path_factory.mktemp("acme"))


@pytest.fixture(scope="module")
def known(directory: Path) -> KnowledgeBase:
    return load(directory)


def faults(shown: dict[str, Any]) -> dict[str, str]:
    """What is wrong in texts and payloads, by their names."""
    texts = {
        name: what if isinstance(what, str) else json.dumps(what, ensure_ascii=False)
        for name, what in shown.items()
    }
    found = {
        name: SHIPPED_PRODUCT.search(text) or UNFILLED.search(text) for name, text in texts.items()
    }
    return {
        name: texts[name][max(0, hit.start() - 60) : hit.end() + 20]
        for name, hit in found.items()
        if hit
    }


def match_of(article: Article) -> Match:
    return Match(article.id, article.wordings[0], 100.0, "a paste", {})


def judged(article: Article) -> Judgement:
    return Judgement(Answer((match_of(article),)), {article.id: article})


def replies(article: Article, known: KnowledgeBase) -> Iterator[tuple[str, Any]]:
    """The reply at each cause, as Slack and the command line show it."""
    for cause in article.causes:
        opening = Opening(article.id, cause.id, "U1")
        message = reply(judged(article), ReplyContext(known.names, "t", opening=opening))
        yield f"reply at {cause.id}", [message.text, message.blocks]
    console = Console(file=io.StringIO(), width=100)
    console.print(render(reply(judged(article), ReplyContext(known.names))))
    assert isinstance(console.file, io.StringIO)
    yield "command line", console.file.getvalue()


def modals(article: Article, known: KnowledgeBase) -> Iterator[tuple[str, Any]]:
    """*More*, and *Show me how* of each step."""
    related = [known[other] for other in article.related]
    context = ArticleContext(known.names, related, token="t", match=match_of(article))
    yield "more", article_modal(article, context)
    for index, step in enumerate(article.steps):
        if step.how:
            yield f"how {index}", procedure_modal(step.how, known.names, {})


def follow_ups(article: Article, known: KnowledgeBase) -> Iterator[tuple[str, Any]]:
    """The reply to each kind of message after the answer, and one that suggests the article."""
    steps = tuple(range(len(article.steps)))
    for intent in Intent:
        wanted = FollowUp(intent, 1, "t", match_of(article), steps)
        message = follow_up_reply(wanted, article, ReplyContext(known.names, "t"))
        yield f"after it: {intent}", [message.text, message.blocks]
    suggested = Judgement(Suggest((Suggestion(article.id, 50.0),)), {article.id: article})
    message = reply(suggested, ReplyContext(known.names, "t"))
    yield "suggestion", [message.text, message.blocks]


def outside(article: Article) -> Iterator[tuple[str, Any]]:
    """The e-mail, the ticket and its note."""
    handover = Handover(
        name="ESC-1",
        token="t",
        opened_at=0.0,
        link=None,
        details=details(),
        replied=(article.title,),
        for_developers=judged(article).for_developers,
    )
    yield "e-mail", html(handover, "help@acme.example")
    yield "ticket", handover_text.plain(handover, "Reply here.")
    yield "note", handover_text.for_developers(handover)


Show = Callable[[Article, KnowledgeBase], Iterator[tuple[str, Any]]]


def found_in(known: KnowledgeBase, show: Show) -> dict[str, str]:
    """The faults in what is shown of each article."""
    shown = {
        f"{article.id}: {name}": what
        for article in known.values()
        for name, what in show(article, known)
    }
    assert len(shown) >= len(known)
    return faults(shown)


class TestWithOtherNames:
    def test_all_shipped_articles_load(self, known: KnowledgeBase) -> None:
        assert list(known) == list(ARTICLES)
        assert known.names.product == PRODUCT

    def test_no_reply_names_the_shipped_product(self, known: KnowledgeBase) -> None:
        assert found_in(known, replies) == {}

    def test_nothing_that_a_button_opens_names_it(self, known: KnowledgeBase) -> None:
        assert found_in(known, modals) == {}

    def test_no_reply_to_what_is_written_after_an_answer_names_it(
        self, known: KnowledgeBase
    ) -> None:
        assert found_in(known, follow_ups) == {}

    def test_no_email_and_no_ticket_names_it(self, known: KnowledgeBase) -> None:
        assert found_in(known, lambda article, _: outside(article)) == {}

    def test_the_screens_and_the_page_are_the_other_products(self, known: KnowledgeBase) -> None:
        shown = json.dumps([what for one in known.values() for _, what in modals(one, known)])
        assert all(name in shown for name in (PRODUCT, "Acme > ", PAGE, LAST_RESORT))

    def test_no_list_names_it(self, known: KnowledgeBase) -> None:
        pages = {
            f"{area} {offset}": catalogue(known, area, offset).blocks
            for area in Area
            for offset in range(0, len(known.about(area)), 10)
        }
        assert faults(pages) == {}


async def test_in_slack_nothing_that_the_bot_sends_names_it(
    directory: Path, tmp_path: Path
) -> None:
    async with office(tmp_path, knowledge_dir=directory) as shop:
        ws, alice, support = shop.ws, shop.alice, shop.support  # Bob opens what covers forms
        im = await ws.open_messages(alice)
        await ws.open_home(alice)
        for text in ("hi", "is xero down?", "what can you do", "the till printer eats paper"):
            await shop.reply_to(await ws.say(alice, im, text), im)
        for words in ("", "help", "list", "status", "Xero: a validation exception occurred"):
            await ws.command(shop.bob, support, "/xero-error", words)
        ts = await ws.say(alice, support, AUTHORISED)
        reply_message = await shop.reply_to(ts)
        await ws.click(shop.bob, reply_message, "read_all.1")
        await ws.say(alice, support, "why does it do that?", thread_ts=ts)
        await ws.until(lambda: len(shop.replies_to(ts)) == 2)
        await shop.escalate(alice, reply_message, record="INV-1")
        assert shows(await shop.card(), escalation_labels.FOR_DEVELOPERS)
        edited = await ws.say(alice, support, f"Xero: {NOT_FOUND}")
        await shop.reply_to(edited)
        await ws.edit(alice, support, edited, "never mind")
        await ws.until(lambda: shows(shop.replies_to(edited)[0], wording.VANISHED))
        await ws.settled()
        sent = [one.answer if one.direction == "out" else one.request for one in ws.transcript]
    assert faults({str(number): request for number, request in enumerate(sent)}) == {}
    read = " ".join(words_in(sent))
    for sentence in (wording.UNKNOWN, wording.CUT_OFF, wording.VANISHED):
        assert occurs(sentence, read, product=PRODUCT.replace("&", "&amp;"))
    for sentence in (wording.PASTE_LABEL, wording.PROMPTS_TITLE):
        assert occurs(sentence, read, product=PRODUCT)
