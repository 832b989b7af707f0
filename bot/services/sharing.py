"""Sharing of private replies with their channel."""

from bot.domain.jobs import Attempt
from bot.domain.replies import PrivateNotice
from bot.domain.report_rules import is_silence
from bot.domain.reports import Interaction
from bot.services.answer_log import log_reply
from bot.services.ports import ReplyPoster
from bot.services.reply_state import ReplyStates
from bot.storage.interactions import InteractionStore
from bot.storage.private_replies import PrivateReplyStore


class Sharing:
    """Shares a reply once, however often the button is clicked."""

    def __init__(
        self,
        interactions: InteractionStore,
        private_replies: PrivateReplyStore,
        reply_states: ReplyStates,
        poster: ReplyPoster,
    ) -> None:
        self._interactions = interactions
        self._private_replies = private_replies
        self._reply_states = reply_states
        self._poster = poster

    async def share(self, interaction_id: int, url: str) -> None:
        """Enqueue the job, and store the address at which the private reply is updated."""
        await self._private_replies.set_share_url(interaction_id, url)

    async def show(self, interaction_id: int, attempt: Attempt) -> None:
        """The job: post the reply, and update the private one.

        Both are sent here, in order: sent by a listener, "on its way" could arrive last.
        """
        try:
            interaction = await self._interactions.get(interaction_id)
        except KeyError:
            return
        if interaction.deleted:
            return
        if interaction.reply_ts is None:
            if not await self._post(interaction, attempt):
                return
            interaction = await self._interactions.get(interaction_id)
        if interaction.share_url:
            await self._poster.tell_sharer(await self._reply_states.of(interaction))
            await self._private_replies.clear_share_url(interaction)

    async def _post(self, interaction: Interaction, attempt: Attempt) -> bool:
        """Post the reply; False if the bot cannot, or if an edit left no answer."""
        reply_state = await self._reply_states.of(interaction)
        if is_silence(reply_state.judgement, interaction.report):
            return False
        if refusal := await self._refusal(interaction, attempt):
            await self._poster.notify(interaction, refusal, attempt)
            await self._private_replies.clear_share_url(interaction)
            return False
        if interaction.share_url and attempt.number == 1:
            await self._poster.tell_sharer(reply_state)
        posted = await self._poster.share(reply_state, attempt)
        await self._interactions.mark_replied(interaction, posted)
        log_reply(interaction, reply_state.judgement.verdict, attempt.since)
        return True

    async def _refusal(self, interaction: Interaction, attempt: Attempt) -> PrivateNotice | None:
        """Return why the reply cannot be shared, or None. Slack is asked once.

        An attempt that does not know whether the reply is posted is refused only if it cannot be.
        """
        if attempt.number > 1 and not attempt.may_have_run:
            return None
        is_member = await self._poster.is_member(interaction.report.channel)
        if is_member is None:
            return None if attempt.may_have_run else PrivateNotice.SHARE_UNSURE
        return None if is_member else PrivateNotice.SHARE_REFUSED
