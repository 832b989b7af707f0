"""Votes on whether an answer helped."""

from bot.domain.feedback import Reason, Vote
from bot.domain.reports import Interaction
from bot.domain.verdicts import article_ids
from bot.recognition.recogniser import Recogniser
from bot.redaction.redact import redacted
from bot.services.reply_state import ReplyStates
from bot.storage.escalations import EscalationStore
from bot.storage.votes import VoteStore


class Feedback:
    """Stores votes on the first article of a reply, the last one of each person and reply."""

    def __init__(
        self,
        recogniser: Recogniser,
        votes: VoteStore,
        escalations: EscalationStore,
        reply_states: ReplyStates,
    ) -> None:
        self._recogniser = recogniser
        self._votes = votes
        self._escalations = escalations
        self._reply_states = reply_states

    async def vote(
        self,
        interaction: Interaction,
        voter: str,
        *,
        helped: bool,
        reason: Reason | None = None,
        words: str = "",
    ) -> None:
        """Store a vote, with its words redacted, and show it on the escalation's card."""
        articles = article_ids(self._recogniser.current_judgement(interaction).verdict)
        article_id = articles[0] if articles else ""
        await self._votes.save(
            interaction.id, Vote(voter, helped, article_id, reason, redacted(words))
        )
        self._reply_states.recount()
        if escalation := await self._escalations.for_interaction(interaction.id):
            await self._escalations.publish(escalation.id)
