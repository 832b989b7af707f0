"""What the longest and worst texts make the recogniser do. Counts, as seconds differ."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

from bot.domain.reports import Trigger
from bot.recognition import anchors, matcher, screening
from bot.recognition.alignment import Aligner, Alignment
from bot.recognition.text import MAX_CHARACTERS, strip_markup
from bot.recognition.typos import spelling_variants
from tests.hostile_texts import hostile_texts
from tests.shipped import ARTICLES, RECOGNISER

MOST = {
    "alignments": matcher.MAX_ALIGNMENTS_IN_ALL,
    "letters": anchors.MAX_LETTERS_LOOKED_UP,
    "words": screening.MAX_UNKNOWN_WORDS,
}


@cache
def texts() -> dict[str, str]:
    return hostile_texts(ARTICLES.values())


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Alignments tried, letters of words that were looked up as misspellings, words compared."""
    counted: Counter[str] = Counter()
    align, variants = Aligner.align, spelling_variants

    def aligned(self: Aligner, *arguments: Any) -> Alignment | None:
        counted["alignments"] += 1
        return align(self, *arguments)

    def looked_up(word: str) -> tuple[str, ...]:
        counted["letters"] += len(word)
        return variants(word)

    def compared(word: str) -> tuple[str, ...]:
        counted["words"] += 1
        return variants(word)

    monkeypatch.setattr(Aligner, "align", aligned)
    monkeypatch.setattr("bot.recognition.anchors.spelling_variants", looked_up)
    monkeypatch.setattr("bot.recognition.misspellings.spelling_variants", compared)
    return counted


def test_is_bounded_for_every_hostile_text(work: Counter[str]) -> None:
    most: Counter[str] = Counter()
    for text in texts().values():
        work.clear()
        RECOGNISER._index.matcher._anchors._leads.clear()  # as if each text were the first
        RECOGNISER._index.matcher._misspellings.meant.clear()
        RECOGNISER.verdict(text, Trigger.HEARD)
        most |= work
    assert most <= Counter(MOST)
    # the texts are long enough to reach the bounds
    assert all(2 * most[name] > bound for name, bound in MOST.items())


def test_reads_no_more_letters_than_slack_lets_through() -> None:
    assert {len(text) for text in texts().values()} == {MAX_CHARACTERS}
    read = {name: len(strip_markup(text)) for name, text in texts().items()}
    assert {name: length for name, length in read.items() if length > MAX_CHARACTERS} == {}


def test_leaves_the_messages_of_a_long_log_to_be_found() -> None:
    log = "\n".join(f"2026-03-02 10:00:{i % 60:02} INFO sale {i} posted" for i in range(700))
    text = f"Xero: Invoice could not be found\n{log}\nXero: Document could not be found"
    found = {match.article_id for match in RECOGNISER._index.matcher.match(text)}
    assert found == {"invoice-not-found", "document-not-found"}
