"""The knowledge base: all articles, their areas, families and names. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from bot.domain.articles import Article, ShownArticle
from bot.domain.families import Family
from bot.domain.names import Names


class Area(StrEnum):
    """The subject of an article. Errors are fixed in this order: first what others depend on."""

    CONNECTION = "connection"
    PERIODS = "periods"
    ACCOUNTS = "accounts"
    TAXES = "taxes"
    TRACKING = "tracking"
    CURRENCIES = "currencies"
    ITEMS = "items"
    CONTACTS = "contacts"
    INVOICES = "invoices"
    CREDITS = "credits"
    PAYMENTS = "payments"
    BANKING = "banking"
    INTEGRATION = "integration"


class KnowledgeBase(Mapping[str, Article]):
    """All articles by id, sorted by id, their areas and families, and the names they share."""

    def __init__(
        self,
        articles: Mapping[str, Article],
        areas: Mapping[str, Area],
        names: Names,
        families: Iterable[Family] = (),
        synonyms: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self.names = names
        self._articles = dict(sorted(articles.items()))
        self._areas = dict(areas)
        self.formerly: Mapping[str, str] = {
            old: one.id for one in self._articles.values() for old in one.formerly
        }
        """Ids of merged articles -> id of the article that replaced them."""
        self.families: Mapping[str, Family] = {one.id: one for one in families}
        self.synonyms = synonyms
        """Words that shops use for the same thing, by the name of their group."""
        self._families_by_article = {
            article_id: one for one in self.families.values() for article_id in one.answers
        }

    def current(self, article_id: str) -> str:
        """Return the id itself, or the id of the article that it was merged into."""
        return self.formerly.get(article_id, article_id)

    def family_of(self, article_id: str) -> Family | None:
        """Return the family that an article belongs to; None if it belongs to none."""
        return self._families_by_article.get(article_id)

    def area_of(self, article_id: str) -> Area:
        """Return the area of an article. Raises KeyError if there is no such article."""
        return self._areas[article_id]

    def about(self, area: Area) -> list[Article]:
        """Return the articles of an area."""
        return [
            article
            for article_id, article in self._articles.items()
            if self._areas[article_id] is area
        ]

    def look_alikes(self, article: ShownArticle) -> list[Article]:
        """Return the articles that it names as look-alikes, then those that name it."""
        naming = [one.id for one in self._articles.values() if article.id in one.related]
        found = dict.fromkeys(map(self.current, (*article.related, *naming)))
        return [self._articles[one] for one in found if one in self and one != article.id]

    def fix_order(self, article_id: str) -> int:
        """Return the rank of an article among several in one paste; the lowest is fixed first."""
        return list(Area).index(self._areas[article_id])

    def __getitem__(self, article_id: str) -> Article:
        return self._articles[article_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)
