"""People say whether an answer helped."""

from bot.domain.feedback import Reason, Vote
from bot.domain.reports import Interaction
from bot.domain.verdicts import article_ids
from bot.recognition.recogniser import Recogniser
from bot.redaction.redact import redacted
from bot.services.reply_state import ReplyStates
from bot.storage.escalations import EscalationStore
from bot.storage.votes import VoteStore


class Feedback:
    """Keeps votes: one a person and reply, the last one counts, for the article on top."""

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
        """Keep a vote; who works on the escalation sees it. Secrets and addresses are taken out of the words."""
        articles = article_ids(self._recogniser.current_judgement(interaction).verdict)
        article_id = articles[0] if articles else ""
        await self._votes.save(
            interaction.id, Vote(voter, helped, article_id, reason, redacted(words))
        )
        self._reply_states.recount()
        if escalation := await self._escalations.for_interaction(interaction.id):
            await self._escalations.publish(escalation.id)
