"""Index of articles by the words of their texts: which one a description may be about. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.domain.articles import Article
from bot.domain.knowledge import KnowledgeBase
from bot.domain.verdicts import Suggestion
from bot.recognition.judging import MAX_SUGGESTIONS
from bot.recognition.suggestions.scoring import ArticleIndex, SentenceIndex
from bot.recognition.suggestions.terms import Synonyms, Terms, words_of
from bot.recognition.text import Tokens, tokenise

GROUPS, SENTENCES, PAIRS = 0.7, 5.0, 0.35
"""Weights of the groups of synonyms, of single sentences and of pairs, beside that of the words.

Fitted by cross-validation over the phrases (`make measure`).
"""
MIN_SCORE = 20.0
"""Texts with a lower score share only one or two common words with the article."""
MAX_WORDS_READ = 1_000
"""Words of a text that are read; descriptions are shorter."""


@dataclass(frozen=True)
class _Indexes:
    words: ArticleIndex
    groups: ArticleIndex
    sentences: SentenceIndex
    pairs: ArticleIndex


class SuggestionIndex:
    """Ranks articles for a text. Built when it is first asked. Keeps nothing of a text."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge

    @cached_property
    def _synonyms(self) -> Synonyms:
        return Synonyms(self._knowledge.synonyms)

    @cached_property
    def _indexes(self) -> _Indexes:
        words, groups, pairs = {}, {}, {}
        sentences: dict[str, list[tuple[str, ...]]] = {}
        for article in self._knowledge.values():
            texts = [self._terms(tokenise(text)) for text in _texts(article)]
            words[article.id] = [term for one in texts for term in one.words]
            groups[article.id] = [term for one in texts for term in one.groups]
            pairs[article.id] = [term for one in texts for term in one.pairs]
            sentences[article.id] = [one.core for one in dict.fromkeys(texts)]
        return _Indexes(
            ArticleIndex(words), ArticleIndex(groups), SentenceIndex(sentences), ArticleIndex(pairs)
        )

    def suggest(self, tokens: Tokens) -> list[Suggestion]:
        """Return up to `MAX_SUGGESTIONS` articles for a text, best first."""
        return [one for one in self.ranked(tokens) if one.score >= MIN_SCORE][:MAX_SUGGESTIONS]

    def ranked(self, tokens: Tokens) -> list[Suggestion]:
        """Return all articles that share a word with a text, best first."""
        terms, indexes = self._terms(tokens), self._indexes
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

    def _terms(self, tokens: Tokens) -> Terms:
        return self._synonyms.terms(words_of(tokens.stems[:MAX_WORDS_READ]))


def _texts(article: Article) -> Iterator[str]:
    # the title twice: it counts double
    yield from (article.title, article.title, *article.wordings, *article.phrases)
    for cause in article.causes:
        yield from filter(None, (cause.label, cause.check, cause.reason))
    yield from filter(None, (article.prevent, article.for_vendor))
