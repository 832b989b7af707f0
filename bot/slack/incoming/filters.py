"""What is heard in channels: events become reports, edits and deletions. Every filter is a predicate with a name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.attachments import FileKind
from bot.domain.channel_rules import ChannelRules, Listen, Replies
from bot.domain.reports import Report, Trigger
from bot.recognition.text import same_words
from bot.slack.id_shapes import is_direct_message
from bot.slack.incoming.events import Payload, author_of, field_of, text_of
from bot.slack.incoming.message_text import files_of

LATE_SECONDS = 86_400.0
"""Slack delivers no event later than a day after it happened (docs: Events API, delayed events)."""
_TS = re.compile(r"\d{1,12}(?:\.\d{1,9})?")
SPOKEN = frozenset({"", "file_share", "thread_broadcast", "me_message", "bot_message"})
"""Subtypes of `message` in which somebody says something; joins, edits, topics and the rest say nothing."""


@dataclass(frozen=True)
class Listening:
    """Whom and where the bot listens to. No `channels`: everywhere the bot is."""

    bot_user: str
    bot_id: str
    channels: frozenset[str] = frozenset()
    trusted_bots: frozenset[str] = frozenset()
    escalation_channels: frozenset[str] = frozenset()
    rules: ChannelRules = field(default_factory=ChannelRules)
    team: str = ""
    kinds: frozenset[FileKind] = frozenset({FileKind.TEXT, FileKind.PICTURE})
    """Of files that are looked into where nobody asked."""

    def may_answer_openly(self, channel: str, team: str) -> bool:
        """Whether an answer that somebody of that workspace asked for may be seen by all in the channel."""
        rule, by_team = self.rules.of(channel), self.rules.guests.get(team)
        return rule.replies is Replies.THREAD and Listen.NEVER not in {rule.listen, by_team}

    @property
    def own(self) -> frozenset[str]:
        """By what our own messages are known."""
        return frozenset({self.bot_user, self.bot_id})


def report_of_message(event: Payload, team: str, listening: Listening) -> Report | None:
    """A `message` or `app_mention` event as a report; None when it is not for us.

    Slack delivers a mention as both, in any order and with the same ts: whichever comes first is the report.
    """
    if not is_spoken(event) or is_own(event, listening) or not is_welcome(event, listening):
        return None
    report = _report(event, team, listening)
    listen = how_to_listen(event, listening)
    if listen is Listen.NEVER:
        return None
    if report.trigger is Trigger.ADDRESSED or (
        listen is Listen.ALWAYS and (report.text.strip() or report.files)
    ):
        return report
    return None


def _report(message: Payload, team: str, listening: Listening) -> Report:
    text = text_of(message, listening.own)
    asked = mentions(message, listening) or is_direct(message)
    channel = field_of(message, "channel")
    return Report(
        team=team,
        channel=channel,
        key=field_of(message, "ts"),
        message_ts=field_of(message, "ts"),
        user=author_of(message),
        text=without_mention(text, listening),
        trigger=Trigger.ADDRESSED if asked else Trigger.HEARD,
        thread_ts=field_of(message, "thread_ts") or None,
        private=_is_private(message, listening),
        files=files_of(message) if asked else files_of(message, listening.kinds),
    )


def _is_private(message: Payload, listening: Listening) -> bool:
    """An app cannot be told anything privately."""
    private = listening.rules.of(field_of(message, "channel")).replies is Replies.PRIVATE
    return private and not is_direct(message) and not field_of(message, "bot_id")


@dataclass(frozen=True)
class Edit:
    """A message's new text, and its old one if Slack sends it. `is_for_us`: it would be answered if it were
    new.
    """

    report: Report
    is_for_us: bool
    before: str = ""


def edit_of(event: Payload, team: str, listening: Listening) -> Edit | None:
    """A `message_changed` event; None where nobody changed what is said: Slack also sends it for previews of links, for
    replies in the thread, and for our own messages.
    """
    now = _inner(event, "message")
    if now is None or not is_spoken(now) or is_own(now, listening):
        return None
    report = _report(now, team, listening)
    before = _inner(event, "previous_message")
    was = _report(before, team, listening) if before is not None else None
    if (
        was
        and was.files == report.files
        and same_words(was.text, report.text)
        and was.trigger is report.trigger
    ):
        return None
    edited = now.get("edited")
    at = field_of(edited, "ts") if isinstance(edited, Mapping) else ""
    at = at or field_of(event, "event_ts") or field_of(event, "ts")
    is_for_us = report_of_message(now, team, listening) is not None
    return Edit(replace(report, edited=at), is_for_us, was.text if was else "")


@dataclass(frozen=True)
class Deletion:
    """A message that is gone. `may_come`: Slack may still deliver it, as it promises no order."""

    channel: str
    ts: str
    may_come: bool


def deletion_of(event: Payload, listening: Listening) -> Deletion | None:
    """The deletion of somebody's message. One with replies leaves a stone behind, which is an edit to Slack."""
    before = _inner(event, "previous_message")
    if before is not None and is_own(before, listening):
        return None
    ts, now = "", _inner(event, "message")
    if event.get("subtype") == "message_deleted":
        ts = field_of(event, "deleted_ts")
    elif now is not None and now.get("subtype") == "tombstone":
        ts = field_of(now, "ts")
    may_come = _seconds(field_of(event, "event_ts")) - _seconds(ts) < LATE_SECONDS
    return Deletion(field_of(event, "channel"), ts, may_come) if ts else None


