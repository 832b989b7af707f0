"""Articles and the knowledge base. Pure; `bot.knowledge_base.loader` reads the files."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import takewhile
from typing import Annotated, Any, Self

from pydantic import Field, ValidationInfo, model_validator
from pydantic.json_schema import SkipJsonSchema

from bot.domain.article_examples import Examples
from bot.domain.article_fields import (
    FILL_IN,
    PLACEHOLDER,
    ArticleId,
    Key,
    MessagePattern,
    NamedText,
    NumberLabel,
    Prose,
    Strict,
    Text,
    TextOrKeys,
    Url,
)
from bot.domain.causes import MAX_CAUSES, Cause, Look, Step
from bot.domain.names import Menu, SharedTexts

KeyPath = tuple[str | int, ...]
MIN_PHRASES = 8
"""Of a situation without a message: phrases are all it is found by."""
MIN_EXAMPLES = 2
"""Pastes, of an article with a message."""


class Link(TextOrKeys):
    """A web page; in YAML also a name of names.yaml that has a link, such as "{xero.chart}"."""

    title: Annotated[NamedText, Field(max_length=150)] = Field(description="What the page is")
    url: Url = Field(description="Its address")

    @model_validator(mode="before")
    @classmethod
    def _of_name(cls, given: Any, info: ValidationInfo) -> Any:
        if not isinstance(given, str) or not info.context:
            return given
        name = info.context.names.named(given.strip("{}"))
        if name.link is None:
            raise ValueError(f"{given} has no link in names.yaml; give it one, or title and url")
        return {"title": name.shown.replace("*", ""), "url": name.link}


class Message(TextOrKeys):
    """An exact wording; in YAML, a text alone is enough. `cause`: the cause that it tells."""

    text: MessagePattern = Field(description="The wording; {name} marks a variable part")
    cause: Key | None = Field(default=None, description="Id of the cause that this wording tells")


class ShownArticle(Strict):
    """The fields of an article that people see.

    Replies keep a copy, so that a later edit changes no answer that was given.
    """

    id: ArticleId = Field(description="The file's name without .yaml; never changes")
    title: Annotated[Prose, Field(max_length=150)] = Field(
        description="What happened, in a shop's words: only what is certain"
    )
    messages: list[Message] = Field(
        description="Exact wordings; {name} marks a variable part. The product's wording first. "
        "Empty for a situation without a message, which is only suggested"
    )
    look: Look | None = Field(
        default=None,
        description="Where to look first; needed unless the only cause is the vendor's",
    )
    causes: Annotated[list[Cause], Field(min_length=1, max_length=MAX_CAUSES)] = Field(
        description="Possible causes, exactly one of them usual; each has a button"
    )
    prevent: Prose | None = Field(default=None, description="How to keep it from happening again")
    related: list[ArticleId] = Field(default=[], description="Articles that look alike")
    links: list[Link] = Field(default=[], description="Pages that help")
    for_vendor: Prose | None = Field(
        default=None, description="For support and the integration's developers; not in the thread"
    )
    sources: Annotated[list[NamedText], Field(min_length=1)] = Field(
        description="Where the facts come from"
    )
    reviewed: date = Field(description="Day a person last compared this with Xero and the product")
    menus: SkipJsonSchema[list[Menu]] = Field(default=[])
    """Other names of the menus that it names, and what opens them."""

    @model_validator(mode="before")
    @classmethod
    def _prepared(cls, given: Any, info: ValidationInfo) -> Any:
        """Return the content of a file with the menus that it names."""
        shared: SharedTexts | None = info.context
        return shared.names.with_menus(given) if shared else given

    @model_validator(mode="after")
    def _causes_fit(self) -> Self:
        ids = [cause.id for cause in self.causes]
        if len(set(ids)) < len(ids):
            raise ValueError("causes: two have one id")
        if len(ids) > 1 and [cause.usual for cause in self.causes].count(True) != 1:
            raise ValueError("causes: exactly one must be usual")
        if len(ids) > 1 and not all(cause.label and cause.check for cause in self.causes):
            raise ValueError("causes: each of several needs a label and a check")
        for message in self.messages:
            if message.cause and message.cause not in ids:
                raise ValueError(
                    f"messages: {message.cause!r} is no cause (allowed: {', '.join(ids)})"
                )
        return self

    @property
    def wordings(self) -> list[str]:
        """The texts of its messages."""
        return [message.text for message in self.messages]

    @property
    def usual(self) -> Cause:
        """The cause that is shown first."""
        return next((cause for cause in self.causes if cause.usual), self.causes[0])

    @property
    def steps(self) -> list[Step]:
        """The steps of all causes, in their order; a row keeps the index of a step."""
        return [step for cause in self.causes for step in cause.action]

    def first_step(self, cause: Cause) -> int:
        """Return the index of a cause's first step in `steps`; two causes may begin alike."""
        before = takewhile(lambda one: one.id != cause.id, self.causes)
        return sum(len(one.action) for one in before)

    def indices_of(self, cause: Cause) -> range:
        """Return the indices of a cause's steps in `steps`."""
        first = self.first_step(cause)
        return range(first, first + len(cause.action))

    def cause(self, cause_id: str | None) -> Cause | None:
        """Return the cause of an id; None if there is none."""
        return next((cause for cause in self.causes if cause.id == cause_id), None)

    def cause_of(self, message: str) -> Cause:
        """Return the cause that a message tells, else the usual one."""
        named = (one.cause for one in self.messages if one.text == message)
        return self.cause(next(named, None)) or self.usual

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
    """A known error: its messages, its possible causes, what to do about each.

    `messages` have `{name}` for a variable part. Sentences may show the captured value as
    `{name|words shown without a value}`, and use `*bold*` for names on the screen.
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
    examples: Examples = Field(description="Texts that test whether the article is recognised")

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if not self.messages and len(self.phrases) < MIN_PHRASES:
            raise ValueError(
                f"phrases: {len(self.phrases)} (allowed: at least {MIN_PHRASES} without a message)"
            )
        if self.messages and len(self.examples.match) < MIN_EXAMPLES:
            raise ValueError(
                f"examples.match: {len(self.examples.match)} (allowed: at least {MIN_EXAMPLES})"
            )
        if self.examples.match and not self.messages:
            raise ValueError("examples.match: there is no message to match (allowed: [])")
        return self

    @model_validator(mode="after")
    def _values_are_captured(self) -> Self:
        known = self.variable_parts
        allowed = ", ".join(sorted(known)) or "none, as no message has a variable part"
        for path, text in self.prose():
            for name, _ in FILL_IN.findall(text):
                if name not in known:
                    raise ValueError(
                        f"{path[0]} shows {{{name}|…}}, which no message captures "
                        f"(allowed: {allowed})"
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
            name for text in (*self.wordings, *self.nearby) for name in PLACEHOLDER.findall(text)
        )

    @property
    def sample(self) -> str:
        """What a shop may write: the first example, or a phrase about what has no message.

        The first example is the exact message; later ones have typos.
        """
        return self.examples.match[0].text if self.examples.match else self.phrases[0]

    def prose(self) -> Iterator[tuple[KeyPath, str]]:
        """Yield the path to and the text of every field that people read."""
        yield ("title",), self.title
        if self.look:
            yield ("look", "where"), self.look.where
            yield ("look", "at"), self.look.at
        for number, cause in enumerate(self.causes):
            for key in ("label", "check", "reason", "done"):
                if text := getattr(cause, key):
                    yield ("causes", number, key), text
            for index, step in enumerate(cause.action):
                path = ("causes", number, "action", index)
                yield (*path, "do"), step.do
                if step.risk:
                    yield (*path, "risk"), step.risk
        for key in ("prevent", "for_vendor"):
            if text := getattr(self, key):
                yield (key,), text
