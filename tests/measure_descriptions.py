"""How often a description without a message finds its article: part of `make measure`.

Five-fold cross-validation over the phrases of the shipped articles: a fifth of each article's
phrases is taken out of the knowledge, and each of them is ranked by what is left. Plain BM25 over
one document an article is measured on the same phrases in the same run. Behind the gate, questions
that no article is about (`tests/corpus/off_topic.yaml`, and the chatter) must get no suggestions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice
from math import log
from pathlib import Path

import yaml
from rich.table import Table

from bot.domain.articles import Article
from bot.domain.knowledge import Area, KnowledgeBase
from bot.recognition.suggestions.index import SuggestionIndex
from bot.recognition.text import tokenise
from tests.articles_once import shipped_articles, shipped_recogniser

CORPUS = Path(__file__).resolve().parent / "corpus"
FOLDS = 5
SHOWN = 3
"""Suggestions that a reply has."""
K1, B = 1.5, 0.75
Rank = Callable[[str], tuple[Sequence[str], bool]]
"""Returns the ids of articles for a text, best first, and whether the gate is open for it."""
Make = Callable[[KnowledgeBase], Rank]


@dataclass
class DescriptionFigures:
    """Of `texts` descriptions, how many find their article first, and among three.

    `family`: it, or another of its family, is among three; `suggested` and `family_suggested`: the
    same behind the gate.
    """

    texts: int = 0
    first: int = 0
    in_three: int = 0
    family: int = 0
    suggested: int = 0
    family_suggested: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list, repr=False)
    """Article and text."""

    def add(
        self, article_id: str, text: str, found: tuple[Sequence[str], bool], family: Set[str]
    ) -> None:
        """Count what was found for one text; `family`: the ids of the article and its family."""
        ranked, is_open = found
        self.texts += 1
        self.first += article_id in ranked[:1]
        self.in_three += article_id in ranked[:SHOWN]
        self.family += not family.isdisjoint(ranked[:SHOWN])
        self.suggested += is_open and article_id in ranked[:SHOWN]
        self.family_suggested += is_open and not family.isdisjoint(ranked[:SHOWN])
        if article_id not in ranked[:SHOWN]:
            self.missed.append((article_id, text))


def folds(knowledge: KnowledgeBase) -> Iterator[tuple[KnowledgeBase, list[tuple[str, str]]]]:
    """Yield the knowledge without a fifth of the phrases, and these with their articles' ids."""
    for fold in range(FOLDS):
        taken: list[tuple[str, str]] = []
        left = {}
        for article in knowledge.values():
            taken += [(article.id, phrase) for phrase in article.phrases[fold::FOLDS]]
            kept = [text for at, text in enumerate(article.phrases) if at % FOLDS != fold]
            left[article.id] = article.model_copy(update={"phrases": kept})
        areas = dict.fromkeys(left, Area.INVOICES)
        families = knowledge.families.values()
        yield KnowledgeBase(left, areas, knowledge.names, families, knowledge.synonyms), taken


def measured(make: Make, knowledge: KnowledgeBase, most: int = FOLDS) -> DescriptionFigures:
    """Figures of a ranking that is made for each fold, or for the first ones."""
    figures = DescriptionFigures()
    for left, taken in islice(folds(knowledge), most):
        rank = make(left)
        for article_id, text in taken:
            family = knowledge.family_of(article_id)
            siblings = family.answers.keys() if family else {article_id}
            figures.add(article_id, text, rank(text), siblings)
    return figures


def suggested(texts: Iterable[str], index: SuggestionIndex) -> list[str]:
    """Return those of the texts for which the gate is open."""
    return [text for text in texts if index.suggest(tokenise(text))]


def off_topic() -> list[str]:
    """Questions that no article is about."""
    content = (CORPUS / "off_topic.yaml").read_text(encoding="utf-8")
    return [entry["text"] for entry in yaml.load(content, yaml.CSafeLoader)]


def chatter() -> list[str]:
    """A day's talk, as if each message were addressed to the bot."""
    files = sorted(CORPUS.glob("chatter*.yaml"))
    listed = (yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) for path in files)
    return [entry["text"] for entries in listed for entry in entries]


def ours(knowledge: KnowledgeBase) -> Rank:
    """The bot's suggestions."""
    return ranked_by(SuggestionIndex(knowledge))


def ranked_by(index: SuggestionIndex) -> Rank:
    def rank(text: str) -> tuple[list[str], bool]:
        ranking = index.ranking(tokenise(text))
        return [one.article_id for one in ranking.best], ranking.evidence.is_open

    return rank


def plain(knowledge: KnowledgeBase) -> Rank:
    """BM25 over words as they are written, one document an article."""
    documents = {
        article.id: Counter(
            _words(
                "\n".join([article.title, *article.wordings, *_reasons(article), *article.phrases])
            )
        )
        for article in knowledge.values()
    }
    lengths = {article_id: words.total() for article_id, words in documents.items()}
    mean = sum(lengths.values()) / len(lengths)
    postings: dict[str, dict[str, int]] = defaultdict(dict)
    for article_id, words in documents.items():
        for word, count in words.items():
            postings[word][article_id] = count

    def rank(text: str) -> tuple[list[str], bool]:
        scores: dict[str, float] = defaultdict(float)
        for word in dict.fromkeys(_words(text)):
            found = postings.get(word, {})
            rarity = log(1 + (len(documents) - len(found) + 0.5) / (len(found) + 0.5))
            for article_id, count in found.items():
                length = K1 * (1 - B + B * lengths[article_id] / mean)
                scores[article_id] += rarity * count * (K1 + 1) / (count + length)
        return sorted(scores, key=lambda article_id: (-scores[article_id], article_id)), True

    return rank


RANKINGS: dict[str, Make] = {"this bot": ours, "plain BM25": plain}


def report() -> Table:
    """Return the figures of the bot and of plain BM25."""
    columns = ("first", "in three", "family in three", "suggested", "family suggested")
    table = Table("descriptions, each left out", *columns, "of", "off topic", "chatter")
    unrelated = (off_topic(), chatter())
    index = shipped_recogniser()._index.suggestions
    for name, make in RANKINGS.items():
        found = measured(make, shipped_articles())
        counts = (
            found.first,
            found.in_three,
            found.family,
            found.suggested,
            found.family_suggested,
        )
        shares = [f"{count / found.texts:.3f}" for count in counts]
        of_others = (
            [f"{len(suggested(one, index))} of {len(one)}" for one in unrelated]
            if make is ours
            else ["", ""]
        )
        table.add_row(name, *shares, str(found.texts), *of_others)
    return table


def _reasons(article: Article) -> list[str]:
    return [cause.reason for cause in article.causes]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())