def _seconds(ts: str) -> float:
    return float(ts) if _TS.fullmatch(ts) else 0.0


def _inner(event: Payload, key: str) -> dict[str, Any] | None:
    """A message inside an event about it, with the channel that only the event names."""
    message = event.get(key)
    if not isinstance(message, Mapping):
        return None
    place = {"channel": event.get("channel"), "channel_type": event.get("channel_type")}
    return {**message, **place, "type": "message"}


def is_spoken(event: Payload) -> bool:
    """Somebody said it, and it stands in a channel."""
    return (
        field_of(event, "subtype") in SPOKEN
        and bool(field_of(event, "channel"))
        and bool(field_of(event, "ts"))
    )


def is_own(event: Payload, listening: Listening) -> bool:
    """We said it ourselves."""
    return event.get("user") == listening.bot_user or event.get("bot_id") == listening.bot_id


def is_welcome(event: Payload, listening: Listening) -> bool:
    """A person said it, or a bot that is trusted: answering other bots makes loops."""
    bot = field_of(event, "bot_id")
    trusted = {*listening.trusted_bots, *listening.rules.of(field_of(event, "channel")).bots}
    return not bot or bot in trusted


def is_spoken_by_person(message: Payload) -> bool:
    """Somebody said it, and no app."""
    is_spoken_here = field_of(message, "subtype") in SPOKEN
    return is_spoken_here and bool(field_of(message, "user")) and not field_of(message, "bot_id")


def how_to_listen(event: Payload, listening: Listening) -> Listen:
    """What the operator wants for this channel and for people of this author's workspace: the stricter of both.

    Under the cards, where support works, nothing is answered unasked.
    """
    channel = field_of(event, "channel")
    named = not listening.channels or channel in listening.channels
    by_channel = listening.rules.of(channel).listen or (Listen.ALWAYS if named else Listen.MENTIONS)
    if is_direct(event):
        by_channel = Listen.ALWAYS
    elif channel in listening.escalation_channels and by_channel is Listen.ALWAYS:
        by_channel = Listen.MENTIONS
    by_team = listening.rules.guests.get(team_of(event), Listen.ALWAYS)
    strict = (Listen.NEVER, Listen.MENTIONS, Listen.ALWAYS)
    return min(by_channel, by_team, key=strict.index)


def team_of(event: Payload) -> str:
    """The workspace of who said it, by its id (docs: Slack Connect); empty: Slack does not say."""
    return field_of(event, "user_team") or field_of(event, "source_team") or field_of(event, "team")


def is_direct(event: Payload) -> bool:
    """It was said to the bot alone."""
    return event.get("channel_type") == "im" or is_direct_message(field_of(event, "channel"))


def mentions(event: Payload, listening: Listening) -> bool:
    """It names the bot itself; what it forwards may name it too, and asks nothing."""
    return event.get("type") == "app_mention" or f"<@{listening.bot_user}" in field_of(
        event, "text"
    )


def without_mention(text: str, listening: Listening) -> str:
    """The text without the bot's name in it."""
    return re.sub(rf"<@{re.escape(listening.bot_user)}(?:\|[^>]*)?>", " ", text)
