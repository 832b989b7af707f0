"""How fast a text is judged, against plain rapidfuzz in the same run: `make speed`.

Ratios count, not milliseconds. Plain: `rapidfuzz.process.extract(text, messages,
scorer=partial_ratio)`. Ours: all of `Recogniser.verdict`. More articles than are shipped are made
from shipped ones by changing their required words.
"""

from __future__ import annotations

import gc
import random
import re
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from pydantic import BaseModel
from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from bot.domain.article_fields import PLACEHOLDER
from bot.domain.articles import Article, Message
from bot.domain.knowledge import Area, KnowledgeBase
from bot.domain.reports import Trigger
from bot.knowledge_base.loader import SHIPPED, load
from bot.recognition.patterns import STOP_WORDS
from bot.recognition.recogniser import Recogniser
from bot.recognition.text import Tokens
from tests import speed_of_redaction
from tests.hostile_texts import hostile_texts, invented
from tests.measure import corpus_texts

WORD = re.compile(r"\b[a-zA-Z]{4,}\b(?![}|])")
Change = Callable[[Article, int, random.Random], Article]
LENGTHS = (100, 500, 4_000)
SLOWEST_SHOWN = 8


def changed(article: Article, number: int, chance: random.Random) -> Article:
    """Return the article with one or two required words of each message replaced."""
    messages = []
    for message in article.wordings:
        words = message.split()
        required = [
            i
            for i, w in enumerate(words)
            if not PLACEHOLDER.search(w) and set(Tokens.of(w).stems) - STOP_WORDS
        ]
        for index in chance.sample(required, min(len(required), 2)):
            words[index] = invented(chance)
        messages.append(Message(text=" ".join(words)))
    return article.model_copy(update={"id": f"{article.id}-{number}", "messages": messages})


def reworded(value: Any, words: Mapping[str, str]) -> Any:
    """The value with each word of its texts replaced, as another person's articles would be."""
    if isinstance(value, str):
        return WORD.sub(lambda found: words[found[0]], value)
    if isinstance(value, list | tuple):
        return [reworded(inner, words) for inner in value]
    if isinstance(value, BaseModel):
        kept = {"id", "cause", "links", "related", "formerly", "sources", "menus", "examples"}
        names = [name for name in type(value).model_fields if name not in kept]
        made = {name: reworded(getattr(value, name), words) for name in names}
        return value.model_copy(update=made)
    return value


