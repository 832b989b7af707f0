"""Posting of replies to Slack. Implements `bot.services.ports.ReplyPoster`."""

import logging
from collections.abc import Collection
from dataclasses import replace

from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.jobs import Attempt
from bot.domain.replies import AnswersAfter, FoundReply, Posted, PrivateNotice, ReplyState
from bot.domain.reports import Interaction, Report
from bot.slack.client.api import SlackApi
from bot.slack.client.errors import ignoring
from bot.slack.id_shapes import is_direct_message, is_person
from bot.slack.incoming.filters import is_by_person
from bot.slack.incoming.messages import SlackMessage
from bot.slack.marks import Mark
from bot.slack.views import blocks, wording
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.reply import reply
from bot.slack.views.reply_context import ReplyContext, shared_by

log = logging.getLogger(__name__)

EYES = "eyes"
_REPLY = "reply"
_NOTICES = {
    PrivateNotice.NOT_A_MEMBER: wording.EXPLAIN_PRIVATE,
    PrivateNotice.FILES_UNREADABLE: wording.EXPLAIN_FILE,
    PrivateNotice.SHARE_REFUSED: wording.SHARE_REFUSED,
    PrivateNotice.SHARE_UNSURE: wording.SHARE_UNSURE,
}


class SlackReplyPoster:
    """Posts the replies of one workspace. `own`: the bot's user id and bot id."""

    def __init__(self, slack: SlackApi, own: frozenset[str]) -> None:
        self._slack = slack
        self._own = own

    async def question(self, report: Report) -> tuple[str, tuple[str, ...]]:
        """See `ReplyPoster.question`. Returns empty values if the thread cannot be read."""
        if report.thread is None:
            return "", ()
        try:
            message = await self._slack.directory.thread_root(report.channel, report.thread)
        except GaveUpError as error:
            log.warning("thread's first message cannot be read: %s", error.reason)
            return "", ()
        if message is None or {message.user, message.bot_id} & self._own:
            return "", ()  # the bot does not explain its own message
        return message.extract_text(self._own), message.file_ids()

    async def has_human_reply(self, report: Report, reported: Collection[str]) -> bool:
        """See `ReplyPoster.has_human_reply`. False if the thread cannot be read."""
        found = await self._thread_of(report)
        known = {report.user, *(first.user for first in found[:1])}
        return any(
            is_by_person(message) and message.user not in known and message.ts not in reported
            for message in found[1:]
            if report.message_ts and message.ts < report.message_ts
        )

    async def answers_after(self, report: Report) -> AnswersAfter:
        """See `ReplyPoster.answers_after`. Nothing if the thread cannot be read."""
        if report.thread is None or report.message_ts is None:
            return AnswersAfter()
        try:
            found = await self._slack.directory.replies_after(
                report.channel, report.thread, report.message_ts
            )
        except GaveUpError as error:
            log.warning("thread cannot be read: %s", error.reason)
            return AnswersAfter()
        return AnswersAfter(
            any(is_by_person(reply) and reply.user != report.user for reply in found),
            [
                FoundReply(reply.ts, reply.mark.source)
                for reply in found
                if {reply.user, reply.bot_id} & self._own and reply.mark.kind == _REPLY
            ],
        )

    async def is_alone(self, report: Report) -> bool:
        """See `ReplyPoster.is_alone`."""
        found = await self._thread_of(report)
        return bool(found) and all(m.user == report.user for m in found if is_by_person(m))

    async def _thread_of(self, report: Report) -> list[SlackMessage]:
        """Return the messages up to a report in a thread; none if the thread cannot be read."""
        thread, until = report.thread_ts, report.message_ts
        if thread is None or until is None:
            return []
        try:
            return await self._slack.directory.thread_messages(report.channel, thread, until)
        except GaveUpError as error:
            log.warning("thread cannot be read: %s", error.reason)
            return []

    async def is_public(self, channel: str) -> bool:
        """See `ReplyPoster.is_public`. False if the channel cannot be looked up."""
        try:
            return await self._slack.directory.is_public(channel)
        except (GaveUpError, TryLaterError) as error:
            log.info("channel cannot be looked up: %s", error.reason)
            return False

    async def is_member(self, channel: str) -> bool | None:
        """See `ReplyPoster.is_member`."""
        try:
            return await self._slack.directory.is_member(channel)
        except (GaveUpError, TryLaterError) as error:
            log.warning("membership of a channel is unknown: %s", error.reason)
            return None

    def is_direct(self, channel: str) -> bool:
        """See `ReplyPoster.is_direct`."""
        return is_direct_message(channel)

    def is_person(self, user: str) -> bool:
        """See `ReplyPoster.is_person`."""
        return is_person(user)

    async def look(self, report: Report, *, begin: bool) -> None:
        """See `ReplyPoster.look`. Failures are only logged: nobody waits for a reaction."""
        if report.message_ts is None:
            return
        try:
            await self._slack.messages.react(report.channel, report.message_ts, EYES, add=begin)
        except (GaveUpError, TryLaterError) as error:
            log.info("reaction not changed: %s", error.reason)

    async def reply(self, reply_state: ReplyState, attempt: Attempt) -> Posted | None:
        """See `ReplyPoster.reply`.

        An ephemeral reply cannot be found again: after a broken connection it is shown twice. A
        deleted message has no thread; its deletion arrives as an event of its own.
        """
        report, message = reply_state.interaction.report, self._rendered(reply_state)
        if report.private:
            await attempt.check()
            await self._slack.messages.post_ephemeral(
                report.channel, report.user, message, report.thread_ts
            )
            return None
        with ignoring("thread_not_found"):
            _, ts = await self._slack.messages.post_once(
                report.channel, message, _mark(reply_state.interaction), attempt, report.thread
            )
            return _posted(ts, message, attempt)
        return None

    async def reply_privately(self, reply_state: ReplyState, attempt: Attempt) -> None:
        """See `ReplyPoster.reply_privately`. After a broken connection it may be shown twice."""
        interaction = reply_state.interaction
        await self._show(interaction, self._rendered(reply_state), _mark(interaction), attempt)

    async def notify(
        self, interaction: Interaction, notice: PrivateNotice, attempt: Attempt
    ) -> None:
        """See `ReplyPoster.notify`."""
        message = OutgoingMessage(_NOTICES[notice], [])
        await self._show(interaction, message, Mark(f"private-{interaction.token}"), attempt)

    async def link_reply(
        self, interaction: Interaction, answered: Interaction, attempt: Attempt
    ) -> None:
        """See `ReplyPoster.link_reply`."""
        text = wording.ALREADY_ANSWERED.format(link=self._link_to(answered))
        message = OutgoingMessage(text, [])
        await self._show(interaction, message, Mark(f"private-{interaction.token}"), attempt)

    async def _show(
        self, interaction: Interaction, message: OutgoingMessage, mark: Mark, attempt: Attempt
    ) -> None:
        """Show a message to the requester, at the response_url or else in a direct message."""
        await attempt.check()
        url = interaction.share_url or interaction.ephemeral_url
        try:
            await self._slack.messages.respond(url, message, replace=False)
        except GaveUpError as error:
            log.info("response_url refused, a direct message is sent instead: %s", error.reason)
            channel = await self._slack.directory.open_dm(interaction.report.user)
            await self._slack.messages.post_once(channel, message, mark, attempt)

    def _link_to(self, interaction: Interaction) -> str:
        """Return the escaped permalink of a posted reply."""
        report, ts = interaction.report, interaction.reply_ts or ""
        return blocks.escape(self._slack.messages.permalink(report.channel, ts, report.thread))

    async def find_posted(self, interaction: Interaction, attempt: Attempt) -> str | None:
        """See `ReplyPoster.find_posted`."""
        report = interaction.report
        if report.private or not attempt.may_have_run:
            return None
        with ignoring("thread_not_found"):
            return await self._slack.messages.find_posted(
                report.channel, _mark(interaction), report.thread, attempt
            )
        return None

    async def share(self, reply_state: ReplyState, attempt: Attempt) -> Posted:
        """See `ReplyPoster.share`. Posted in the report's thread, if it has one."""
        report = reply_state.interaction.report
        context = replace(self._context(reply_state), private=False, intro=shared_by(reply_state))
        message = reply(reply_state.judgement, context)
        mark, thread = Mark(f"share-{reply_state.interaction.token}"), report.thread
        _, ts = await self._slack.messages.post_once(report.channel, message, mark, attempt, thread)
        return _posted(ts, message, attempt)

    async def tell_sharer(self, reply_state: ReplyState) -> None:
        """See `ReplyPoster.tell_sharer`. Ignored if the response_url has expired.

        Until the reply is posted, every failure is ignored: there will be another update.
        """
        interaction = reply_state.interaction
        context = replace(self._context(reply_state), intro="", sharing=wording.SHARING)
        if interaction.reply_ts is not None:
            link = self._link_to(interaction)
            context = replace(context, sharing=wording.SHARED.format(link=link))
        message = reply(reply_state.judgement, context)
        try:
            await self._slack.messages.respond(interaction.share_url, message, replace=True)
        except GaveUpError as error:
            log.info("private reply not replaced: %s", error.reason)
        except TryLaterError:
            if interaction.reply_ts is not None:
                raise

    def digest(self, reply_state: ReplyState) -> str:
        """See `ReplyPoster.digest`."""
        return self._rendered(reply_state).digest

    async def renew(self, reply_state: ReplyState) -> None:
        """See `ReplyPoster.renew`. Ephemeral replies have no ts: see `renew_ephemeral`."""
        interaction = reply_state.interaction
        if interaction.reply_ts is not None:
            with ignoring("message_not_found"):
                await self._slack.messages.update(
                    interaction.report.channel, interaction.reply_ts, self._rendered(reply_state)
                )

    async def renew_ephemeral(self, reply_state: ReplyState) -> None:
        """See `ReplyPoster.renew_ephemeral`."""
        try:
            await self._slack.messages.respond(
                reply_state.interaction.ephemeral_url, self._rendered(reply_state), replace=True
            )
        except GaveUpError as error:
            log.info("ephemeral reply not updated: %s", error.reason)

    async def remove(self, interaction: Interaction) -> None:
        """See `ReplyPoster.remove`."""
        if interaction.reply_ts is not None:
            await self._slack.messages.delete(interaction.report.channel, interaction.reply_ts)

    def _rendered(self, reply_state: ReplyState) -> OutgoingMessage:
        empty = not reply_state.interaction.text.strip()
        return reply(reply_state.judgement, self._context(reply_state), empty=empty)

    def _context(self, reply_state: ReplyState) -> ReplyContext:
        return ReplyContext.of(reply_state, self._slack.messages.permalink)


def _posted(ts: str, message: OutgoingMessage, attempt: Attempt) -> Posted:
    """Return what was posted; without a digest if an earlier attempt may have posted it."""
    return Posted(ts, "" if attempt.may_have_run else message.digest)


def _mark(interaction: Interaction) -> Mark:
    return Mark(f"{_REPLY}-{interaction.token}", (interaction.report.key,))
