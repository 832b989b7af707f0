"""Loading of escalations with everything that Slack shows of them."""

from bot.domain.cases import Case
from bot.domain.relays import RelayKind
from bot.recognition.recogniser import Recogniser
from bot.storage.escalations import EscalationStore
from bot.storage.interactions import InteractionStore
from bot.storage.relays import RelayStore
from bot.storage.votes import VoteStore


class CaseLoader:
    """Loads cases from the stores."""

    def __init__(
        self,
        recogniser: Recogniser,
        escalations: EscalationStore,
        interactions: InteractionStore,
        votes: VoteStore,
        relays: RelayStore,
    ) -> None:
        self._recogniser = recogniser
        self._escalations = escalations
        self._interactions = interactions
        self._votes = votes
        self._relays = relays

    async def of(self, escalation_id: int) -> Case:
        """Returns the case of an escalation. Raises KeyError if there is none."""
        escalation = await self._escalations.get(escalation_id)
        interaction = await self._interactions.get(escalation.interaction_id)
        history = await self._escalations.history(escalation_id)
        votes = await self._votes.for_interaction(interaction.id)
        # an edit changes the reply, but not the answer that was escalated
        escalated = await self._interactions.escalated(interaction.id)
        judgement = self._recogniser.current_judgement(escalated)
        typed = await self._relays.count(escalation_id, RelayKind.BOX)
        return Case(
            escalation,
            interaction,
            judgement,
            history,
            votes,
            typed,
            escalated.opening,
            names=self._recogniser.knowledge.names,
        )
