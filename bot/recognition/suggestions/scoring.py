"""Scores of articles for the terms of a description: inverted indexes. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from math import log

MAX_TERM_ARTICLES, MAX_TERM_SHARE = 128, 0.02
"""Articles, and share of all articles, up to which a term is looked up.

A term in more of them distinguishes nothing, and the work must not grow with the articles.
"""
MAX_RAREST = 40
"""Terms of a text that are compared with each sentence: the rarest. More is no description."""
Rarity = Callable[[int], float]


def rarity(found: int, count: int) -> float:
    """Return how rare a term is that is in `found` of `count` articles (BM25's IDF)."""
    return log(1 + (count - found + 0.5) / (found + 0.5))


class ArticleIndex:
    """BM25 over one list of terms an article."""

    K1, B = 3.0, 0.7
    """A word that many phrases of an article repeat says more than in usual documents."""
    POWER = 0.7
    """Of the rarity: the rarest words of an article are often one writer's."""

    def __init__(self, documents: Mapping[str, Sequence[str]]) -> None:
        mean = sum(map(len, documents.values())) / max(1, len(documents))
        self.count = len(documents)
        self.postings: dict[str, dict[str, float]] = defaultdict(dict)
        for article_id, terms in documents.items():
            length = self.K1 * (1 - self.B + self.B * len(terms) / max(1.0, mean))
            for term, count in Counter(terms).items():
                self.postings[term][article_id] = count * (self.K1 + 1) / (count + length)
        most = max(MAX_TERM_ARTICLES, MAX_TERM_SHARE * self.count)
        self._weights = {
            term: rarity(len(found), self.count) ** self.POWER
            for term, found in self.postings.items()
            if len(found) <= most
        }

    def by_frequency(self) -> list[str]:
        """Return all terms, those of the most articles first."""
        return sorted(self.postings, key=lambda term: (-len(self.postings[term]), term))

    def scores(self, terms: Iterable[str]) -> dict[str, float]:
        """Return the scores of all articles that have a term."""
        made: dict[str, float] = defaultdict(float)
        for term in dict.fromkeys(terms):
            if weight := self._weights.get(term):
                for article_id, share in self.postings[term].items():
                    made[article_id] += weight * share
        return made


class SentenceIndex:
    """Similarity to the single sentences and phrases of an article.

    A sentence counts by the cube of the rarity that it shares with the text: what one sentence has
    together says more than what is scattered over an article. The cube root of the sum makes the
    scores comparable with BM25's.
    """

    CUBE_ROOT = 1 / 3
    POWER = 0.5
    SHARE = 0.25
    """Of the number of sentences by which the sum is divided: more phrases must not win alone."""

    def __init__(self, sentences: Mapping[str, Iterable[Sequence[str]]]) -> None:
        self._ids = list(sentences)
        self._articles: list[int] = []
        """The article of each sentence, as an index of the ids."""
        self._postings: dict[str, list[int]] = defaultdict(list)
        holders: dict[str, set[str]] = defaultdict(set)
        lengths: list[int] = []
        for number, (article_id, texts) in enumerate(sentences.items()):
            for terms in map(frozenset, texts):
                sentence = len(lengths)
                for term in terms:
                    self._postings[term].append(sentence)
                    holders[term].add(article_id)
                self._articles.append(number)
                lengths.append(len(terms))
        mean = sum(lengths) / max(1, len(lengths))
        self._shares = [(0.5 + 0.5 * one / mean) ** -0.5 if mean else 1.0 for one in lengths]
        """What a sentence counts for: less if it is long."""
        counts = Counter(self._articles)
        self._counts = [counts[number] ** self.SHARE for number in range(len(self._ids))]
        count = max(1, len(counts))
        most = max(MAX_TERM_ARTICLES, MAX_TERM_SHARE * count)
        self._weights = {
            term: rarity(len(found), count) ** self.POWER
            for term, found in holders.items()
            if len(found) <= most
        }
        self.holders: Mapping[str, set[str]] = holders
        self._count = count

    def covered(
        self, terms: Iterable[str], article_id: str, incidental: Container[str] = frozenset()
    ) -> float:
        """Return the share, 0 to 1, of the terms' rarity that an article has.

        It may lack the `incidental` ones.
        """
        total = shared = 0.0
        for term in dict.fromkeys(terms):
            holders = self.holders.get(term, ())
            if not holders and not term.isalpha():
                continue  # a number or a name of a record
            if term in incidental and article_id not in holders:
                continue
            weight = rarity(len(holders), self._count)
            total += weight
            shared += weight * (article_id in holders)
        return shared / total if total else 0.0

    def scores(self, terms: Iterable[str]) -> dict[str, float]:
        """Return the scores of all articles that have a term."""
        known = [term for term in dict.fromkeys(terms) if term in self._weights]
        known.sort(key=self._weights.__getitem__, reverse=True)
        shared: dict[int, float] = {}
        for term in known[:MAX_RAREST]:
            weight = self._weights[term]
            for sentence in self._postings[term]:
                if sentence in shared:  # most are not: a defaultdict would make a zero for each
                    shared[sentence] += weight
                else:
                    shared[sentence] = weight
        made = [0.0] * len(self._ids)
        for sentence, weight in shared.items():
            # a power takes twice as long
            made[self._articles[sentence]] += weight * weight * weight * self._shares[sentence]
        return {
            article_id: (total / count) ** self.CUBE_ROOT
            for article_id, total, count in zip(self._ids, made, self._counts, strict=True)
            if total
        }
