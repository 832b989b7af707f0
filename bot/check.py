"""Checking a knowledge base: is it valid, and does every article win its own examples?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.articles import KnowledgeBase
from bot.domain.errors import Fault, KnowledgeError
from bot.domain.reports import Door
from bot.domain.verdicts import Answer
from bot.knowledge import SCHEMA_FILE, Place, load_with_places, schema
from bot.services.triage import Engine


@dataclass(frozen=True)
class Findings:
    """Every fault, and one line that sums up."""

    faults: list[Fault]
    summary: str


def check(directory: Path) -> Findings:
    """Validate all articles in a directory and run their examples.

    A `match` must be answered where somebody asks; a `near_miss` must not be where nobody does.
    """
    try:
        knowledge, places = load_with_places(directory)
    except KnowledgeError as error:
        files = len({fault.file for fault in error.faults})
        return Findings(error.faults, f"{_count(len(error.faults), 'fault')} in {_count(files, 'file')}")
    faults = [*_examples(knowledge, places), *_schema(directory)]
    examples = sum(len(a.examples.match) + len(a.examples.near_miss) for a in knowledge.values())
    messages = sum(len(a.messages) for a in knowledge.values())
    said = f"{_count(len(knowledge), 'article')}, {_count(messages, 'message')}, {_count(examples, 'example')}"
    return Findings(faults, f"{said}: {_count(len(faults), 'fault')}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _schema(directory: Path) -> Iterator[Fault]:
    path = directory / SCHEMA_FILE
    if path.exists() and path.read_text(encoding="utf-8") != schema():
        yield Fault(SCHEMA_FILE, 1, "file", "is out of date; run `python -m bot check --write-schema`")


def _examples(knowledge: KnowledgeBase, places: Mapping[str, Place]) -> Iterator[Fault]:
    engine = Engine(knowledge)
    for article in knowledge.values():
        place = places[article.id]
        for number, text in enumerate(article.examples.match):
            found = _answered(engine, text, Door.ASK)
            if article.id not in found:
                got = ", ".join(found) or "nothing"
                what = f"must be answered with this article; answered: {got}"
                yield place.fault(("examples", "match", number), what)
        for number, text in enumerate(article.examples.near_miss):
            if article.id in _answered(engine, text, Door.CHANNEL):
                what = "must not be answered with this article, and is"
                yield place.fault(("examples", "near_miss", number), what)


def _answered(engine: Engine, text: str, door: Door) -> list[str]:
    verdict = engine.judge(text, door)
    return [match.article_id for match in verdict.matches] if isinstance(verdict, Answer) else []
