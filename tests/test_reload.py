"""Articles that are edited while the bot runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from bot.domain.errors import Fault
from bot.knowledge_base.shared_texts import NAMES_FILE, PROCEDURES_FILE
from tests.shipped import alone
from tests.slack_harness import NOT_FOUND, Office, office, words_of

ARTICLE = "invoices/invoice-not-found.yaml"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with one of the shipped articles, which knows of no others."""
    folder = tmp_path / "knowledge"
    (folder / ARTICLE).parent.mkdir(parents=True)
    for name in (ARTICLE, NAMES_FILE, PROCEDURES_FILE):
        (folder / name).write_text(alone(name), encoding="utf-8")
    return folder


@pytest.fixture
async def shop(tmp_path: Path, articles: Path) -> AsyncIterator[Office]:
    async with office(tmp_path, knowledge_dir=articles) as made:
        yield made


async def edited(shop: Office, articles: Path, old: str, new: str) -> Sequence[Fault]:
    """Save an article, again until it is watched; returns what was found wrong."""
    text = (articles / ARTICLE).read_text(encoding="utf-8")
    assert old in text
    while True:
        (articles / ARTICLE).write_text(text.replace(old, new), encoding="utf-8")
        with suppress(TimeoutError):
            return await asyncio.wait_for(shop.readings.get(), 1)


class TestAnEditedArticle:
    async def test_is_answered_with_at_once(self, shop: Office, articles: Path) -> None:
        assert await edited(shop, articles, "title: ", "title: Brand new words - ") == ()
        reply = await shop.reply_to(
            await shop.ws.say(shop.alice, shop.support, f"Xero: {NOT_FOUND}")
        )
        assert "Brand new words" in words_of(reply)

    async def test_that_is_faulty_is_named_and_the_last_good_one_goes_on(
        self, shop: Office, articles: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        faults = await edited(shop, articles, "title: ", "tittle: ")
        assert {fault.key for fault in faults} == {"title", "tittle"}
        assert f"{faults[0]}" in caplog.text
        reply = await shop.reply_to(
            await shop.ws.say(shop.alice, shop.support, f"Xero: {NOT_FOUND}")
        )
        assert "Sales summary" in words_of(reply)
