"""Puts replies up in Slack. Implements `bot.domain.ports.Desk`."""

import logging
from dataclasses import replace

from bot.domain.errors import GaveUpError
from bot.domain.escalations import Escalation
from bot.domain.ports import Attempt
from bot.domain.reports import Interaction, Report
from bot.domain.verdicts import Verdict
from bot.services.triage import Engine
from bot.slack.inbound import text_of
from bot.slack.outbound import Outbound
from bot.slack.replies import Footer, reply

log = logging.getLogger(__name__)


class SlackDesk:
    """The desk of one workspace."""

    def __init__(self, outbound: Outbound, engine: Engine) -> None:
        self._outbound = outbound
        self._engine = engine

    async def question(self, report: Report) -> str:
        """See `Desk.question`. A thread that cannot be read is an empty question: the reply says what to paste."""
        try:
            return text_of(await self._outbound.first_in_thread(report.channel, report.thread))
        except GaveUpError as error:
            log.warning("a thread's first message cannot be read: %s", error.reason)
            return ""

    async def reply(self, interaction: Interaction, verdict: Verdict, attempt: Attempt) -> str:
        """See `Desk.reply`."""
        report = interaction.report
        made = reply(verdict, self._engine.knowledge, Footer.of(interaction), empty=not report.text.strip())
        key = f"reply-{interaction.token}"
        _, ts = await self._outbound.post_once(report.channel, made, key, attempt, report.thread)
        return ts

    async def share(self, interaction: Interaction, verdict: Verdict, attempt: Attempt) -> str:
        """See `Desk.share`."""
        footer = replace(Footer.of(interaction), private=False, shared_by=interaction.report.user)
        made = reply(verdict, self._engine.knowledge, footer)
        key = f"share-{interaction.token}"
        _, ts = await self._outbound.post_once(interaction.report.channel, made, key, attempt)
        return ts

    async def mark(self, escalation: Escalation, interaction: Interaction, verdict: Verdict) -> None:
        """See `Desk.mark`. A private reply is not a message of ours; whoever pressed its button replaces it."""
        if interaction.reply_ts is None:
            return
        made = reply(verdict, self._engine.knowledge, Footer.of(interaction, escalation))
        await self._outbound.update(interaction.report.channel, interaction.reply_ts, made)
