"""The try-out's channel that shows each article as it is saved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.demo.previews import AUTHOR, CHANNEL, FAULTS, Previews
from bot.domain.article_text import plain_text
from bot.knowledge_base.families import FAMILIES_FILE
from bot.knowledge_base.loader import SHIPPED
from bot.knowledge_base.reload import Reload
from bot.knowledge_base.shared_texts import NAMES_FILE, PROCEDURES_FILE
from bot.slack.views import ids, wording
from slack_sandbox import Message
from tests.shipped import ARTICLES, alone
from tests.slack_harness import Office, office, words_of

NAME = "payments/payments-only-against-authorised.yaml"
AUTHORISED = ARTICLES["payments-only-against-authorised"]
TITLE = f"title: {AUTHORISED.title}"
LONG_LABEL = ("label: Draft", "label: Draft or not approved yet")


@dataclass
class Writer:
    """Somebody who saves articles, and looks at the channel with their previews."""

    shop: Office
    folder: Path
    channel: str
    previews: Previews

    async def save(self, name: str, *changes: tuple[str, str]) -> None:
        """Save a shipped file with changes, again until it is watched."""
        text = alone(name)
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        while True:
            (self.folder / name).write_text(text, encoding="utf-8")
            with suppress(TimeoutError):
                faults = await asyncio.wait_for(self.shop.readings.get(), 1)
                break
        self.previews.add(Reload(tuple(faults), frozenset({self.folder / name})))

    async def seen(self, *words: str) -> Message:
        """Return the message of the channel that has these words, as soon as there is one."""
        return await self.shop.ws.until(
            lambda: next(
                (
                    message
                    for message in self.shop.ws.messages(self.channel)
                    if all(word in words_of(message) for word in words)
                ),
                None,
            )
        ) or pytest.fail(f"no message with {words}")

    async def gone(self, word: str) -> None:
        await self.shop.ws.until(
            lambda: all(
                word not in words_of(message) for message in self.shop.ws.messages(self.channel)
            )
        )


@pytest.fixture
async def writer(tmp_path: Path) -> AsyncIterator[Writer]:
    folder = tmp_path / "knowledge"
    (folder / NAME).parent.mkdir(parents=True)
    for name in (NAME, NAMES_FILE, PROCEDURES_FILE):
        (folder / name).write_text(alone(name), encoding="utf-8")
    async with office(tmp_path, knowledge_dir=folder) as shop:
        author = shop.ws.add_user(AUTHOR)
        channel = shop.ws.add_channel(CHANNEL, [author, shop.alice])
        previews = Previews(shop.ws, channel, author)
        async with previews.running(shop.bot, folder):
            yield Writer(shop, folder, channel, previews)


class TestASavedArticle:
    async def test_is_shown_as_the_bot_answers_with_it_and_each_cause_opens(
        self, writer: Writer
    ) -> None:
        await writer.save(NAME, (TITLE, "title: Saved once"))
        reply = await writer.seen("Saved once")
        assert reply.user == writer.shop.ws.bot_user_id
        paid = AUTHORISED.cause("paid")
        assert paid is not None
        await writer.shop.ws.click(writer.shop.alice, reply, f"{ids.ACTION_SHOW_CAUSE}.{paid.id}")
        await writer.seen("Saved once", paid.reason)

    async def test_again_is_updated_where_it_is(self, writer: Writer) -> None:
        await writer.save(NAME, (TITLE, "title: Saved once"))
        first = await writer.seen("Saved once")
        await writer.save(NAME, (TITLE, "title: Saved again"))
        second = await writer.seen("Saved again")
        assert second.ts == first.ts
        assert len(writer.shop.ws.messages(writer.channel)) == 2

    async def test_with_faults_that_keep_it_from_loading_shows_these_instead(
        self, writer: Writer
    ) -> None:
        await writer.save(NAME, (TITLE, "title: Saved once"))
        await writer.seen("Saved once")
        await writer.save(NAME, (TITLE, "tittle: Saved wrongly"))
        note = await writer.seen(FAULTS.format(file=NAME, count=2), f"{NAME}:3: tittle: ")
        await writer.gone("Saved once")
        await writer.save(NAME, (TITLE, "tittle: Saved wrongly"), ("reviewed:", "revued:"))
        assert (await writer.seen(FAULTS.format(file=NAME, count=4))).ts == note.ts
        await writer.save(NAME, (TITLE, "title: Mended"))
        await writer.seen("Mended")
        await writer.gone(FAULTS.format(file=NAME, count=4))

    async def test_that_is_too_long_is_shown_with_its_faults(self, writer: Writer) -> None:
        await writer.save(NAME, (TITLE, "title: Saved once"), LONG_LABEL)
        await writer.seen("Saved once")
        line = alone(NAME).partition("label: Draft")[0].count("\n") + 1
        await writer.seen(f"{NAME}:{line}: causes[1].label: 5 words (allowed: at most 3)")

    async def test_keeps_its_faults_while_another_file_cannot_be_loaded(
        self, writer: Writer
    ) -> None:
        note = "causes[1].label: 5 words"
        await writer.save(NAME, LONG_LABEL)
        await writer.seen(note)
        await writer.save(NAMES_FILE, ("product:", "produkt:"))
        await writer.seen(f"{NAMES_FILE}:4: produkt: ")
        await writer.seen(note)
        await writer.save(NAMES_FILE)
        await writer.gone(NAMES_FILE)
        await writer.seen(note)

    async def test_stays_when_a_family_has_a_fault_which_is_shown_too(self, writer: Writer) -> None:
        await writer.save(NAME, (TITLE, "title: Saved once"))
        await writer.seen("Saved once")
        await writer.save(FAMILIES_FILE, ("\nfamilies:", "\nfamilys:"))
        line = alone(FAMILIES_FILE).partition("\nfamilies:")[0].count("\n") + 2
        note = FAULTS.format(file=FAMILIES_FILE, count=1)
        await writer.seen(note, f"{FAMILIES_FILE}:{line}: familys")
        await writer.seen("Saved once")

    async def test_without_a_message_is_asked_for_in_the_words_of_a_shop(
        self, writer: Writer
    ) -> None:
        silent = next(one for one in ARTICLES.values() if not one.messages)
        (path,) = SHIPPED.glob(f"*/{silent.id}.yaml")
        (writer.folder / path.parent.name).mkdir(exist_ok=True)
        await writer.save(f"{path.parent.name}/{path.name}")
        await writer.seen(silent.phrases[0])
        await writer.seen(plain_text(silent.title, {}), wording.DID_YOU_MEAN)

    async def test_that_others_change_is_shown_again(self, writer: Writer) -> None:
        await writer.save(NAME)
        await writer.seen(AUTHORISED.title)
        await writer.save(NAMES_FILE, ("product: ClickPOS", "product: AcmeTill"))
        await writer.seen(AUTHORISED.title, "AcmeTill")
