"""What has been said already is not said again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.matches import Match
from bot.domain.reports import Interaction, PriorAnswer, Report, Trigger
from bot.domain.verdicts import Abstain, Answer, Verdict, article_ids
from bot.recognition.same_error import has_new_names, same_error
from bot.services.ports import ReplyPoster
from bot.storage.interactions import InteractionStore
from bot.timings import Timings

MAX_COURTESY = 80
"""Characters."""
_SERIOUS = re.compile(
    r"xero|clickpos|error|fail|invalid|not|cannot|can't|doesn't|still|\?", re.IGNORECASE
)
Place = tuple[str, str, str]
"""Channel, ts and thread of a reply."""


class DuplicateFilter:
    """Looks back before a reply is given."""

    def __init__(
        self, interactions: InteractionStore, poster: ReplyPoster, timings: Timings
    ) -> None:
        self._interactions = interactions
        self._poster = poster
        self._timings = timings

    async def without(self, interaction: Interaction, verdict: Verdict) -> Interaction | None:
        """The interaction without what was said already: articles its thread has been told are suppressed, or an
        earlier reply is linked to. None: nothing is to be said.
        """
        report, asked = interaction.report, interaction.report.trigger is Trigger.ADDRESSED
        if isinstance(verdict, Abstain) and not asked:
            return None
        past = await self._interactions.prior_answers(
            interaction, article_ids(verdict), self._timings.recent_answer
        )
        here = [
            told for told in past if (told.channel, told.thread) == (report.channel, report.thread)
        ]
        if not isinstance(verdict, Answer):
            known = any(told.article_id for told in here)
            direct = self._poster.is_direct(report.channel)
            return None if known and direct and is_courtesy(interaction, verdict) else interaction
        if self._poster.is_direct(report.channel):
            return replace(
                interaction, suppressed_articles=frozenset(), linked_reply=None
            )  # who asks the bot alone is answered in full
        again = frozenset(match.article_id for match in verdict.matches if _tells(here, match))
        is_told = len(again) == len(verdict.matches)
        if not asked and (is_told or await self._is_helped(report, here)):
            return None
        if is_told:
            return replace(
                interaction,
                suppressed_articles=frozenset(),
                linked_reply=_reply_with(verdict, here),
            )
        elsewhere = [
            told
            for told in past
            if told not in here and not has_new_names(interaction.text, told.text)
        ]
        return replace(
            interaction,
            suppressed_articles=again,
            linked_reply=await self._elsewhere(verdict, elsewhere, report),
        )

    async def _elsewhere(
        self, answer: Answer, past: Sequence[PriorAnswer], report: Report
    ) -> Place | None:
        """The reply that the same person had in another thread, if who reads this one can open it. An app is nobody:
        it reports for many shops.
        """
        if not self._poster.is_person(report.user):
            return None
        earlier = _reply_with(answer, [told for told in past if told.user == report.user])
        if (
            earlier is None
            or earlier[0] == report.channel
            or await self._poster.is_public(earlier[0])
        ):
            return earlier
        return None

    async def _is_helped(self, report: Report, here: Sequence[PriorAnswer]) -> bool:
        """Whether a person has taken the thread up: nobody needs a bot that was not asked."""
        if not report.is_reply:
            return False
        return await self._poster.has_helper(report, {told.ts for told in here})


def _tells(past: Sequence[PriorAnswer], match: Match) -> bool:
    """Whether one of these replies answers this very error."""
    return any(told.match is not None and same_error(told.match, match) for told in past)


def _reply_with(answer: Answer, past: Sequence[PriorAnswer]) -> Place | None:
    """The first reply that answers all these errors itself."""
    replies: dict[Place, list[PriorAnswer]] = {}
    for one in past:
        if one.reply_ts and not one.linked:
            replies.setdefault((one.channel, one.reply_ts, one.thread), []).append(one)
    return next(
        (place for place, told in replies.items() if all(_tells(told, m) for m in answer.matches)),
        None,
    )


def is_courtesy(interaction: Interaction, verdict: Verdict) -> bool:
    """What follows an answer in a direct message, is short and names no error is mostly a word of thanks."""
    if interaction.file_results or verdict != Abstain():
        return False
    return len(interaction.text) <= MAX_COURTESY and not _SERIOUS.search(interaction.text)
