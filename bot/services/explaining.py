"""Explanations of messages that somebody asks for in the message's menu."""

import logging
from dataclasses import replace

from bot.domain.errors import TryLaterError
from bot.domain.jobs import Attempt
from bot.domain.replies import PrivateNotice
from bot.domain.reports import Interaction, Report
from bot.recognition.recogniser import Recogniser
from bot.redaction.redact import redacted
from bot.services.answer_log import log_reply
from bot.services.ports import ReplyPoster
from bot.services.reply_state import ReplyStates
from bot.services.triage import Triage
from bot.storage.interactions import InteractionStore
from bot.storage.private_replies import PrivateReplyStore

log = logging.getLogger(__name__)


class Explaining:
    """Explains a message in its thread, or to its asker alone if the bot cannot post there.

    Only Slack knows whether it can, so a job decides, after the message is stored.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        interactions: InteractionStore,
        private_replies: PrivateReplyStore,
        triage: Triage,
        reply_states: ReplyStates,
        poster: ReplyPoster,
    ) -> None:
        self._recogniser = recogniser
        self._interactions = interactions
        self._private_replies = private_replies
        self._triage = triage
        self._reply_states = reply_states
        self._poster = poster

    async def take(self, report: Report, response_url: str) -> None:
        """Store a private report of a message with its job, unless it is stored."""
        clean = replace(report, text=redacted(report.text))
        await self._private_replies.insert(clean, response_url)

    async def explain(self, interaction_id: int, attempt: Attempt) -> None:
        """The job: have the message answered in its thread, or answer its asker alone."""
        try:
            asked = await self._interactions.get(interaction_id)
        except KeyError:
            return  # it is answered in its thread, or was answered before
        report, is_undecided = asked.report, asked.judgement is None
        if not (is_undecided or asked.ephemeral_url):
            return
        is_member = await self._poster.is_member(report.channel)
        if is_undecided and is_member and await self._answer_openly(asked, attempt):
            return
        if is_member is False and report.files and not report.text.strip():
            await self._poster.notify(asked, PrivateNotice.FILES_UNREADABLE, attempt)
            await self._interactions.drop(asked)
            return
        await self._answer_privately(asked, attempt)
        if is_member is False:
            await self._hint(asked, attempt)
        await self._interactions.clear_ephemeral_url(asked)

    async def _answer_openly(self, asked: Interaction, attempt: Attempt) -> bool:
        """Have the message answered in its thread, or link to its reply.

        False if that reply is still under way or was refused for good.
        """
        ts = asked.report.message_ts or asked.report.key
        report = replace(asked.report, key=ts, private=False)
        if await self._triage.take(report, instead_of=asked.id):
            return True
        known = await self._interactions.by_key(report.channel, report.key)
        if known is None or known.reply_ts is None:
            return False
        await self._poster.link_reply(asked, known, attempt)
        await self._interactions.drop(asked)
        return True

    async def _answer_privately(self, asked: Interaction, attempt: Attempt) -> None:
        if asked.judgement is None:
            judgement = await self._recogniser.judged(asked.text, asked.report.hearing)
            self._triage.counts.add(asked.report.trigger, judgement.verdict)
            await self._private_replies.make_private(asked, judgement)
            asked = await self._interactions.get(asked.id)
        reply_state = await self._reply_states.of(asked)
        await self._poster.reply_privately(reply_state, attempt)
        log_reply(asked, reply_state.judgement.verdict, attempt.since)

    async def _hint(self, asked: Interaction, attempt: Attempt) -> None:
        """Say why the reply is private. Not repeated, as the reply would be shown again with it."""
        try:
            await self._poster.notify(asked, PrivateNotice.NOT_A_MEMBER, attempt)
        except TryLaterError as error:
            log.info("a hint under a private reply is not shown: %s", error.reason)
