"""Loading of replies with everything that Slack shows of them."""

from collections.abc import Callable

from bot.domain.feedback import Ratings, current
from bot.domain.replies import ReplyState
from bot.domain.reports import Interaction
from bot.domain.verdicts import answered
from bot.recognition.recogniser import Recogniser
from bot.storage.escalations import EscalationStore
from bot.storage.votes import VoteStore
from bot.timings import Timings


class ReplyStates:
    """Loads what is shown of an interaction. `clock` returns seconds of any monotonic clock."""

    def __init__(
        self,
        recogniser: Recogniser,
        escalations: EscalationStore,
        votes: VoteStore,
        clock: Callable[[], float],
        timings: Timings,
    ) -> None:
        self._recogniser = recogniser
        self._escalations = escalations
        self._votes = votes
        self._clock = clock
        self._timings = timings
        self._counted: tuple[float, Ratings] | None = None

    async def of(self, interaction: Interaction, *, new: bool = False) -> ReplyState:
        """Returns what the interaction's reply shows now.

        `new`: no reply was posted, so nobody can have escalated it or voted on it. A follow-up
        shows the escalation of the answer that it is about.
        """
        judgement = self._recogniser.current_judgement(interaction)
        about = answered(judgement.verdict) or interaction.id
        unseen = new and about == interaction.id
        escalation = None if unseen else await self._escalations.for_interaction(about)
        may_be_unhelpful = not new and escalation is None
        unhelpful = may_be_unhelpful and await self._votes.is_unhelpful(interaction.id)
        return ReplyState(
            interaction,
            judgement,
            self._recogniser.knowledge.names,
            await self._ratings(),
            escalation,
            unhelpful=unhelpful,
        )

    def recount(self) -> None:
        """Count the votes again with the next reply."""
        self._counted = None

    async def _ratings(self) -> Ratings:
        if self._counted is None or self._clock() - self._counted[0] > self._timings.vote_count:
            self._counted = self._clock(), await self._votes.ratings()
        knowledge = self._recogniser.knowledge
        ratings = current(self._counted[1], knowledge)
        return {
            **ratings,
            **{old: ratings[new] for old, new in knowledge.formerly.items() if new in ratings},
        }
