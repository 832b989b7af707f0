"""Filters of messages: which become reports, edits and deletions."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.domain.attachments import FileKind
from bot.domain.channel_rules import About, ChannelRules, Listen, Replies
from bot.domain.relays import ThreadMessage
from bot.domain.reports import Report, Trigger
from bot.domain.shops import KnownShops
from bot.recognition.text import same_words
from bot.slack.incoming.messages import ANY_KIND, MessageChanged, MessageDeleted, SlackMessage
from bot.slack.views import wording

LATE_SECONDS = 86_400.0
"""Slack delivers no event later than a day after it happened (docs: Events API, delayed events)."""
_TS = re.compile(r"\d{1,12}(?:\.\d{1,9})?")
SPOKEN = frozenset({"", "file_share", "thread_broadcast", "me_message", "bot_message"})
"""Subtypes of `message` in which somebody writes something, unlike joins and topics."""


@dataclass(frozen=True)
class ListenPolicy:
    """Whom the bot listens to in the workspace `team`, and where. No `channels`: everywhere."""

    bot_user: str
    bot_id: str
    channels: frozenset[str] = frozenset()
    trusted_bots: frozenset[str] = frozenset()
    escalation_channels: frozenset[str] = frozenset()
    rules: ChannelRules = field(default_factory=ChannelRules)
    shops: KnownShops = field(default_factory=KnownShops)
    team: str = ""
    kinds: frozenset[FileKind] = frozenset({FileKind.TEXT, FileKind.PDF, FileKind.PICTURE})
    """Kinds of files that are read without being asked."""

    def may_answer_openly(self, channel: str, team: str) -> bool:
        """Whether a person of that workspace may have an answer that all in the channel see."""
        rule, by_team = self.rules.of(channel), self.rules.guests.get(team)
        return rule.replies is Replies.THREAD and Listen.NEVER not in {rule.listen, by_team}

    def is_about_xero(self, channel: str) -> bool:
        """Whether a message alone is taken for Xero's there."""
        rule = self.rules.of(channel)
        if rule.about is not None:
            return rule.about is About.XERO
        return rule.listen is Listen.ALWAYS or channel in self.channels

    @cached_property
    def own(self) -> frozenset[str]:
        """Ids of our user and bot: our own messages have one of them."""
        return frozenset({self.bot_user, self.bot_id}) - {""}

    @cached_property
    def mention(self) -> re.Pattern[str]:
        """The bot's name in a text."""
        return re.compile(rf"<@{re.escape(self.bot_user)}(?:\|[^>]*)?>")


@dataclass(frozen=True)
class Edit:
    """A message's new text, and its old one if Slack sends it. `is_for_us`: it would be answered if
    it were new.
    """

    report: Report
    is_for_us: bool
    before: str = ""


@dataclass(frozen=True)
class Deletion:
    """A message that is gone. `may_come`: Slack may still deliver it, as it promises no order."""

    channel: str
    ts: str
    may_come: bool


def report_of_message(message: SlackMessage, policy: ListenPolicy) -> Report | None:
    """Return the report of a new message; None if the bot does not listen to it.

    Slack delivers a mention as `message` and as `app_mention`, in any order and with the same ts:
    the first one is the report.
    """
    if not is_spoken(message) or is_own(message, policy) or not is_trusted_author(message, policy):
        return None
    listen = listen_mode(message, policy)
    if listen is Listen.NEVER:
        return None
    report = _report(message, policy)
    is_heard = listen is Listen.ALWAYS and bool(report.text.strip() or report.files)
    return report if is_heard or report.trigger is Trigger.ADDRESSED else None


def thread_message_of(message: SlackMessage, policy: ListenPolicy) -> ThreadMessage | None:
    """Return a person's message in a thread; None if it is another kind of message.

    Not filtered by what the bot listens to: a thread with an escalation is one where it was asked.
    """
    is_reply = message.thread_ts not in {None, message.ts}
    if not is_reply or not is_by_person(message) or is_own(message, policy):
        return None
    return ThreadMessage(
        channel=message.channel,
        thread=message.thread_ts or "",
        ts=message.ts,
        sender=message.user,
        text=_naming_bot(message.text, policy),
        files=message.remaining_files(),
        edited=message.edited,
        may_follow_note=message.is_direct and message.parent_author in policy.own,
    )


def _naming_bot(text: str, policy: ListenPolicy) -> str:
    """The text with the bot's name in its mentions, where a copy would call it a colleague."""
    return policy.mention.sub(f"<@{policy.bot_user}|{wording.BOT_NAME}>", text)


