"""Follow-ups: what a message wants that comes after an answer, and whether it gets a reply."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.articles import ShownArticle
from bot.domain.matches import Match
from bot.domain.reports import Earlier, Interaction, Report, Trigger
from bot.domain.verdicts import (
    Answer,
    FollowUp,
    Intent,
    Judgement,
    Suggest,
    article_ids,
    matches_of,
)
from bot.recognition.follow_ups.intents import is_question
from bot.recognition.recogniser import Recogniser
from bot.services.ports import ReplyPoster
from bot.storage.interactions import InteractionStore
from bot.storage.relays import RelayStore
from bot.timings import Timings

_ABOUT_AN_ARTICLE = frozenset({Intent.WHY, Intent.SAFE, Intent.NOT_SOLVED, Intent.ASIDE})
"""Intents that say nothing where no answer came before."""

_MAY_DESCRIBE = frozenset({Intent.THANKS, Intent.OUTAGE, Intent.WHERE})
"""Intents whose words are also in descriptions of errors: "Xero is down for an upgrade"."""


class FollowUps:
    """Judges messages by what came before them in their conversation."""

    def __init__(
        self,
        recogniser: Recogniser,
        interactions: InteractionStore,
        relays: RelayStore,
        poster: ReplyPoster,
        timings: Timings,
    ) -> None:
        self._recogniser = recogniser
        self._interactions = interactions
        self._relays = relays
        self._poster = poster
        self._timings = timings

    async def judge(self, report: Report, before: int | None = None) -> Judgement:
        """Return the verdict on a report, as it is in its conversation.

        What an article answers is answered, whatever came before. `before`: the id of its
        interaction, if it is stored.
        """
        judgement = self._recogniser.judge(report.text, report.trigger)
        is_heard = report.trigger is Trigger.HEARD
        if isinstance(judgement.verdict, Answer) or (is_heard and not report.is_reply):
            return judgement
        intent = self._recogniser.intent(report.text, addressed=not is_heard)
        if intent is None or (is_heard and intent is Intent.ASIDE):
            return judgement
        earlier = await self._earlier(report, before)
        if is_heard and not self._is_askers_first(report, earlier):
            return judgement
        return self._follow_up(report, intent, earlier) or judgement

    async def is_with_support(self, report: Report) -> bool:
        """Whether a message in a direct message's thread goes to support, and the bot is quiet."""
        if report.thread_ts is None or not self._poster.is_direct(report.channel):
            return False
        found = await self._relays.escalation_of_thread(report.channel, report.thread_ts)
        return found is not None

    async def is_due(self, interaction: Interaction) -> bool:
        """Whether a follow-up gets its reply: always if the bot was asked, else once a thread.

        Raises TryLaterError, GaveUpError.
        """
        report = interaction.report
        if report.trigger is Trigger.ADDRESSED:
            return True
        earlier = await self._earlier(report, interaction.id)
        return self._is_askers_first(report, earlier) and await self._poster.is_alone(report)

    async def _earlier(self, report: Report, before: int | None) -> Sequence[Earlier]:
        if not (report.is_reply or self._poster.is_direct(report.channel)):
            return ()
        return await self._interactions.earlier(report, self._timings.conversation, before)

    def _is_askers_first(self, report: Report, earlier: Sequence[Earlier]) -> bool:
        """Whether it is the first follow-up in its thread, by the person who was answered."""
        answer = self._last_answer(earlier)
        if answer is None or answer.interaction.report.user != report.user:
            return False
        if any(one.escalated for one in earlier):
            return False
        heard = (one for one in earlier if one.interaction.report.trigger is Trigger.HEARD)
        return not any(_follow_up_of(one) for one in heard)

    def _last_answer(self, earlier: Sequence[Earlier]) -> Earlier | None:
        """Return the last interaction with an article."""
        return next((one for one in earlier if article_ids(self._shown(one).verdict)), None)

    def _shown(self, one: Earlier) -> Judgement:
        return self._recogniser.current_judgement(one.interaction)

    def _follow_up(
        self, report: Report, intent: Intent, earlier: Sequence[Earlier]
    ) -> Judgement | None:
        """Return the follow-up; None if it is to be recognised like any other message."""
        answer = self._last_answer(earlier)
        if answer is None:
            return self._without_answer(report, intent, earlier)
        # the form is filled from the last report, the article is that of the last answer
        last = next((one for one in earlier if not _follow_up_of(one)), answer)
        about = last if intent is Intent.PERSON else answer
        shown = self._shown(answer)
        follow_up = FollowUp(
            intent,
            about.interaction.id,
            about.interaction.token,
            matches_of(shown.verdict)[0],
        )
        if intent is Intent.WHERE:
            return self._with_steps(report, follow_up, shown)
        return _judged(follow_up, shown.articles[matches_of(shown.verdict)[0].article_id])

    def _without_answer(
        self, report: Report, intent: Intent, earlier: Sequence[Earlier]
    ) -> Judgement | None:
        """Return the follow-up where no article was shown before."""
        if intent in _ABOUT_AN_ARTICLE:
            return None
        about = next((one.interaction for one in earlier if not _follow_up_of(one)), None)
        follow_up = FollowUp(intent)
        if about is not None and intent is Intent.PERSON:
            follow_up = FollowUp(intent, about.id, about.token)
        verdict = self._recogniser.verdict(report.text, report.trigger)
        describes = intent in _MAY_DESCRIBE and not is_question(report.text)
        if describes and isinstance(verdict, Suggest):
            return None
        if intent is Intent.WHERE:
            found = self._with_steps(report, follow_up, None)
            return found if found.articles else None
        return _judged(follow_up)

    def _with_steps(
        self, report: Report, follow_up: FollowUp, shown: Judgement | None
    ) -> Judgement:
        """Return the follow-up with the step that names what the report asks for."""
        knowledge, search = self._recogniser.knowledge, self._recogniser.steps
        words = search.named_words(report.text)
        matches = matches_of(shown.verdict) if shown else ()
        articles = [(match, shown.articles[match.article_id]) for match in matches if shown]
        if articles and not words:
            match, article = articles[0]
            steps = tuple(range(len(article.steps)))
            return _judged(replace(follow_up, match=match, steps=steps), article)
        for match, article in articles:
            index = search.in_article(words, article)
            if index is not None:
                return _judged(replace(follow_up, match=match, steps=(index,)), article)
        found = search.by_name(words) if words else None
        if found is None:
            return _judged(replace(follow_up, match=None))
        article_id, index = found
        match = Match(article_id, "", 0.0, "", {})
        return _judged(
            replace(follow_up, match=match, steps=(index,), elsewhere=True), knowledge[article_id]
        )


def _follow_up_of(one: Earlier) -> FollowUp | None:
    judgement = one.interaction.judgement
    verdict = judgement.verdict if judgement else None
    return verdict if isinstance(verdict, FollowUp) else None


def _judged(follow_up: FollowUp, article: ShownArticle | None = None) -> Judgement:
    return Judgement(follow_up, {article.id: article} if article else {})
