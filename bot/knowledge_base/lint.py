"""Checks of the articles and the channel rules, for `python -m bot check`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

from bot.channel_config import load as load_channels
from bot.domain.articles import Article
from bot.domain.errors import ChannelsError, Fault, KnowledgeError
from bot.domain.knowledge import KnowledgeBase
from bot.domain.names import Names
from bot.knowledge_base.article_checks import (
    Finding,
    contradicting_messages,
    unfinished_sentences,
)
from bot.knowledge_base.confusable_articles import Pair, compared
from bot.knowledge_base.example_checks import NearMisses, answered_near_misses, example_faults
from bot.knowledge_base.form_checks import form_faults, procedure_faults
from bot.knowledge_base.loader import Loaded, load_with_sources
from bot.knowledge_base.notices import Section, notices
from bot.knowledge_base.schemas import SCHEMAS
from bot.recognition.recogniser import Recogniser

ViewFaults = Callable[[Article, Names], Iterable[Finding]]
"""Returns what is wrong with how an article is shown; this floor knows nothing of Slack."""


@dataclass(frozen=True)
class Findings:
    """Every fault, a summary of one line, notices, and the most similar pairs of articles.

    `knowledge`: None if it could not be loaded.
    """

    faults: list[Fault]
    summary: str
    sections: list[Section] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    knowledge: KnowledgeBase | None = None


def _no_view_faults(_: Article, __: Names) -> Iterable[Finding]:
    return ()


def check(
    directory: Path,
    channels: Path | None = None,
    *,
    today: date | None = None,
    view_faults: ViewFaults = _no_view_faults,
) -> Findings:
    """Return the faults of the articles in a directory, and of the channel rules if there are any.

    A `match` example must be answered when the bot is addressed, with the values it names; a
    `near_miss` must not be answered when the bot is not. `today`: without it, nothing is due for a
    review.
    """
    channel_faults, channel_summary = _check_channels(channels) if channels else ([], "")
    try:
        loaded = load_with_sources(directory)
    except KnowledgeError as error:
        faults = [*error.faults, *channel_faults]
        files = len({fault.file for fault in faults})
        return Findings(faults, f"{_count(len(faults), 'fault')} in {_count(files, 'file')}")
    knowledge = loaded.knowledge
    recogniser = Recogniser(knowledge)
    closest, inseparable = compared(knowledge)
    near_misses = answered_near_misses(knowledge, recogniser)
    faults = [
        *channel_faults,
        *_article_faults(loaded, near_misses, recogniser, view_faults),
        *_inseparable_faults(loaded, inseparable),
        *_procedure_faults(loaded),
        *_schema_faults(directory),
    ]
    summary = f"{_summary(knowledge)}{channel_summary}: {_count(len(faults), 'fault')}"
    sections = notices(knowledge, loaded.sources, near_misses, today or date.min)
    return Findings(faults, summary, sections, closest, knowledge)


def _article_faults(
    loaded: Loaded, near_misses: NearMisses, recogniser: Recogniser, view_faults: ViewFaults
) -> Iterator[Fault]:
    for article in loaded.knowledge.values():
        source = loaded.sources[article.id]
        for path, what in chain(
            example_faults(article, near_misses[article.id], recogniser),
            wording_faults(article, loaded.knowledge.names, view_faults),
        ):
            yield source.fault(source.in_file(path) if path[-1] == "do" else path, what)


def wording_faults(article: Article, names: Names, view_faults: ViewFaults) -> Iterator[Finding]:
    """Yield what is wrong with an article's texts, without a look at other articles."""
    yield from unfinished_sentences(article)
    yield from contradicting_messages(article)
    yield from form_faults(article)
    yield from view_faults(article, names)


def _check_channels(path: Path) -> tuple[list[Fault], str]:
    """Return the faults of the file, and its part of the summary."""
    try:
        rules = load_channels(path)
    except ChannelsError as error:
        return error.faults, f", {path}"
    return [], f", {path} with {_count(len(rules.channels), 'channel')}"


def _summary(knowledge: KnowledgeBase) -> str:
    articles = knowledge.values()
    messages = sum(len(article.messages) for article in articles)
    examples = sum(len(a.examples.match) + len(a.examples.near_miss) for a in articles)
    return ", ".join(
        [
            _count(len(knowledge), "article"),
            _count(messages, "message"),
            _count(examples, "example"),
        ]
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _schema_faults(directory: Path) -> Iterator[Fault]:
    for name, schema in SCHEMAS.items():
        path = directory / name
        if path.exists() and path.read_bytes() != schema().encode():
            what = "is out of date; run `python -m bot check --write-schema`"
            yield Fault(name, 1, "file", what)


def _procedure_faults(loaded: Loaded) -> Iterator[Fault]:
    for name, procedure in loaded.shared.texts.procedures.items():
        for path, what in procedure_faults(procedure):
            yield loaded.shared.procedures.fault((name, *path), what)


def _inseparable_faults(loaded: Loaded, pairs: Iterable[Pair]) -> Iterator[Fault]:
    for pair in pairs:
        first, second = pair.first, pair.second
        index = loaded.knowledge[first.article_id].wordings.index(first.message)
        what = (
            f"cannot be distinguished from {second.message!r} of {second.article_id}; "
            "a required word must differ"
        )
        yield loaded.sources[first.article_id].fault(("messages", index), what)
