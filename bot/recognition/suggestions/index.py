"""Index of articles by the words of their texts: which one a description may be about. Pure."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from bot.collection import without_collections
from bot.domain.articles import Article
from bot.domain.knowledge import KnowledgeBase
from bot.domain.verdicts import Suggestion
from bot.recognition.judging import MAX_SUGGESTIONS
from bot.recognition.suggestions.gate import FILLERS, Evidence, asks, asks_within, has_trouble
from bot.recognition.suggestions.scoring import ArticleIndex, SentenceIndex, rarity
from bot.recognition.suggestions.terms import Synonyms, words_of
from bot.recognition.text import Tokens, tokenise
from bot.recognition.typos import Vocabulary

GROUPS, SENTENCES, PAIRS = 0.7, 5.0, 0.35
"""Weights of the groups of synonyms, of single sentences and of pairs, beside that of the words.

Fitted by cross-validation over the phrases (`make measure`).
"""
MAX_WORDS_READ = 1_000
"""Words of a text that are read; descriptions are shorter."""
SHIPPED_SIZE, SCALING = 148, 0.4
"""Articles that the gate was fitted with, and how scores grow with the rarity of a word."""
LEAST = 0.5
"""Share of the best score below which no right article was, of a thousand phrases."""
MAX_RANKED = 10
"""Articles of a `Ranking`."""


@dataclass(frozen=True)
class _Indexes:
    words: ArticleIndex
    groups: ArticleIndex
    sentences: SentenceIndex
    pairs: ArticleIndex
    vocabulary: Vocabulary


@dataclass(frozen=True)
class Ranked:
    """An article that a text may be about, and the words of the text that it has.

    A group of synonyms is named by its word with a "~".
    """

    article_id: str
    score: float
    found: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """The first articles for a text, best first, and what the gate decides about them."""

    best: tuple[Ranked, ...]
    evidence: Evidence


class NotBuiltError(Exception):
    """An index is asked that is not built yet, where that would keep others waiting."""

    def __init__(self, index: "SuggestionIndex") -> None:
        super().__init__("the index of suggestions is not built yet")
        self.index = index


_only_built: ContextVar[bool] = ContextVar("only built", default=False)


class OnlyBuilt:
    """Has an index raise NotBuiltError meanwhile, where it would be built else."""

    def __enter__(self) -> None:
        self._before = _only_built.set(True)

    def __exit__(self, *_: object) -> None:
        _only_built.reset(self._before)


class SuggestionIndex:
    """Ranks articles for a text. Built when it is first asked. Keeps nothing of a text."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._built: _Indexes | None = None
        self._building = Lock()

    def build(self) -> _Indexes:
        """Build what rankings are made from, once, and return it: up to half a second."""
        with self._building:
            if self._built is None:
                # a collection keeps all threads waiting, for longest with so much that stays
                with without_collections():
                    self._built = self._build()
        return self._built

    @cached_property
    def _synonyms(self) -> Synonyms:
        return Synonyms(self._knowledge.synonyms)

    def groups_of(self, words: Iterable[str]) -> frozenset[str]:
        """Return the groups of synonyms that words belong to, as a text's terms name them."""
        return frozenset(term for word in words for term in self._synonyms.terms([word]).groups)

    @property
    def _indexes(self) -> _Indexes:
        if self._built is None and _only_built.get():
            raise NotBuiltError(self)
        return self._built or self.build()

    def _build(self) -> _Indexes:
        words: dict[str, list[str]] = {}
        groups: dict[str, list[str]] = {}
        pairs: dict[str, list[str]] = {}
        sentences: dict[str, list[tuple[str, ...]]] = {}
        for article in self._knowledge.values():
            texts = [
                self._synonyms.terms(words_of(tokenise(text).stems)) for text in _texts(article)
            ]
            words[article.id] = [term for one in texts for term in one.words]
            groups[article.id] = [term for one in texts for term in one.groups]
            pairs[article.id] = [term for one in texts for term in one.pairs]
            sentences[article.id] = [one.core for one in dict.fromkeys(texts)]
        of_words = ArticleIndex(words)
        return _Indexes(
            of_words,
            ArticleIndex(groups),
            SentenceIndex(sentences),
            ArticleIndex(pairs),
            Vocabulary([*of_words.by_frequency(), *self._synonyms.words]),
        )

    def ranking(self, tokens: Tokens) -> Ranking:
        """Return the first articles for a text with what was found, whatever the gate says."""
        ranked = self.ranked(tokens)
        core = dict.fromkeys(self._synonyms.terms(self._words(tokens)).core)
        of_each = self._indexes.sentences.holders
        best = [
            Ranked(
                one.article_id,
                one.score,
                tuple(term for term in core if one.article_id in of_each.get(term, ())),
            )
            for one in ranked[:MAX_RANKED]
        ]
        return Ranking(tuple(best), self.evidence(tokens, ranked))

    def suggest(self, tokens: Tokens) -> list[Suggestion]:
        """Return up to `MAX_SUGGESTIONS` articles for a text, best first; none for other talk."""
        ranked = self.ranked(tokens)
        if not self.evidence(tokens, ranked).is_open:
            return []
        return [one for one in ranked[:MAX_SUGGESTIONS] if one.score >= LEAST * ranked[0].score]

    def evidence(self, tokens: Tokens, ranked: Sequence[Suggestion]) -> Evidence:
        """Return what tells whether a text, of which `ranked` was found, is about an article."""
        words = self._words(tokens)
        best = ranked[0] if ranked else None
        return Evidence(
            score=best.score * self._scale if best else 0.0,
            covered=self.covered(tokens, best.article_id) if best else 0.0,
            asks=asks(words),
            asks_within=asks_within(words),
            has_trouble=has_trouble(words),
        )

    def covered(
        self, tokens: Tokens, article_id: str, incidental: Container[str] = frozenset()
    ) -> float:
        """Return the share, 0 to 1, of the rarity of a text's words that an article has.

        It may lack the `incidental` ones.
        """
        core = self._synonyms.terms(self._words(tokens)).core
        subject = [term for term in core if term not in FILLERS]
        return self._indexes.sentences.covered(subject, article_id, incidental)

    @cached_property
    def _scale(self) -> float:
        """What makes a score comparable to one of an index of the shipped size.

        In a small one no word is rare.
        """
        ratio = rarity(1, SHIPPED_SIZE) / rarity(1, max(1, len(self._knowledge)))
        return float(ratio**SCALING)

    def ranked(self, tokens: Tokens) -> list[Suggestion]:
        """Return all articles that share a word with a text, best first."""
        indexes = self._indexes
        terms = self._synonyms.terms(self._words(tokens))
        total: dict[str, float] = defaultdict(float)
        for scores, weight in (
            (indexes.words.scores(terms.words), 1.0),
            (indexes.groups.scores(terms.groups), GROUPS),
            (indexes.sentences.scores(terms.core), SENTENCES),
            (indexes.pairs.scores(terms.pairs), PAIRS),
        ):
            for article_id, score in scores.items():
                total[article_id] += weight * score
        ranked = sorted(total.items(), key=lambda entry: (-entry[1], entry[0]))
        return [Suggestion(article_id, round(score, 1)) for article_id, score in ranked]

    def _words(self, tokens: Tokens) -> list[str]:
        return self._indexes.vocabulary.corrected(words_of(tokens.stems[:MAX_WORDS_READ]))


def _texts(article: Article) -> Iterator[str]:
    # the title twice: it counts double
    yield from (article.title, article.title, *article.wordings, *article.phrases)
    for cause in article.causes:
        yield from filter(None, (cause.label, cause.check, cause.reason))
    yield from filter(None, (article.prevent, article.for_vendor))
