"""Checking what people write: is it valid, and does every article win its own examples?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.channel_config import load as load_channels
from bot.domain.articles import KnowledgeBase
from bot.domain.errors import ChannelsError, Fault, KnowledgeError
from bot.domain.reports import Trigger
from bot.domain.verdicts import matches_of
from bot.knowledge_base.article_checks import contradicted, unfinished
from bot.knowledge_base.loader import SCHEMA_FILE, load_with_places, schema
from bot.knowledge_base.similar import Pair, closest, inseparable
from bot.recognition.recogniser import Recogniser
from bot.strict_yaml import Place


@dataclass(frozen=True)
class Findings:
    """Every fault, one line that sums up, and the closest pairs of articles with what tells them apart."""

    faults: list[Fault]
    summary: str
    pairs: list[Pair] = field(default_factory=list)


def check(directory: Path, channels: Path | None = None) -> Findings:
    """Validate all articles in a directory and run their examples, and what is set for channels, if there is a file.

    A `match` must be answered where somebody asks, with the values it names; a `near_miss` must not be where nobody
    does.
    """
    set_wrong, also = _channels(channels) if channels else ([], "")
    try:
        knowledge, places = load_with_places(directory)
    except KnowledgeError as error:
        wrong = [*error.faults, *set_wrong]
        files = len({fault.file for fault in wrong})
        return Findings(wrong, f"{_count(len(wrong), 'fault')} in {_count(files, 'file')}")
    faults = [
        *set_wrong,
        *_examples(knowledge, places),
        *_inseparable(knowledge, places),
        *_schema(directory),
    ]
    for article in knowledge.values():
        found = (*unfinished(article), *contradicted(article))
        faults += [places[article.id].fault(at, what) for at, what in found]
    examples = sum(len(a.examples.match) + len(a.examples.near_miss) for a in knowledge.values())
    messages = sum(len(a.messages) for a in knowledge.values())
    said = f"{_count(len(knowledge), 'article')}, {_count(messages, 'message')}, {_count(examples, 'example')}"
    return Findings(faults, f"{said}{also}: {_count(len(faults), 'fault')}", closest(knowledge))


def _channels(path: Path) -> tuple[list[Fault], str]:
    """The faults of the file, and what the summary says of it."""
    try:
        rules = load_channels(path)
    except ChannelsError as error:
        return error.faults, f", {path}"
    return [], f", {path} with {_count(len(rules.channels), 'channel')}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _schema(directory: Path) -> Iterator[Fault]:
    path = directory / SCHEMA_FILE
    if path.exists() and path.read_bytes() != schema().encode():
        yield Fault(
            SCHEMA_FILE, 1, "file", "is out of date; run `python -m bot check --write-schema`"
        )


def _inseparable(knowledge: KnowledgeBase, places: Mapping[str, Place]) -> Iterator[Fault]:
    for pair in inseparable(knowledge):
        index = knowledge[pair.first.article_id].messages.index(pair.first.message)
        what = f"cannot be told from {pair.second.message!r} of {pair.second.article_id}; a deciding word must differ"
        yield places[pair.first.article_id].fault(("messages", index), what)


def _examples(knowledge: KnowledgeBase, places: Mapping[str, Place]) -> Iterator[Fault]:
    recogniser = Recogniser(knowledge)
    for article in knowledge.values():
        place = places[article.id]
        unreached = 0
        for number, example in enumerate(article.examples.match):
            found = {
                match.article_id: match
                for match in matches_of(recogniser.verdict(example.text, Trigger.ADDRESSED))
            }
            if article.id not in found:
                unreached += 1
                won = f"won by {', '.join(found)}" if found else "nothing was answered"
                yield place.fault(
                    ("examples", "match", number), f"must be answered with this article; {won}"
                )
            elif example.captures and example.values != found[article.id].values:
                what = f"expected {_in_words(example.values)}; captured is {_in_words(found[article.id].values)}"
                yield place.fault(("examples", "match", number, "captures"), what)
        if unchecked := article.variable_parts.difference(
            *(example.captures for example in article.examples.match)
        ):
            what = f"no example has captures of {', '.join(sorted(unchecked))}; each variable part needs one"
            yield place.fault(("examples", "match"), what)
        if unreached == len(article.examples.match):
            yield place.fault(
                ("examples", "match"), "no example reaches this article; check its messages"
            )
        for number, text in enumerate(article.examples.near_miss):
            if article.id in (
                match.article_id for match in matches_of(recogniser.verdict(text, Trigger.HEARD))
            ):
                what = "must not be answered with this article, and is"
                yield place.fault(("examples", "near_miss", number), what)


def _in_words(values: Mapping[str, Sequence[str]]) -> str:
    return (
        ", ".join(
            f"{name} {' + '.join(map(repr, found))}" for name, found in sorted(values.items())
        )
        or "nothing"
    )
