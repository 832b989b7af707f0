"""Privacy: each column says what it contains about people; words are deleted after KEEP_DAYS."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.attachments import FileText, ReadOutcome
from bot.domain.escalations import Details, Escalation, Resolution, Step, Verb
from bot.domain.feedback import Vote
from bot.domain.relays import RelayKind
from bot.domain.reports import Interaction, Opening, Report, Trigger
from bot.domain.shops import Shop
from bot.storage.escalations import EscalationStore
from bot.storage.interactions import InteractionStore
from bot.storage.openings import OpeningStore
from bot.storage.privacy import Privacy, author_of, columns_with, privacy_of
from bot.storage.relays import RelayStore
from bot.storage.report_rows import of_reports
from bot.storage.tables import ABOUT_TABLES, interactions, metadata
from bot.storage.votes import VoteStore
from tests.builders import judged, thread_message

CANARY = "canary-of-somebodys-words"
REPORT = Report("T1", "C1", "17.01", "U1", "pasted", Trigger.ADDRESSED, files=("F1",))
PEOPLE = ("U1", "U2", "U9")
COLUMNS = [column for table in metadata.sorted_tables for column in table.columns]
WITH_WORDS = [table for table in metadata.sorted_tables if columns_with(table, Privacy.WORDS)]


def test_every_column_says_whether_it_holds_words_a_persons_id_or_neither() -> None:
    assert [str(column) for column in COLUMNS if privacy_of(column) is None] == []


def test_words_belong_to_a_report_and_name_their_author() -> None:
    nobodys = []
    for table in WITH_WORDS:
        of_reports(table, "T1", select(interactions.c.id))
        people = {"", *(column.name for column in columns_with(table, Privacy.PERSON))}
        words = columns_with(table, Privacy.WORDS)
        nobodys += [str(column) for column in words if author_of(column) not in people]
    assert nobodys == []


async def test_words_and_ids_are_in_the_columns_that_are_marked_so(database: AsyncEngine) -> None:
    await resolved(database, CANARY)
    with_words, with_people = set(), set()
    async with database.connect() as connection:
        for table in metadata.sorted_tables:
            for row in (await connection.execute(select(table))).mappings():
                values = {table.c[name]: value for name, value in row.items()}
                with_words |= {column for column in values if CANARY in str(values[column])}
                with_people |= {column for column in values if values[column] in PEOPLE}
    assert with_words == {c for c in COLUMNS if privacy_of(c) is Privacy.WORDS}
    assert with_people <= {c for c in COLUMNS if privacy_of(c) is Privacy.PERSON}


def test_the_page_about_privacy_says_what_the_marks_say() -> None:
    page = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("| `")]
    columns = {
        row[0].strip(" `"): [{*re.findall(r"`(\w+)`", cell)} for cell in row[2:4]] for row in rows
    }
    marked = {
        table.name: [
            {column.name for column in columns_with(table, mark)}
            for mark in (Privacy.WORDS, Privacy.PERSON)
        ]
        for table in metadata.sorted_tables
        if table not in ABOUT_TABLES
    }
    assert columns == marked


class TestForgetting:
    async def test_leaves_no_word_of_anybody(self, database: AsyncEngine, tmp_path: Path) -> None:
        await resolved(database)
        await written_into_every_column_of_words(database)
        assert await is_somewhere(CANARY, database, tmp_path)
        assert await InteractionStore(database, "T1").forget(-1) == 1
        assert not await is_somewhere(CANARY, database, tmp_path)

    async def test_leaves_no_word_that_was_written_since_the_last_time(
        self, database: AsyncEngine, tmp_path: Path
    ) -> None:
        await resolved(database)
        assert await InteractionStore(database, "T1").forget(-1) == 1
        await written_into_every_column_of_words(database)
        assert await InteractionStore(database, "T1").forget(-1) == 0
        assert not await is_somewhere(CANARY, database, tmp_path)

    async def test_spares_the_words_of_what_is_open_again(self, database: AsyncEngine) -> None:
        escalation = await resolved(database)
        store = EscalationStore(database, "T1")
        assert await InteractionStore(database, "T1").forget(-1) == 1
        await store.change(escalation.id, Step(Verb.REOPEN, "U1"), ())
        relays = RelayStore(database, "T1")
        await relays.insert(escalation.id, RelayKind.ANSWER, thread_message("U9", CANARY, "19.5"))
        await InteractionStore(database, "T1").forget(-1)
        assert (await relays.get(2)).text == CANARY

    async def test_of_a_deleted_message_leaves_no_word_of_anybody(
        self, database: AsyncEngine, tmp_path: Path
    ) -> None:
        interaction = await voted_on(database)
        await written_into_every_column_of_words(database, {"interactions", "votes"})
        assert await InteractionStore(database, "T1").delete(interaction.id)
        assert not await is_somewhere(CANARY, database, None)


async def voted_on(database: AsyncEngine, words: str = "words") -> Interaction:
    """Returns an answered report with files, and a vote; all that people can write is `words`."""
    store = InteractionStore(database, "T1")
    report = replace(REPORT, text=words, shop=Shop(words))
    kept = await store.insert(report, judged("invoice-not-found", quote=words))
    assert kept is not None
    await store.save_files(
        replace(kept, attachment_text=words, file_results=(FileText(words, ReadOutcome.READ),))
    )
    await OpeningStore(database, "T1").save(kept, Opening("invoice-not-found", "paid", "U2"))
    await VoteStore(database, "T1").save(kept.id, Vote("U2", helped=False, words=words))
    return await store.get(kept.id)


async def resolved(database: AsyncEngine, words: str = "words") -> Escalation:
    """Returns the same, escalated, with a row in every table that has words."""
    interaction = await voted_on(database, words)
    store = EscalationStore(database, "T1")
    opened, _ = await store.open(interaction.id, "U1", Details(error=words, store=words), ())
    await RelayStore(database, "T1").insert(
        opened.id, RelayKind.ANSWER, replace(thread_message("U9", words), author=words)
    )
    await store.change(opened.id, Step(Verb.CLAIM, "U9"), ())
    step = Step(Verb.RESOLVE, "U9")
    made = await store.change(opened.id, step, (), Resolution(cause=words))
    assert made is not None
    return made


async def written_into_every_column_of_words(
    database: AsyncEngine, only: Iterable[str] = ()
) -> None:
    """In tables `only`; without them, in all."""
    async with database.begin() as connection:
        for table in WITH_WORDS:
            if not only or table.name in only:
                count = select(func.count()).select_from(table)
                assert (await connection.execute(count)).scalar_one() > 0, f"no row in {table}"
                canaries = {
                    column.name: f"{CANARY} {column}"
                    for column in columns_with(table, Privacy.WORDS)
                }
                await connection.execute(update(table).values(canaries))


async def is_somewhere(words: str, database: AsyncEngine, folder: Path | None) -> bool:
    """In any column of any table, or with SQLite in one of its files."""
    async with database.connect() as connection:
        for table in metadata.sorted_tables:
            rows = (await connection.execute(text(f"SELECT * FROM {table}"))).all()
            if words in str(rows):
                return True
    if folder is None or database.dialect.name != "sqlite":
        return False
    return any(words.encode() in file.read_bytes() for file in files_in(folder))


def files_in(folder: Path) -> list[Path]:
    return [*folder.glob("bot.sqlite3*")]
