"""Suppression of answers that the thread or the author has already received."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.matches import Match
from bot.domain.reports import Interaction, PriorAnswer, Report, Trigger
from bot.domain.verdicts import Abstain, Answer, Verdict, article_ids
from bot.recognition.recogniser import Recogniser
from bot.recognition.same_error import has_new_names, same_error
from bot.services.ports import ReplyPoster
from bot.storage.interactions import InteractionStore
from bot.timings import Timings

ReplyPosition = tuple[str, str, str]
"""Channel, ts and thread of a reply."""


class RepeatedAnswers:
    """Removes earlier answers from a reply before it is posted."""

    def __init__(
        self,
        recogniser: Recogniser,
        interactions: InteractionStore,
        poster: ReplyPoster,
        timings: Timings,
    ) -> None:
        self._recogniser = recogniser
        self._interactions = interactions
        self._poster = poster
        self._timings = timings

    async def without(self, interaction: Interaction, verdict: Verdict) -> Interaction | None:
        """Returns the interaction without earlier answers; None if there is nothing left to reply.

        Articles that its thread already has are suppressed, or an earlier reply is linked.
        """
        report, asked = interaction.report, interaction.report.trigger is Trigger.ADDRESSED
        if isinstance(verdict, Abstain) and not asked:
            return None
        if not isinstance(verdict, Answer):
            return interaction
        past = await self._interactions.prior_answers(
            interaction, article_ids(verdict), self._timings.recent_answer
        )
        here = [
            prior
            for prior in past
            if (prior.channel, prior.thread) == (report.channel, report.thread)
        ]
        if self._poster.is_direct(report.channel):
            # a direct message is always answered in full
            return replace(interaction, suppressed_articles=frozenset(), linked_reply=None)
        again = frozenset(match.article_id for match in verdict.matches if _answers(here, match))
        is_answered = len(again) == len(verdict.matches)
        if not asked and (is_answered or await self._has_human_reply(report, here)):
            return None
        if is_answered:
            link = _reply_with(verdict, here)
            return replace(interaction, suppressed_articles=frozenset(), linked_reply=link)
        names = self._recogniser.knowledge.names
        elsewhere = [
            prior
            for prior in past
            if prior not in here and not has_new_names(interaction.text, prior.text, names)
        ]
        link = await self._elsewhere(verdict, elsewhere, report)
        return replace(interaction, suppressed_articles=again, linked_reply=link)

    async def _elsewhere(
        self, answer: Answer, past: Sequence[PriorAnswer], report: Report
    ) -> ReplyPosition | None:
        """Returns the reply to the same person in another thread, if readers here can open it.

        None for an app: it reports for many shops.
        """
        if not self._poster.is_person(report.user):
            return None
        earlier = _reply_with(answer, [prior for prior in past if prior.user == report.user])
        if (
            earlier is None
            or earlier[0] == report.channel
            or await self._poster.is_public(earlier[0])
        ):
            return earlier
        return None

    async def _has_human_reply(self, report: Report, here: Sequence[PriorAnswer]) -> bool:
        """Whether a person has replied in the thread, where the bot was not asked."""
        if not report.is_reply:
            return False
        return await self._poster.has_human_reply(report, {prior.ts for prior in here})


def _answers(past: Sequence[PriorAnswer], match: Match) -> bool:
    """Whether one of these replies answers the same error."""
    return any(prior.match is not None and same_error(prior.match, match) for prior in past)


def _reply_with(answer: Answer, past: Sequence[PriorAnswer]) -> ReplyPosition | None:
    """Returns the first reply that answers all errors of the answer itself, not by a link."""
    replies: dict[ReplyPosition, list[PriorAnswer]] = {}
    for one in past:
        if one.reply_ts and not one.linked:
            replies.setdefault((one.channel, one.reply_ts, one.thread), []).append(one)
    return next(
        (
            position
            for position, priors in replies.items()
            if all(_answers(priors, match) for match in answer.matches)
        ),
        None,
    )
