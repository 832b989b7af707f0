"""Puts replies up in Slack. Implements `bot.services.ports.ReplyPoster`."""

import logging
from collections.abc import Collection
from dataclasses import replace

from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.jobs import Attempt
from bot.domain.replies import Posted, ReplyState
from bot.domain.reports import Interaction, Report
from bot.slack.client.api import SlackApi
from bot.slack.client.errors import unless
from bot.slack.id_shapes import is_direct_message, is_person
from bot.slack.incoming.filters import is_by_person
from bot.slack.views import blocks, wording
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.reply import reply
from bot.slack.views.reply_context import ReplyContext, shared_by

log = logging.getLogger(__name__)

EYES = "eyes"


class SlackReplyPoster:
    """The desk of one workspace. `own`: ids of our user and our bot."""

    def __init__(self, slack: SlackApi, own: frozenset[str]) -> None:
        self._slack = slack
        self._own = own

    async def question(self, report: Report) -> tuple[str, tuple[str, ...]]:
        """See `ReplyPoster.question`. A thread that cannot be read is empty: the reply says what to paste."""
        if report.thread is None:
            return "", ()
        try:
            message = await self._slack.directory.thread_root(report.channel, report.thread)
        except GaveUpError as error:
            log.warning("a thread's first message cannot be read: %s", error.reason)
            return "", ()
        if message is None or {message.user, message.bot_id} & self._own:
            return "", ()  # under our own answer there is nothing to explain
        return message.extract_text(self._own), message.file_ids()

    async def has_human_reply(self, report: Report, reported: Collection[str]) -> bool:
        """See `ReplyPoster.has_human_reply`. A thread that cannot be read is taken for one without."""
        thread, until = report.thread_ts, report.message_ts
        if thread is None or until is None:
            return False
        try:
            found = await self._slack.directory.thread_messages(report.channel, thread, until)
        except GaveUpError as error:
            log.warning("a thread cannot be read: %s", error.reason)
            return False
        known = {report.user, *(first.user for first in found[:1])}
        return any(
            is_by_person(message) and message.user not in known and message.ts not in reported
            for message in found[1:]
            if message.ts < until
        )

    async def is_public(self, channel: str) -> bool:
        """See `ReplyPoster.is_public`. A channel that Slack does not show is none."""
        try:
            return await self._slack.directory.is_public(channel)
        except (GaveUpError, TryLaterError) as error:
            log.info("a channel cannot be looked up: %s", error.reason)
            return False

    def is_direct(self, channel: str) -> bool:
        """See `ReplyPoster.is_direct`."""
        return is_direct_message(channel)

    def is_person(self, user: str) -> bool:
        """See `ReplyPoster.is_person`."""
        return is_person(user)

    async def look(self, report: Report, *, begin: bool) -> None:
        """See `ReplyPoster.look`. Nobody waits for a reaction, so one that Slack refuses is let go."""
        if report.message_ts is None:
            return
        try:
            await self._slack.messages.react(report.channel, report.message_ts, EYES, add=begin)
        except (GaveUpError, TryLaterError) as error:
            log.info("no reaction: %s", error.reason)

    async def reply(self, reply_state: ReplyState, attempt: Attempt) -> Posted | None:
        """See `ReplyPoster.reply`. A private one cannot be found: after a broken connection it is shown once more.

        A message that is gone already has no thread; Slack tells us of its end in a moment.
        """
        report, made = reply_state.interaction.report, self._drawn(reply_state)
        if report.private:
            await attempt.check()
            await self._slack.messages.post_ephemeral(
                report.channel, report.user, made, report.thread_ts
            )
            return None
        with unless("thread_not_found"):
            _, ts = await self._slack.messages.post_once(
                report.channel, made, _key(reply_state.interaction), attempt, report.thread
            )
            return _posted(ts, made, attempt)
        return None

    async def find_posted(self, interaction: Interaction, attempt: Attempt) -> str | None:
        """See `ReplyPoster.find_posted`."""
        report = interaction.report
        if report.private or not attempt.may_have_run:
            return None
        with unless("thread_not_found"):
            return await self._slack.messages.find_posted(
                report.channel, _key(interaction), report.thread, attempt
            )
        return None

    async def share(self, reply_state: ReplyState, attempt: Attempt) -> Posted:
        """See `ReplyPoster.share`. In the message's thread, where there is a message."""
        report = reply_state.interaction.report
        footer = replace(self._footer(reply_state), private=False, intro=shared_by(reply_state))
        made = reply(reply_state.judgement, footer)
        key, thread = (
            f"share-{reply_state.interaction.token}",
            report.thread,
        )
        _, ts = await self._slack.messages.post_once(report.channel, made, key, attempt, thread)
        return _posted(ts, made, attempt)

    async def tell_sharer(self, reply_state: ReplyState) -> None:
        """See `ReplyPoster.tell_sharer`. An address that is too old is let go, as is any before the reply is posted."""
        interaction = reply_state.interaction
        footer = replace(self._footer(reply_state), intro="", sharing=wording.SHARING)
        if interaction.reply_ts is not None:
            thread = interaction.report.thread
            link = self._slack.messages.permalink(
                interaction.report.channel, interaction.reply_ts, thread
            )
            footer = replace(footer, sharing=wording.SHARED.format(link=blocks.escape(link)))
        made = reply(reply_state.judgement, footer)
        try:
            await self._slack.messages.respond(interaction.share_url, made, replace=True)
        except GaveUpError as error:
            log.info("a private reply cannot be replaced: %s", error.reason)
        except TryLaterError:
            if interaction.reply_ts is not None:
                raise

    def digest(self, reply_state: ReplyState) -> str:
        """See `ReplyPoster.digest`."""
        return self._drawn(reply_state).digest

    async def renew(self, reply_state: ReplyState) -> None:
        """See `ReplyPoster.renew`. A private reply is not a message of ours: see `renew_ephemeral`."""
        interaction = reply_state.interaction
        if interaction.reply_ts is not None:
            with unless("message_not_found"):
                await self._slack.messages.update(
                    interaction.report.channel, interaction.reply_ts, self._drawn(reply_state)
                )

    async def renew_ephemeral(self, reply_state: ReplyState) -> None:
        """See `ReplyPoster.renew_ephemeral`."""
        try:
            await self._slack.messages.respond(
                reply_state.interaction.ephemeral_url, self._drawn(reply_state), replace=True
            )
        except GaveUpError as error:
            log.info("ephemeral reply not brought up to date: %s", error.reason)

    async def remove(self, interaction: Interaction) -> None:
        """See `ReplyPoster.remove`."""
        if interaction.reply_ts is not None:
            await self._slack.messages.delete(interaction.report.channel, interaction.reply_ts)

    def _drawn(self, reply_state: ReplyState) -> OutgoingMessage:
        empty = not reply_state.interaction.text.strip()
        return reply(reply_state.judgement, self._footer(reply_state), empty=empty)

    def _footer(self, reply_state: ReplyState) -> ReplyContext:
        return ReplyContext.of(reply_state, self._slack.messages.permalink)


def _posted(ts: str, made: OutgoingMessage, attempt: Attempt) -> Posted:
    """What an earlier try has put up may show less than this one would."""
    return Posted(ts, "" if attempt.may_have_run else made.digest)


def _key(interaction: Interaction) -> str:
    return f"reply-{interaction.token}"
