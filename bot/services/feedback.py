"""Votes on whether an answer helped."""

from bot.domain.feedback import Reason, Vote
from bot.domain.openings import open_at
from bot.domain.reports import Interaction, Visibility
from bot.domain.verdicts import matches_of
from bot.recognition.recogniser import Recogniser
from bot.redaction.redact import redacted
from bot.services.reply_state import ReplyStates
from bot.storage.escalations import EscalationStore
from bot.storage.votes import VoteStore


class Feedback:
    """Stores votes on the article that a reply shows, the last one of each person and reply."""

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
        response_url: str = "",
    ) -> None:
        """Store a vote, with its words redacted, and show it on the escalation's card.

        Without an escalation, a job makes *Escalate* the next thing to do where it did not help.
        `response_url`: where an ephemeral reply is updated.
        """
        vote = Vote(voter, helped, self._shown_article(interaction), reason, redacted(words))
        escalation = await self._escalations.for_interaction(interaction.id)
        is_ephemeral = interaction.visibility is Visibility.EPHEMERAL and escalation is None
        await self._votes.save(interaction.id, vote, response_url if is_ephemeral else "")
        self._reply_states.recount()
        if escalation:
            await self._escalations.publish(escalation.id)

    def _shown_article(self, interaction: Interaction) -> str:
        judgement = self._recogniser.current_judgement(interaction)
        matches = matches_of(judgement.verdict)
        if not matches:
            return ""
        return open_at(matches, judgement.articles, interaction.opening)[0].article_id
