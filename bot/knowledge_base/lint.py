"""Checks of the articles and the channel rules, for `python -m bot check`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.channel_config import load as load_channels
from bot.domain.articles import Article
from bot.domain.errors import ChannelsError, Fault, KnowledgeError
from bot.domain.knowledge import KnowledgeBase
from bot.domain.reports import Trigger
from bot.domain.verdicts import article_ids, matches_of
from bot.knowledge_base.article_checks import contradicting_messages, unfinished_sentences
from bot.knowledge_base.confusable_articles import Pair, closest_pairs, inseparable_pairs
from bot.knowledge_base.loader import SCHEMA_FILE, load_with_sources, schema
from bot.recognition.recogniser import Recogniser
from bot.strict_yaml import SourceMap


@dataclass(frozen=True)
class Findings:
    """Every fault, a summary of one line, and the most similar pairs of articles."""

    faults: list[Fault]
    summary: str
    pairs: list[Pair] = field(default_factory=list)


def check(directory: Path, channels: Path | None = None) -> Findings:
    """Return the faults of the articles in a directory, and of the channel rules if there are any.

    A `match` example must be answered when the bot is addressed, with the values it names; a
    `near_miss` must not be answered when the bot is not.
    """
    channel_faults, channel_summary = _check_channels(channels) if channels else ([], "")
    try:
        knowledge, sources = load_with_sources(directory)
    except KnowledgeError as error:
        faults = [*error.faults, *channel_faults]
        files = len({fault.file for fault in faults})
        return Findings(faults, f"{_count(len(faults), 'fault')} in {_count(files, 'file')}")
    faults = [
        *channel_faults,
        *_example_faults(knowledge, sources),
        *_inseparable_faults(knowledge, sources),
        *_schema_faults(directory),
        *_wording_faults(knowledge, sources),
    ]
    summary = f"{_summary(knowledge)}{channel_summary}: {_count(len(faults), 'fault')}"
    return Findings(faults, summary, closest_pairs(knowledge))


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
    path = directory / SCHEMA_FILE
    if path.exists() and path.read_bytes() != schema().encode():
        yield Fault(
            SCHEMA_FILE, 1, "file", "is out of date; run `python -m bot check --write-schema`"
        )


def _wording_faults(knowledge: KnowledgeBase, sources: Mapping[str, SourceMap]) -> Iterator[Fault]:
    for article in knowledge.values():
        for path, what in (*unfinished_sentences(article), *contradicting_messages(article)):
            source = sources[article.id]
            yield source.fault(source.in_file(path), what)


def _inseparable_faults(
    knowledge: KnowledgeBase, sources: Mapping[str, SourceMap]
) -> Iterator[Fault]:
    for pair in inseparable_pairs(knowledge):
        first, second = pair.first, pair.second
        index = knowledge[first.article_id].wordings.index(first.message)
        what = (
            f"cannot be distinguished from {second.message!r} of {second.article_id}; "
            "a required word must differ"
        )
        yield sources[first.article_id].fault(("messages", index), what)


def _example_faults(knowledge: KnowledgeBase, sources: Mapping[str, SourceMap]) -> Iterator[Fault]:
    recogniser = Recogniser(knowledge)
    for article in knowledge.values():
        source = sources[article.id]
        yield from _match_faults(article, source, recogniser)
        captured = (example.captures for example in article.examples.match)
        if unchecked := article.variable_parts.difference(*captured):
            names = ", ".join(sorted(unchecked))
            what = f"no example has captures of {names}; each variable part needs one"
            yield source.fault(("examples", "match"), what)
        for number, text in enumerate(article.examples.near_miss):
            if article.id in article_ids(recogniser.verdict(text, Trigger.HEARD)):
                what = "is answered with this article, but must not be"
                yield source.fault(("examples", "near_miss", number), what)


def _match_faults(article: Article, source: SourceMap, recogniser: Recogniser) -> Iterator[Fault]:
    unanswered = 0
    for number, example in enumerate(article.examples.match):
        path = ("examples", "match", number)
        verdict = recogniser.verdict(example.text, Trigger.ADDRESSED)
        found = {match.article_id: match for match in matches_of(verdict)}
        if article.id not in found:
            unanswered += 1
            instead = f"answered with {', '.join(found)}" if found else "not answered"
            yield source.fault(path, f"must be answered with this article, but is {instead}")
        elif example.captures and example.values != found[article.id].values:
            values = found[article.id].values
            what = f"expected {_describe(example.values)}, but captured {_describe(values)}"
            yield source.fault((*path, "captures"), what)
    if unanswered == len(article.examples.match):
        what = "no example is answered with this article; check its messages"
        yield source.fault(("examples", "match"), what)


def _describe(values: Mapping[str, Sequence[str]]) -> str:
    named = (f"{name} {' + '.join(map(repr, found))}" for name, found in sorted(values.items()))
    return ", ".join(named) or "nothing"
