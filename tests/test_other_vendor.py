"""What people read where names.yaml is another vendor's: never the name of the shipped product."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.domain import escalation_labels
from bot.domain.knowledge import Area, KnowledgeBase
from bot.knowledge_base.loader import load
from bot.slack.views import wording
from bot.slack.views.catalogue import catalogue
from tests.other_vendor import LAST_RESORT, PAGE, PRODUCT, other_directory
from tests.reading import shows
from tests.sentences import occurs
from tests.shipped import ARTICLES
from tests.shown_articles import TO_SUPPORT, TO_WHO_ASKS, Show, modals
from tests.slack_harness import AUTHORISED, NOT_FOUND, office, words_in

SHIPPED_PRODUCT = re.compile(r"click[\s_-]?pos", re.IGNORECASE)
UNFILLED = re.compile(r"\{(product|pos|xero|do|read_first|last_resort)\b")


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


class TestWithOtherNames:
    def test_all_shipped_articles_load(self, known: KnowledgeBase) -> None:
        assert list(known) == list(ARTICLES)
        assert known.names.product == PRODUCT

    @pytest.mark.parametrize("show", [*TO_WHO_ASKS, *TO_SUPPORT], ids=lambda show: show.__name__)
    def test_nothing_that_is_shown_of_an_article_names_it(
        self, known: KnowledgeBase, show: Show
    ) -> None:
        shown = {
            f"{one.id}: {name}": what for one in known.values() for name, what in show(one, known)
        }
        assert len(shown) >= len(known)
        assert faults(shown) == {}

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
    read = words_in(sent)
    for sentence in (wording.UNKNOWN, wording.CUT_OFF, wording.VANISHED):
        product = PRODUCT.replace("&", "&amp;")
        assert any(occurs(sentence, words, product=product) for words in read)
    for sentence in (wording.PASTE_LABEL, wording.PROMPTS_TITLE):
        assert any(occurs(sentence, words, product=PRODUCT) for words in read)
