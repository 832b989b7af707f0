"""Follow-ups: what a message wants that comes after an answer, and whether it gets a reply."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.articles import ShownArticle
from bot.domain.causes import Cause
from bot.domain.matches import Match
from bot.domain.openings import open_at
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
from bot.recognition.follow_ups.readings import asks_whether_there, cause_read
from bot.recognition.recogniser import Recogniser
from bot.services.ports import ReplyPoster
from bot.storage.interactions import InteractionStore
from bot.storage.relays import RelayStore
from bot.timings import Timings

_ABOUT_AN_ARTICLE = frozenset({Intent.WHY, Intent.SAFE, Intent.NOT_SOLVED, Intent.ASIDE})
"""Intents that say nothing where no answer came before."""

_MAY_DESCRIBE = frozenset({Intent.THANKS, Intent.OUTAGE, Intent.WHERE, Intent.GREETING})
"""Intents whose words are also in descriptions of errors: "Xero is down for an upgrade"."""

_MAY_BE_READ = frozenset({None, Intent.NOT_SOLVED, Intent.ASIDE, Intent.WHERE})
"""What rules say of "it's paid" and "it's not there", which may tell what was read."""


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
        judgement = await self._recogniser.judged(report.text, report.hearing)
        is_heard = report.trigger is Trigger.HEARD
        if isinstance(judgement.verdict, Answer) or (is_heard and not report.is_reply):
            return judgement
        intent = self._recogniser.intent(report.text, addressed=not is_heard)
        may_be_read = intent in _MAY_BE_READ and self._recogniser.readings.may_be_one(report.text)
        wants_nothing = intent is None or (is_heard and intent is Intent.ASIDE)
        if wants_nothing and not may_be_read:
            return judgement
        earlier = await self._earlier(report, before)
        found = self._read(report, intent, earlier) if may_be_read else None
        if found is None and intent is not None and not wants_nothing:
            found = self._follow_up(report, intent, earlier)
        if found is None or (is_heard and not self._is_askers_first(report, found, earlier)):
            return judgement
        return found

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
        is_first = self._is_askers_first(report, interaction.judgement, earlier)
        return is_first and await self._poster.is_alone(report)

    async def _earlier(self, report: Report, before: int | None) -> Sequence[Earlier]:
        if not (report.is_reply or self._poster.is_direct(report.channel)):
            return ()
        return await self._interactions.earlier(report, self._timings.conversation, before)

    def _is_askers_first(
        self, report: Report, judgement: Judgement | None, earlier: Sequence[Earlier]
    ) -> bool:
        """Whether it is the first follow-up in its thread, by the person who was answered.

        What was read may come after another one, which may have asked for it.
        """
        answer = self._last_answer(earlier)
        if answer is None or answer.interaction.report.user != report.user:
            return False
        if any(one.escalated for one in earlier):
            return False
        heard = (one for one in earlier if one.interaction.report.trigger is Trigger.HEARD)
        before = [found for found in map(_follow_up_of, heard) if found]
        if _is_read(judgement):
            return not any(found.intent is Intent.READ for found in before)
        return not before

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
        match, cause = _about(answer, shown, earlier)
        follow_up = FollowUp(
            intent, about.interaction.id, about.interaction.token, match, cause=cause.id
        )
        if intent is Intent.WHERE:
            return self._with_steps(report, follow_up, shown)
        return _judged(follow_up, shown.articles[match.article_id])

    def _read(
        self, report: Report, intent: Intent | None, earlier: Sequence[Earlier]
    ) -> Judgement | None:
        """Return the follow-up about the cause that somebody read; None if it is not one."""
        answer = self._last_answer(earlier)
        if answer is None:
            return None
        shown = self._shown(answer)
        match, _ = _about(answer, shown, earlier)
        article = shown.articles[match.article_id]
        cause = cause_read(report.text, article)
        # "it's not there" is about a button, unless the answer asks whether something is there
        if cause is None or (intent is Intent.WHERE and not asks_whether_there(article)):
            return None
        about = answer.interaction
        return _judged(FollowUp(Intent.READ, about.id, about.token, match, cause=cause.id), article)

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
        verdict = self._recogniser.verdict(report.text, report.hearing)
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
        """Return the follow-up with the step that names what the report asks for.

        Where it names nothing, with all steps of the opened cause.
        """
        search = self._recogniser.steps
        words = search.named_words(report.text)
        for match, article, cause in _opened_first(follow_up, shown):
            steps = (
                search.in_article(words, article, cause)
                if words
                else tuple(article.indices_of(cause))
            )
            if steps is not None:
                found = replace(follow_up, match=match, cause=cause.id, steps=steps)
                return _judged(found, article)
        position = search.by_name(words) if words else None
        if position is None:
            return _judged(replace(follow_up, match=None))
        article_id, steps = position
        match = Match(article_id, "", 0.0, "", {})
        found = replace(follow_up, match=match, cause="", steps=steps, elsewhere=True)
        return _judged(found, self._recogniser.knowledge[article_id])


def _about(answer: Earlier, shown: Judgement, earlier: Sequence[Earlier]) -> tuple[Match, Cause]:
    """Return the article and the cause that an answer is about by now.

    That is what somebody has read since, else what it is open at.
    """
    read = next(
        (
            (found.match, found.cause)
            for found in map(_follow_up_of, earlier)
            if found and found.intent is Intent.READ and found.answered == answer.interaction.id
        ),
        None,
    )
    matches = matches_of(shown.verdict)
    if read and read[0] and (cause := shown.articles[read[0].article_id].cause(read[1])):
        return read[0], cause
    return open_at(matches, shown.articles, answer.interaction.opening)


def _opened_first(
    follow_up: FollowUp, shown: Judgement | None
) -> Iterator[tuple[Match, ShownArticle, Cause]]:
    """Yield what the answer is about, then its other articles at the cause of their messages."""
    if shown is None or follow_up.match is None:
        return
    opened = shown.articles[follow_up.match.article_id]
    yield follow_up.match, opened, opened.cause(follow_up.cause) or opened.usual
    for match in matches_of(shown.verdict):
        article = shown.articles[match.article_id]
        if article is not opened:
            yield match, article, article.cause_of(match.message)


def _follow_up_of(one: Earlier) -> FollowUp | None:
    judgement = one.interaction.judgement
    verdict = judgement.verdict if judgement else None
    return verdict if isinstance(verdict, FollowUp) else None


def _is_read(judgement: Judgement | None) -> bool:
    verdict = judgement.verdict if judgement else None
    return isinstance(verdict, FollowUp) and verdict.intent is Intent.READ


def _judged(follow_up: FollowUp, article: ShownArticle | None = None) -> Judgement:
    return Judgement(follow_up, {article.id: article} if article else {})
