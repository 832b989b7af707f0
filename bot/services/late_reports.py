"""What became of reports that came late, as their threads show it."""

from typing import NamedTuple

from bot.domain.replies import FoundReply
from bot.domain.reports import Report
from bot.services.ports import ReplyPoster
from bot.storage.interactions import InteractionStore
from bot.storage.relays import RelayStore


class Fate(NamedTuple):
    """What became of a report.

    `is_over`: it is with support by now, or a person has answered it. `reply_ts`: the bot answered
    it, but this database does not know, as it was restored from a backup.
    """

    is_over: bool = False
    reply_ts: str | None = None


class LateReports:
    """Looks whether reports that the bot got long after they were written still need a reply."""

    def __init__(
        self, interactions: InteractionStore, relays: RelayStore, poster: ReplyPoster
    ) -> None:
        self._interactions = interactions
        self._relays = relays
        self._poster = poster

    async def fate_of(self, report: Report) -> Fate:
        """Returns what became of a report; nothing is looked for if it is not late.

        Raises TryLaterError.
        """
        if not report.late or report.thread is None:
            return Fate()
        if await self._relays.escalation_of_thread(report.channel, report.thread) is not None:
            return Fate(is_over=True)
        answers = await self._poster.answers_after(report)
        for reply in answers.replies:
            if await self._answers(reply, report, report.thread):
                return Fate(reply_ts=reply.ts)
        return Fate(is_over=answers.by_person)

    async def _answers(self, reply: FoundReply, report: Report, thread: str) -> bool:
        if reply.source:
            return reply.source == report.key
        return not await self._interactions.is_reply(report.channel, thread, reply.ts)