def edit_of(changed: MessageChanged, policy: ListenPolicy) -> Edit | None:
    """Return the edit of a message; None if its text has not changed.

    Slack also sends changes for link previews, thread replies, and the bot's own messages.
    """
    now = changed.message
    if not is_spoken(now) or is_own(now, policy):
        return None
    report = _report(now, policy)
    was = _report(changed.before, policy) if changed.before else None
    if was and _is_same(was, report):
        return None
    is_for_us = report_of_message(now, policy) is not None
    return Edit(replace(report, edited=changed.at), is_for_us, was.text if was else "")


def deletion_of(deleted: MessageDeleted, policy: ListenPolicy) -> Deletion | None:
    """Return the deletion of a message; None if it was the bot's own."""
    if deleted.before is not None and is_own(deleted.before, policy):
        return None
    may_come = _seconds(deleted.at) - _seconds(deleted.ts) < LATE_SECONDS
    return Deletion(deleted.channel, deleted.ts, may_come)


def _report(message: SlackMessage, policy: ListenPolicy) -> Report:
    addressed = is_addressed(message, policy)
    trigger = Trigger.ADDRESSED if addressed else Trigger.HEARD
    text = without_mention(message.extract_text(policy.own), policy)
    kinds = ANY_KIND if addressed else policy.kinds
    return _report_by(
        message, message.author, text, trigger, policy, kinds, private=_is_private(message, policy)
    )


def report_asked_about(
    message: SlackMessage, user: str, text: str, trigger: Trigger, policy: ListenPolicy
) -> Report:
    """Return the report of a message for a person who may not be its author."""
    return _report_by(message, user, text, trigger, policy)


def _report_by(  # noqa: PLR0913 - a field each
    message: SlackMessage,
    user: str,
    text: str,
    trigger: Trigger,
    policy: ListenPolicy,
    kinds: frozenset[FileKind] = ANY_KIND,
    *,
    private: bool = False,
) -> Report:
    return Report(
        team=policy.team,
        channel=message.channel,
        key=message.ts,
        message_ts=message.ts,
        user=user,
        text=text,
        trigger=trigger,
        thread_ts=message.thread_ts,
        files=message.file_ids(kinds),
        private=private,
        shop=policy.shops.find(message.channel, text),
        about_xero=policy.is_about_xero(message.channel),
        late=message.late,
    )


def _is_private(message: SlackMessage, policy: ListenPolicy) -> bool:
    """Whether only the author sees the reply; an app can be shown nothing privately."""
    private = policy.rules.of(message.channel).replies is Replies.PRIVATE
    return private and not message.is_direct and not message.bot_id


def _is_same(was: Report, now: Report) -> bool:
    return was.files == now.files and same_words(was.text, now.text) and was.trigger is now.trigger


def _seconds(ts: str) -> float:
    return float(ts) if _TS.fullmatch(ts) else 0.0


def is_spoken(message: SlackMessage) -> bool:
    """Whether a person or an app wrote it, in a channel."""
    return message.subtype in SPOKEN and bool(message.channel) and bool(message.ts)


def is_own(message: SlackMessage, policy: ListenPolicy) -> bool:
    """Whether the bot itself wrote it."""
    return message.user in policy.own or message.bot_id in policy.own


def is_trusted_author(message: SlackMessage, policy: ListenPolicy) -> bool:
    """Whether a person wrote it, or an app that is trusted: answering other bots makes loops."""
    return (
        not message.bot_id
        or message.bot_id in policy.trusted_bots
        or message.bot_id in policy.rules.of(message.channel).bots
    )


def is_by_person(message: SlackMessage) -> bool:
    """Whether a person wrote it, not an app."""
    return message.subtype in SPOKEN and bool(message.user) and not message.bot_id


def listen_mode(message: SlackMessage, policy: ListenPolicy) -> Listen:
    """The stricter of what the operator wants for this channel and for the author's workspace.

    Under the cards, where support works, nothing is answered unasked.
    """
    channel = message.channel
    named = not policy.channels or channel in policy.channels
    by_channel = policy.rules.of(channel).listen or (Listen.ALWAYS if named else Listen.MENTIONS)
    if message.is_direct:
        by_channel = Listen.ALWAYS
    elif channel in policy.escalation_channels and by_channel is Listen.ALWAYS:
        by_channel = Listen.MENTIONS
    by_team = policy.rules.guests.get(message.team)
    strict = (Listen.NEVER, Listen.MENTIONS, Listen.ALWAYS)
    return by_channel if by_team is None else min(by_channel, by_team, key=strict.index)


def is_addressed(message: SlackMessage, policy: ListenPolicy) -> bool:
    """Whether it names the bot itself, and not only in what it forwards, or is to it alone."""
    return message.is_direct or message.is_mention or f"<@{policy.bot_user}" in message.text


def without_mention(text: str, policy: ListenPolicy) -> str:
    """The text without the bot's name in it."""
    return policy.mention.sub(" ", text)
