"""Puts replies, cards and notes up in Slack. Implements `bot.domain.ports.Desk`."""

from bot.domain.articles import KnowledgeBase
from bot.domain.errors import GaveUpError
from bot.domain.escalations import Escalation
from bot.domain.reports import Interaction, Report
from bot.domain.verdicts import Verdict
from bot.slack import blocks, cards, wording
from bot.slack.inbound import text_of
from bot.slack.outbound import Outbound
from bot.slack.replies import Footer, Reply, reply


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
        except GaveUpError:
            return ""

    async def reply(self, interaction: Interaction, verdict: Verdict, *, again: bool) -> str:
        """See `Desk.reply`."""
        report = interaction.report
        made = reply(verdict, self._knowledge, Footer(interaction.id), empty=not report.text.strip())
        key = f"reply-{interaction.id}"
        _, ts = await self._outbound.post_once(report.channel, made, key, again=again, thread=report.thread)
        return ts

    async def share(self, interaction: Interaction, verdict: Verdict, *, again: bool) -> str:
        """See `Desk.share`."""
        report = interaction.report
        made = reply(verdict, self._knowledge, Footer(interaction.id, picked=interaction.article_id is not None))
        intro = wording.SHARED_BY.format(user=report.user)
        shared = Reply(f"{intro} {made.text}", [blocks.section(intro), *made.blocks])
        _, ts = await self._outbound.post_once(report.channel, shared, f"share-{interaction.id}", again=again)
        return ts

    async def card(
        self, escalation: Escalation, interaction: Interaction, verdict: Verdict, *, again: bool
    ) -> tuple[str, str]:
        """See `Desk.card`."""
        place = interaction.place
        link = await self._outbound.link(*place) if place else None
        made = cards.card(escalation, link, self._mention, verdict, self._knowledge)
        return await self._outbound.post_once(self._channel, made, f"card-{escalation.id}", again=again)

    async def note(self, escalation: Escalation, interaction: Interaction, *, again: bool) -> str:
        """See `Desk.note`. Who asked privately hears of it in a direct message: there is no thread."""
        made = cards.note(escalation, private=interaction.place is None)
        channel, thread = interaction.place or (await self._outbound.direct(escalation.requester), None)
        _, ts = await self._outbound.post_once(channel, made, f"note-{escalation.id}", again=again, thread=thread)
        return ts

    async def mark(self, escalation: Escalation, interaction: Interaction, verdict: Verdict) -> None:
        """See `Desk.mark`. A private reply is not a message of ours; whoever pressed its button replaces it."""
        if interaction.reply_ts is None:
            return
        footer = Footer(interaction.id, escalation=escalation, picked=interaction.article_id is not None)
        made = reply(verdict, self._knowledge, footer)
        await self._outbound.update(interaction.report.channel, interaction.reply_ts, made)
