"""Rules for channels and guests, as operators set them. Pure; `bot.channel_config` loads them."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.domain.shops import MAX_NAME, KnownShops, Shop


class Listen(StrEnum):
    """What the bot listens to."""

    ALWAYS = "always"
    """All messages: those it is sure about are answered, mentions always."""
    MENTIONS = "mentions"
    """Mentions only."""
    NEVER = "never"
    """Nothing, not even mentions."""


class About(StrEnum):
    """What is written about in a channel."""

    XERO = "xero"
    """Xero: a message that is all of a text is taken for Xero's."""
    ANYTHING = "anything"
    """Anything: a short message needs something beside it that points to Xero."""


class Replies(StrEnum):
    """Who sees an answer."""

    THREAD = "thread"
    """Everybody: it is posted in the thread of the question."""
    PRIVATE = "private"
    """Only the person who asked."""


def _id_pattern(pattern: str, what: str, example: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"{value!r} is not a {what} id (example: {example})")
        return value

    return AfterValidator(check)


def _one_of(words: type[StrEnum]) -> BeforeValidator:
    def check(value: object) -> object:
        if isinstance(value, str) and value in set(words):
            return value
        raise ValueError(f"{_quoted(value)} is not known (allowed: {', '.join(words)})")

    return BeforeValidator(check)


def _parse_switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"on", "off"}:
        return value == "on"
    raise ValueError(f"{_quoted(value)} is not known (allowed: on, off)")


def _quoted(value: object) -> str:
    return repr(value) if isinstance(value, str) and value else "this"


def _empty_as_default(value: object) -> object:
    """Return an empty mapping for a key without a value."""
    return {} if value in ("", None) else value


ChannelId = Annotated[str, _id_pattern(r"[CG][A-Z0-9]{2,}", "channel", "C0123ABCD")]
BotId = Annotated[str, _id_pattern(r"B[A-Z0-9]{2,}", "bot", "B0123ABCD")]
TeamId = Annotated[str, _id_pattern(r"[TE][A-Z0-9]{2,}", "workspace", "T0123ABCD")]
Listening = Annotated[Listen, _one_of(Listen)]


def _shop_name(value: str) -> str:
    name = value.strip()
    if len(name) > MAX_NAME or not name.isprintable() or not Shop(name).key:
        raise ValueError(f"{_quoted(value)} is not a shop's name (allowed: {_NAMES})")
    return name


def _once_each(names: tuple[str, ...]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for name in names:
        if (other := first.setdefault(Shop(name).key, name)) is not name:
            raise ValueError(f"{name!r} is the same shop as {other!r} (allowed: each shop once)")
    return names


def _no_names(value: object) -> object:
    return () if value in ("", None) else value


_NAMES = f"one line of up to {MAX_NAME} characters with a letter or a digit"
ShopName = Annotated[str, AfterValidator(_shop_name)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class ChannelRule(_Strict):
    """The rule of one channel; each field has a default."""

    listen: Listening | None = Field(default=None, description="None: what SUPPORT_CHANNELS says")
    about: Annotated[About | None, _one_of(About)] = Field(
        default=None,
        description="None: Xero if SUPPORT_CHANNELS names it, or if it is listened to always",
    )
    replies: Annotated[Replies, _one_of(Replies)] = Field(
        default=Replies.THREAD, description="Who sees an answer"
    )
    bots: tuple[BotId, ...] = Field(
        default=(), description="Apps whose posts are read like a person's"
    )
    escalations: ChannelId = Field(
        default="", description="The channel that gets the cards; empty: ESCALATION_CHANNEL"
    )
    greeting: Annotated[bool, BeforeValidator(_parse_switch)] = Field(
        default=False, description="Whether the bot says what it does when it is added"
    )
    shop: ShopName = Field(default="", description="The shop whose channel it is")


_DEFAULTS = ChannelRule.model_construct()


class ChannelRules(_Strict):
    """Rules by channel id, and for guests by the id of their own workspace."""

    channels: Annotated[
        Mapping[ChannelId, Annotated[ChannelRule, BeforeValidator(_empty_as_default)]],
        BeforeValidator(_empty_as_default),
    ] = Field(default={}, description="Rules by channel")
    guests: Annotated[Mapping[TeamId, Listening], BeforeValidator(_empty_as_default)] = Field(
        default={}, description="To whom of other workspaces the bot listens in shared channels"
    )
    shops: Annotated[
        tuple[ShopName, ...], BeforeValidator(_no_names), AfterValidator(_once_each)
    ] = Field(default=(), description="Shops without a channel of their own, by name")

    def of(self, channel: str) -> ChannelRule:
        """Return the rule of a channel, or the defaults."""
        return self.channels.get(channel) or _DEFAULTS

    @property
    def known_shops(self) -> KnownShops:
        """Every shop that has a name here."""
        shops = {channel: rule.shop for channel, rule in self.channels.items() if rule.shop}
        return KnownShops.of(shops, self.shops)

    @property
    def escalation_channels(self) -> frozenset[str]:
        """Every channel that gets escalation cards by a rule."""
        return frozenset(rule.escalations for rule in self.channels.values() if rule.escalations)
