"""Notices: posts about changes that somebody waits for, as Slack notifies nobody of an edit."""

import logging
from contextlib import nullcontext

from bot.domain.cases import Case
from bot.domain.errors import GaveUpError, TryLaterError, after_a_post
from bot.domain.escalation_history import is_last_reminder, notices_of
from bot.domain.escalations import Change, Role, Verb
from bot.domain.jobs import Attempt
from bot.services.card_thread import posting_under_card
from bot.services.case import CaseLoader
from bot.services.delivery_log import Delivery, log_delivery
from bot.services.ports import NoticePoster
from bot.storage.escalations import EscalationStore
from bot.timings import Timings

log = logging.getLogger(__name__)


class AnswerFirstError(TryLaterError):
    """A notice waits for an answer; nothing has failed."""

    counts = False


class Notices:
    """Posts notices of changes in the threads where somebody waits, once and in order.

    `last_reminder`: number of the reminder, from 1, after which the requester hears of it.
    """

    def __init__(
        self,
        cases: CaseLoader,
        escalations: EscalationStore,
        poster: NoticePoster,
        last_reminder: int,
        timings: Timings,
    ) -> None:
        self._cases = cases
        self._escalations = escalations
        self._poster = poster
        self._last_reminder = last_reminder
        self._timings = timings

    async def post(self, escalation_id: int, attempt: Attempt) -> None:
        """The job after a change: post what was not posted yet."""
        case = await self._cases.of(escalation_id)
        for change in case.history:
            if change.number <= case.escalation.noticed or not (sides := self._sides(case, change)):
                continue
            if change.verb is Verb.RESOLVE and not attempt.may_have_run:
                await self._let_answers_pass(escalation_id)
            reached = []
            for number, side in enumerate(sides):
                with after_a_post() if number else nullcontext():
                    if await self._post(case, change, side, attempt):
                        reached.append(side.value)
            await self._escalations.set_noticed(escalation_id, change.number)
            if reached:
                name, verb = case.escalation.name, change.verb.value
                log_delivery(name, Delivery.NOTICE, change.at, step=verb, to=reached)

    def _sides(self, case: Case, change: Change) -> tuple[Role, ...]:
        """Return who waits for a change; the requester, if nobody answers after all reminders."""
        if change.verb is not Verb.REMIND:
            return notices_of(change)
        is_last = is_last_reminder(case.history, change, self._last_reminder)
        return (Role.REQUESTER,) if is_last else ()

    async def _let_answers_pass(self, escalation_id: int) -> None:
        """Raises TryLaterError while an answer is on its way: people send one and then resolve."""
        if await self._escalations.is_answer_under_way(escalation_id):
            raise AnswerFirstError("an answer is on its way", self._timings.answer_first)

    async def _post(self, case: Case, change: Change, side: Role, attempt: Attempt) -> bool:
        """Post a notice to one side; False if Slack refuses it for good."""
        if side is Role.REQUESTER:
            return await self._post_to_requester(case, change, attempt)
        if case.escalation.card_ts is None:
            # a later attempt would look for this post under the card
            raise TryLaterError("there is no card to post under yet", self._timings.card_retry)
        async with posting_under_card(case.escalation.id, self._escalations, self._timings):
            await self._poster.notice(case, change, side, attempt)
        return True

    async def _post_to_requester(self, case: Case, change: Change, attempt: Attempt) -> bool:
        try:
            await self._poster.notice(case, change, Role.REQUESTER, attempt)
        except GaveUpError as error:
            # the thread may be in a channel that the bot left; support's notice must go on
            log.warning(
                "%s: the requester's notice could not be posted: %s",
                case.escalation.name,
                error.reason,
            )
            return False
        return True
