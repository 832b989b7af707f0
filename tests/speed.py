"""How fast a text is judged, against plain rapidfuzz in the same run: `make speed`.

Ratios count, not milliseconds. Plain: `rapidfuzz.process.extract(text, messages,
scorer=partial_ratio)`. Ours: all of `Recogniser.verdict`. More articles than are shipped are made
from shipped ones by changing their required words.
"""

from __future__ import annotations

import gc
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial

from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from bot.domain.article_fields import PLACEHOLDER
from bot.domain.articles import Article
from bot.domain.knowledge import Area, KnowledgeBase
from bot.domain.reports import Trigger
from bot.knowledge_base.loader import SHIPPED, load
from bot.recognition.patterns import STOP_WORDS
from bot.recognition.recogniser import Recogniser
from bot.recognition.text import Tokens
from tests.measure import corpus_texts

LENGTHS = (100, 500, 4_000)
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zy".split()


def invented(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))


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
        messages.append(" ".join(words))
    return article.model_copy(update={"id": f"{article.id}-{number}", "messages": messages})


def grown(shipped: KnowledgeBase, count: int) -> KnowledgeBase:
    """`count` articles: the shipped ones and changed copies of them."""
    chance = random.Random(7)  # noqa: S311
    originals = list(shipped.values())
    articles = {a.id: a for a in originals[:count]}
    while len(articles) < count:
        made = changed(originals[len(articles) % len(originals)], len(articles), chance)
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


def hostile(shipped: KnowledgeBase) -> dict[str, str]:
    """Texts as long as are read, made to cost the most."""
    chance = random.Random(1)  # noqa: S311
    messages = [message for article in shipped.values() for message in article.wordings]
    words = [word for message in messages for word in message.split()]
    made = {
        "every message": " ".join(messages * 3),
        "their words, shuffled": " ".join(chance.choices(words, k=9_000)),
        "their words, misspelt": " ".join(
            word[:1] + word[2:] for word in chance.choices(words, k=9_000)
        ),
        "openings, cut off": "".join(f"{message[:30]}... " for message in messages * 9),
        "one message": "Invoice could not be found " * 2_000,
        "one letter": "x" * 40_000,
        "dots": "a b c d ... " * 4_000,
        "entities": "&amp;" * 8_000,
        "escapes": "\\n" * 20_000,
        "tags": "<a " * 14_000,
        "apostrophes": "a'" * 20_000,
        "no word of ours": " ".join(invented(chance) for _ in range(6_000)),
    }
    return {name: text[:40_000] for name, text in made.items()}


def slowest_of(recogniser: Recogniser, text: str) -> float:
    """The best of three tries, in milliseconds."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        recogniser.verdict(text, Trigger.ADDRESSED)
        times.append(1_000 * (time.perf_counter() - began))
    return min(times)


def index_cost(count: int) -> tuple[float, float]:
    """Seconds and megabytes that the index of `count` articles takes."""
    knowledge = grown(load(SHIPPED), count)
    gc.collect()
    began = time.perf_counter()
    Recogniser(knowledge)
    seconds = time.perf_counter() - began
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
    name, slowest = max(
        ((n, slowest_of(recogniser, text)) for n, text in hostile(shipped).items()),
        key=lambda row: row[1],
    )
    out.print(
        f"slowest of {len(hostile(shipped))} hostile texts of 40,000 characters: {slowest:.0f} ms ({name})"
    )
    seconds, megabytes = index_cost(10_000)
    out.print(f"index of 10,000 articles: {seconds:.2f} s, {megabytes:.0f} MB")


if __name__ == "__main__":
    main()
