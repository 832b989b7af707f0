"""What an operator sets for single channels and for guests. Pure: reading the file is `bot.channel_config`'s work."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field


class Listen(StrEnum):
    """To what the bot listens."""

    ALWAYS = "always"
    """To everything: it answers unasked when it is sure, and mentions in any case."""
    MENTIONS = "mentions"
    """To mentions only."""
    NEVER = "never"
    """To nothing, mentions neither."""


class Replies(StrEnum):
    """Who sees an answer."""

    THREAD = "thread"
    """Everybody: it stands in the thread of what was asked."""
    PRIVATE = "private"
    """Only the person who asked."""


def _id_like(pattern: str, what: str, example: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"{value!r} is no id of a {what}; it looks like {example}")
        return value

    return AfterValidator(check)


def _one_of(words: type[StrEnum]) -> BeforeValidator:
    def check(value: object) -> object:
        if isinstance(value, str) and value in set(words):
            return value
        raise ValueError(f"{_quoted(value)} is not known; allowed are {', '.join(words)}")

    return BeforeValidator(check)


def _switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"on", "off"}:
        return value == "on"
    raise ValueError(f"{_quoted(value)} is not known; allowed are on, off")


def _quoted(value: object) -> str:
    return repr(value) if isinstance(value, str) and value else "this"


def _nothing_set(value: object) -> object:
    """A key with nothing behind it sets nothing."""
    return {} if value in ("", None) else value


ChannelId = Annotated[str, _id_like(r"[CG][A-Z0-9]{2,}", "channel", "C0123ABCD")]
BotId = Annotated[str, _id_like(r"B[A-Z0-9]{2,}", "bot", "B0123ABCD")]
TeamId = Annotated[str, _id_like(r"[TE][A-Z0-9]{2,}", "workspace", "T0123ABCD")]
Listening = Annotated[Listen, _one_of(Listen)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChannelRule(_Strict):
    """What is set for a channel; nothing is the default."""

    listen: Listening | None = Field(default=None, description="None: what SUPPORT_CHANNELS says")
    replies: Annotated[Replies, _one_of(Replies)] = Field(
        default=Replies.THREAD, description="Who sees an answer"
    )
    bots: tuple[BotId, ...] = Field(
        default=(), description="Apps whose posts are read like a person's"
    )
    escalations: ChannelId = Field(
        default="", description="The channel that gets the cards; empty: ESCALATION_CHANNEL"
    )
    greeting: Annotated[bool, BeforeValidator(_switch)] = Field(
        default=False, description="Whether the bot says what it does when it is added"
    )


class ChannelRules(_Strict):
    """What is set for all channels, by their ids, and for guests, by the id of their own workspace."""

    channels: Annotated[
        Mapping[ChannelId, Annotated[ChannelRule, BeforeValidator(_nothing_set)]],
        BeforeValidator(_nothing_set),
    ] = Field(default={}, description="Rules by channel")
    guests: Annotated[Mapping[TeamId, Listening], BeforeValidator(_nothing_set)] = Field(
        default={}, description="To whom of other workspaces the bot listens in shared channels"
    )

    def of(self, channel: str) -> ChannelRule:
        """The rule of a channel; all defaults where none is set."""
        return self.channels.get(channel) or ChannelRule()

    @property
    def escalation_channels(self) -> frozenset[str]:
        """Every channel that gets cards by a rule."""
        return frozenset(rule.escalations for rule in self.channels.values() if rule.escalations)
