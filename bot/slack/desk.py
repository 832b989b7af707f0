"""Puts replies, cards and notes up in Slack. Implements `bot.domain.ports.Desk`."""

import logging
from dataclasses import replace

from bot.domain.articles import KnowledgeBase
from bot.domain.errors import GaveUpError
from bot.domain.escalations import Escalation
from bot.domain.reports import Interaction, Report
from bot.domain.verdicts import Verdict
from bot.slack import cards
from bot.slack.inbound import text_of
from bot.slack.outbound import Outbound
from bot.slack.replies import Footer, reply

log = logging.getLogger(__name__)


class SlackDesk:
    """The desk of one workspace. `channel` gets the cards, `mention` is whom they name."""

    def __init__(self, outbound: Outbound, knowledge: KnowledgeBase, channel: str, mention: tuple[str, ...]) -> None:
        self._outbound = outbound
        self._knowledge = knowledge
        self._channel = channel
        self._mention = mention

    async def question(self, report: Report) -> str:
        """See `Desk.question`. A thread that cannot be read is an empty question: the reply says what to paste."""
        try:
            return text_of(await self._outbound.first_in_thread(report.channel, report.thread))
        except GaveUpError as error:
            log.warning("a thread's first message cannot be read: %s", error.reason)
            return ""

    async def reply(self, interaction: Interaction, verdict: Verdict, *, again: bool) -> str:
        """See `Desk.reply`."""
        report = interaction.report
        made = reply(verdict, self._knowledge, Footer.of(interaction), empty=not report.text.strip())
        key = f"reply-{interaction.token}"
        _, ts = await self._outbound.post_once(report.channel, made, key, again=again, thread=report.thread)
        return ts

    async def share(self, interaction: Interaction, verdict: Verdict, *, again: bool) -> str:
        """See `Desk.share`."""
        footer = replace(Footer.of(interaction), private=False, shared_by=interaction.report.user)
        made = reply(verdict, self._knowledge, footer)
        key = f"share-{interaction.token}"
        _, ts = await self._outbound.post_once(interaction.report.channel, made, key, again=again)
        return ts

    async def card(
        self, escalation: Escalation, interaction: Interaction, verdict: Verdict, *, again: bool
    ) -> tuple[str, str]:
        """See `Desk.card`. A card without its link is better than no card."""
        link = None
        if place := _public_place(interaction):
            try:
                link = await self._outbound.link(*place)
            except GaveUpError as error:
                log.warning("%s: no link to its thread: %s", escalation.name, error.reason)
        made = cards.card(escalation, link, self._mention, verdict, self._knowledge)
        return await self._outbound.post_once(self._channel, made, f"card-{interaction.token}", again=again)

    async def note(self, escalation: Escalation, interaction: Interaction, *, again: bool) -> str:
        """See `Desk.note`. Who asked privately hears of it in a direct message: there is no thread."""
        made = cards.note(escalation, private=_public_place(interaction) is None)
        channel, thread = interaction.place or (await self._outbound.direct(escalation.requester), None)
        if escalation.note_ts is not None:
            await self._outbound.update(channel, escalation.note_ts, made)
            return escalation.note_ts
        key = f"note-{interaction.token}"
        _, ts = await self._outbound.post_once(channel, made, key, again=again, thread=thread)
        return ts

    async def mark(self, escalation: Escalation, interaction: Interaction, verdict: Verdict) -> None:
        """See `Desk.mark`. A private reply is not a message of ours; whoever pressed its button replaces it."""
        if interaction.reply_ts is None:
            return
        made = reply(verdict, self._knowledge, Footer.of(interaction, escalation))
        await self._outbound.update(interaction.report.channel, interaction.reply_ts, made)


def _public_place(interaction: Interaction) -> tuple[str, str] | None:
    """Channel and thread that others than the asker can open: not a direct message."""
    place = interaction.place
    return None if place is None or place[0].startswith("D") else place
