"""What was missed in one conversation: found in what Slack shows now and what the bot knows."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from bot.slack.client.history import Entry
from bot.slack.incoming.messages import (
    MessageChange,
    MessageChanged,
    MessageDeleted,
    SlackMessage,
    parse_message,
)
from bot.slack.incoming.payloads import text_field

SETTLED_SECONDS = 10.0
"""A message that is missing in what Slack lists is gone if it was written that long ago."""
TOMBSTONE = "tombstone"
"""The subtype of what Slack shows in place of a deleted message that has replies."""


@dataclass(frozen=True)
class Span:
    """Times in seconds since 1970.

    `oldest`: what is older is not looked at; `since`: what was written or edited later was missed;
    `now`: of the start.
    """

    oldest: float
    since: float
    now: float


def messages_in(channel: str, entries: Iterable[Entry], span: Span) -> dict[str, SlackMessage]:
    """Return messages by ts, as their events would bring them; those from before now are late."""
    parsed = (parse_message({**entry, "channel": channel}) for entry in entries)
    return {
        message.ts: replace(message, late=seconds(message.edited or message.ts) < span.now)
        for message in parsed
        if seconds(message.ts)
    }


def active_threads(entries: Iterable[Entry], span: Span) -> set[str]:
    """Return the ts of the threads in which somebody wrote something that was missed."""
    return {
        text_field(entry, "thread_ts")
        for entry in entries
        if seconds(text_field(entry, "latest_reply")) > span.since
    } - {""}


def missed(
    messages: Collection[SlackMessage], span: Span
) -> Iterator[SlackMessage | MessageChange]:
    """Yield new and edited messages, as they are now, in the order in which they were written."""
    for message in sorted(messages, key=lambda one: seconds(one.ts)):
        if message.subtype == TOMBSTONE:
            continue
        if seconds(message.edited) > span.since:
            yield MessageChanged(message=message, before=None, at=message.edited)
        elif seconds(message.ts) > span.since:
            yield message


def is_gone(ts: str, messages: dict[str, SlackMessage], span: Span) -> bool:
    """Whether a message that is stored is missing among those of its channel or thread."""
    found = messages.get(ts)
    return 0.0 < seconds(ts) < span.now - SETTLED_SECONDS and (
        found is None or found.subtype == TOMBSTONE
    )


def deletion(channel: str, ts: str) -> MessageDeleted:
    """Return the deletion of a message; Slack does not say when it was."""
    return MessageDeleted(channel=channel, ts=ts, before=None, at=ts)


def seconds(ts: str) -> float:
    """Return the time of a ts; 0 if it is none."""
    try:
        return float(ts)
    except ValueError:
        return 0.0
