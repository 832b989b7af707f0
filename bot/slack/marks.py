"""Marks of the bot's posts: the metadata by which a post is found again."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.slack.views import ids

MAX_SOURCES = 50
"""Slack limits the size of the metadata; a source has some 30 characters."""


class Mark(NamedTuple):
    """The key of a post, unique in one database, and what the post is about.

    `sources`: the messages that it answers or copies, none where there are none. Slack names them,
    so they are the same in a restored database, which makes other keys. A post keeps the last
    `MAX_SOURCES`; those of versions before 0.3 have none.
    """

    key: str
    sources: tuple[str, ...] = ()

    @property
    def payload(self) -> Mapping[str, str]:
        """The payload of the metadata."""
        known = {"key": self.key} | ({"source": self.source} if self.sources else {})
        if len(self.sources) > 1:
            known["sources"] = " ".join(self.sources[-MAX_SOURCES:])
        return known

    @property
    def kind(self) -> str:
        """The kind of the post, such as "reply"."""
        return self.key.partition("-")[0]

    @property
    def source(self) -> str:
        """The message that it is about, the last one of several; empty if there is none."""
        return self.sources[-1] if self.sources else ""

    def is_of_same_post(self, other: "Mark") -> bool:
        """Whether both are about the same, of one kind; where that is not known, by their keys."""
        if self.sources and other.sources:
            return self.kind == other.kind and not {*self.sources}.isdisjoint(other.sources)
        return self.key == other.key


NO_MARK = Mark("")


def mark_of(message: Mapping[str, Any]) -> Mark:
    """Return the mark of a message as Slack lists it; an empty one if it is no post of ours."""
    metadata = message.get("metadata")
    if not isinstance(metadata, Mapping) or metadata.get("event_type") != ids.EVENT_REPLY:
        return NO_MARK
    payload = metadata.get("event_payload")
    if not isinstance(payload, Mapping):
        return NO_MARK
    source, several = payload.get("source"), payload.get("sources")
    sources = tuple(str(several).split()) if several else (str(source),) if source else ()
    return Mark(str(payload.get("key") or ""), sources)
