"""Articles and the knowledge base. Pure; `bot.knowledge_base.loader` reads the files."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
FILL_IN = re.compile(r"\{([a-z][a-z0-9_]*)\|([^{}|]+)\}")
_LEFTOVER_BRACE = re.compile(r"[{}]")


def _message(text: str) -> str:
    if _LEFTOVER_BRACE.search(PLACEHOLDER.sub("", text)):
        raise ValueError("braces around something else (allowed: {name}, in lower case)")
    if not re.search(r"[A-Za-z]{3}", PLACEHOLDER.sub("", text)):
        raise ValueError("has only variable parts; a message needs words of its own")
    return text


def _label(text: str) -> str:
    words, _, name = text.rpartition(" ")
    if (
        not PLACEHOLDER.fullmatch(name)
        or not re.search(r"[A-Za-z]{3}", words)
        or _LEFTOVER_BRACE.search(words)
    ):
        raise ValueError(
            "not a label (allowed: words and one variable part, such as Retry-After: {seconds})"
        )
    return text


def _prose(text: str) -> str:
    if _LEFTOVER_BRACE.search(FILL_IN.sub("", text)):
        raise ValueError(
            "braces around something else (allowed: {name|words shown without a value})"
        )
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=12_000)]
MessagePattern = Annotated[Text, AfterValidator(_message)]
NumberLabel = Annotated[Text, AfterValidator(_label)]
Prose = Annotated[Text, AfterValidator(_prose)]
ArticleId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Link(_Strict):
    """A web page, shown at the end of a reply."""

    title: Annotated[Text, Field(max_length=150)]
    url: Annotated[str, StringConstraints(pattern=r"^https://[^\s<>|]+$", max_length=3_000)]


class Example(_Strict):
    """A paste, with the values that must be captured from it; in YAML, a text alone is enough."""

    text: Text
    captures: dict[str, Text | list[Text]] = Field(
        default={},
        description="Value of each {name} in the paste, or a list where it holds several",
    )

    @model_validator(mode="before")
    @classmethod
    def _of_text(cls, given: object) -> object:
        return {"text": given} if isinstance(given, str) else given

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(core)]}

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """The expected values, in the form of `Match.values`."""
        return {
            name: (one,) if isinstance(one, str) else tuple(one)
            for name, one in self.captures.items()
        }


class Examples(_Strict):
    """Texts that test whether the article is recognised."""

    match: Annotated[list[Example], Field(min_length=2)] = Field(
        description="Pastes that this article must answer, at least one with the value of each variable part"
    )
    near_miss: Annotated[list[Text], Field(min_length=1)] = Field(
        description="Texts that look alike and must not be answered with this article"
    )


class ShownArticle(_Strict):
    """The fields of an article that people see.

    Replies keep a copy, so that a later edit changes no answer that was given.
    """

    id: ArticleId = Field(description="The file's name without .yaml; never changes")
    title: Annotated[Prose, Field(max_length=150)] = Field(
        description="What happened, in a shop's words"
    )
    messages: Annotated[list[MessagePattern], Field(min_length=1)] = Field(
        description="Exact wordings; {name} marks a variable part. ClickPOS's wording first, then Xero's"
    )
    reason: Prose = Field(description="Why it happens")
    action: Annotated[list[Prose], Field(min_length=1)] = Field(
        description="Steps, in the order they are done"
    )
    caution: Prose | None = Field(default=None, description="What to mind before acting")
    who: Prose | None = Field(default=None, description="Who may do it: the role needed")
    prevent: Prose | None = Field(default=None, description="How to keep it from happening again")
    related: list[ArticleId] = Field(default=[], description="Articles that look alike")
    links: list[Link] = Field(default=[], description="Pages that help")
    sources: Annotated[list[Text], Field(min_length=1)] = Field(
        description="Where the facts come from"
    )
    reviewed: date = Field(description="Day a person last compared this with Xero and ClickPOS")

    @cached_property
    def content(self) -> str:
        """The shown fields as JSON, the same text for the same content."""
        fields = self.model_dump(mode="json", include=set(ShownArticle.model_fields))
        return json.dumps(fields, ensure_ascii=False, sort_keys=True)

    @cached_property
    def version(self) -> str:
        """The first 32 hexadecimal digits of the content's SHA-256."""
        return sha256(self.content.encode()).hexdigest()[:32]


class Article(ShownArticle):
    """A known error: its messages, why it happens, what to do.

    `messages` have `{name}` for a variable part. `title`, `reason`, `action`, `caution` and
    `prevent` may show the captured value as `{name|words shown without a value}`, and use `*bold*`
    for names on the screen.
    """

    formerly: list[ArticleId] = Field(
        default=[],
        description="Ids of articles that were merged into this one: old buttons and votes find it",
    )
    nearby: list[NumberLabel] = Field(
        default=[],
        description="Labels of waiting times beside the message, such as Retry-After: {seconds}",
    )
    phrases: list[Text] = Field(
        default=[],
        description="How people describe it without the message; used for suggestions only",
    )
    examples: Examples

    @model_validator(mode="after")
    def _values_are_captured(self) -> Self:
        known = self.variable_parts
        allowed = ", ".join(sorted(known)) or "none, as no message has a variable part"
        for key, text in self.prose():
            for name, _ in FILL_IN.findall(text):
                if name not in known:
                    raise ValueError(
                        f"{key} shows {{{name}|…}}, which no message captures (allowed: {allowed})"
                    )
        for example in self.examples.match:
            for name in example.captures:
                if name not in known:
                    raise ValueError(
                        f"examples expect {name}, which no message captures (allowed: {allowed})"
                    )
        return self

    @property
    def variable_parts(self) -> frozenset[str]:
        """Names of the values that the messages and the `nearby` labels capture."""
        return frozenset(
            name for text in (*self.messages, *self.nearby) for name in PLACEHOLDER.findall(text)
        )

    def prose(self) -> Iterator[tuple[str, str]]:
        """Yield the key and the text of every field that people read as sentences."""
        yield "title", self.title
        yield "reason", self.reason
        yield from (("action", step) for step in self.action)
        for key in ("caution", "who", "prevent"):
            if text := getattr(self, key):
                yield key, text


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
    """All articles by id, sorted by id, and their areas."""

    def __init__(self, articles: Mapping[str, Article], areas: Mapping[str, Area]) -> None:
        self._articles = dict(sorted(articles.items()))
        self._areas = dict(areas)
        self.formerly: Mapping[str, str] = {
            old: one.id for one in self._articles.values() for old in one.formerly
        }
        """Ids of merged articles -> id of the article that replaced them."""

    def current(self, article_id: str) -> str:
        """Return the id itself, or the id of the article that it was merged into."""
        return self.formerly.get(article_id, article_id)

    def about(self, area: Area) -> list[Article]:
        """Return the articles of an area."""
        return [
            article
            for article_id, article in self._articles.items()
            if self._areas[article_id] is area
        ]

    def fix_order(self, article_id: str) -> int:
        """Return the rank of an article among several in one paste; the lowest is fixed first."""
        return list(Area).index(self._areas[article_id])

    def __getitem__(self, article_id: str) -> Article:
        return self._articles[article_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)