class Invented(dict[str, str]):
    """An invented word for each word but every fifth, which all articles share."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def __missing__(self, word: str) -> str:
        self[word] = word if self._chance.random() < 0.2 else invented(self._chance)
        return self[word]


def different(article: Article, number: int, chance: random.Random) -> Article:
    """Return the article in words of its own: nothing that is read once helps the next."""
    made: Article = reworded(article, Invented(chance))
    return made.model_copy(update={"id": f"{article.id}-{number}"})


def grown(shipped: KnowledgeBase, count: int, change: Change = changed) -> KnowledgeBase:
    """`count` articles: the shipped ones and changed copies of them."""
    chance = random.Random(7)  # noqa: S311
    originals = list(shipped.values())
    articles = {a.id: a for a in originals[:count]}
    while len(articles) < count:
        made = change(originals[len(articles) % len(originals)], len(articles), chance)
        articles[made.id] = made
    return KnowledgeBase(articles, dict.fromkeys(articles, Area.INVOICES), shipped.names)


def texts(length: int) -> list[str]:
    """Real pastes cut, or joined, to a length."""
    pastes = corpus_texts()
    joined = "\n\n".join(pastes)
    return [
        joined[start : start + length]
        for start in range(0, len(joined) - length, max(length, len(joined) // 60))
    ]


def milliseconds(work: Callable[[str], object], over: list[str], least: float = 0.4) -> float:
    """Mean milliseconds a text, over at least `least` seconds."""
    for text in over[:5]:
        work(text)
    gc.collect()
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < least:
        for text in over:
            work(text)
        done += len(over)
    return 1_000 * (time.perf_counter() - began) / done


def rows() -> Iterator[tuple[int, int, float, float]]:
    shipped = load(SHIPPED)
    for count in (11, len(shipped), 1_000, 10_000):
        knowledge = grown(shipped, count)
        messages = [message for article in knowledge.values() for message in article.wordings]
        recogniser = Recogniser(knowledge)
        for length in LENGTHS:
            over = texts(length)
            ours = milliseconds(partial(recogniser.verdict, hearing=Trigger.ADDRESSED), over)
            plain = milliseconds(
                partial(process.extract, choices=messages, scorer=fuzz.partial_ratio, limit=5), over
            )
            yield count, length, ours, plain


def slowest(recogniser: Recogniser, messages: list[str]) -> Iterator[tuple[str, float, float]]:
    """Name, milliseconds and times of plain rapidfuzz, of each hostile text; the slowest first.

    CPU time, the best of three tries at the slower of the two doors.
    """
    found = []
    for name, text in hostile_texts(recogniser.knowledge.values()).items():
        ours = max(least_cpu(partial(recogniser.verdict, text, door)) for door in Trigger)
        plain = partial(process.extract, text, messages, scorer=fuzz.partial_ratio, limit=5)
        found.append((name, ours, plain))
    for name, ours, plain in sorted(found, key=lambda row: -row[1])[:SLOWEST_SHOWN]:
        yield name, ours, ours / least_cpu(plain, tries=1)


def least_cpu(work: Callable[[], object], tries: int = 3) -> float:
    """Return the least CPU time of several tries, in milliseconds."""
    times = []
    for _ in range(tries):
        began = time.process_time()
        work()
        times.append(1_000 * (time.process_time() - began))
    return min(times)


def index_cost(count: int, change: Change) -> tuple[float, float]:
    """Seconds of CPU and megabytes that the index of `count` articles takes."""
    knowledge = grown(load(SHIPPED), count, change)
    gc.collect()
    began = time.process_time()
    Recogniser(knowledge)
    seconds = time.process_time() - began
    tracemalloc.start()
    kept = Recogniser(knowledge)
    megabytes = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    del kept
    return seconds, megabytes


def main() -> None:
    out = Console()
    table = Table("articles", "characters", "ours ms", "rapidfuzz ms", "times faster")
    for count, length, ours, plain in rows():
        table.add_row(
            f"{count:,}", f"{length:,}", f"{ours:.3f}", f"{plain:.2f}", f"{plain / ours:.1f}"
        )
    out.print(table)
    began = time.perf_counter()
    shipped = load(SHIPPED)
    out.print(f"reading {len(shipped)} articles: {time.perf_counter() - began:.3f} s")
    recogniser = Recogniser(shipped)
    messages = [message for article in shipped.values() for message in article.wordings]
    worst = Table("hostile text of 40,000 characters", "ours ms of CPU", "times plain rapidfuzz's")
    for name, ours, ratio in slowest(recogniser, messages):
        worst.add_row(name, f"{ours:.0f}", f"{ratio:.3f}")
    out.print(worst)
    for name, change in (("changed copies", changed), ("in words of their own", different)):
        seconds, megabytes = index_cost(10_000, change)
        out.print(f"index of 10,000 articles, {name}: {seconds:.2f} s, {megabytes:.0f} MB")
    out.print(f"redacting a paste: {speed_of_redaction.of_pastes():.2f} ms of CPU")
    dearest, name = speed_of_redaction.dearest(hostile_texts(shipped.values()))
    line = f"redacting the dearest text of 40,000 characters ({name}): {dearest:.0f} ms of CPU"
    out.print(line, markup=False)
    (times, unit), *_ = speed_of_redaction.growths()
    worst_growth = f"redacting four times {unit!r}: {times:.1f} times as long"
    out.print(worst_growth, markup=False)
    if times >= speed_of_redaction.MOST:
        sys.exit(f"{worst_growth} (allowed: less than {speed_of_redaction.MOST})")


if __name__ == "__main__":
    main()
