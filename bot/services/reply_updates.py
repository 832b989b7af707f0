"""Updates of posted replies when what they show has changed."""

from dataclasses import replace
from secrets import token_hex

from bot.domain.errors import TryLaterError
from bot.domain.jobs import Attempt
from bot.domain.reports import Interaction
from bot.services.ports import ReplyPoster
from bot.services.reply_state import ReplyStates
from bot.storage.interactions import InteractionStore

MAX_UPDATES = 5


class ReplyUpdates:
    """Updates a reply only if its content changed: Slack allows one update every three seconds."""

    def __init__(
        self, interactions: InteractionStore, reply_states: ReplyStates, poster: ReplyPoster
    ) -> None:
        self._interactions = interactions
        self._reply_states = reply_states
        self._poster = poster

    async def redraw_ephemeral(self, interaction: Interaction) -> bool:
        """Update the ephemeral reply of an interaction; False if it has none to update.

        Raises:
            TryLaterError: Slack refuses for now.
        """
        if not interaction.ephemeral_url:
            return False
        await self._poster.renew_ephemeral(await self._reply_states.of(interaction))
        await self._interactions.clear_ephemeral_url(interaction)
        return True

    async def redraw(self, interaction: Interaction, attempt: Attempt) -> bool:
        """Update the interaction's posted reply if its content changed; False if it did not.

        Several jobs may do so at once, in several processes. Before an update, each stores its own
        mark instead of the digest, so that no other job takes the digest for what Slack shows. A
        job whose mark was overwritten may have sent older content last, so it updates again. So
        does one whose earlier attempt had an unknown outcome.

        Raises:
            TryLaterError, GaveUpError: Slack refuses, or other jobs keep changing the reply.
        """
        is_doubtful, is_updated = attempt.may_have_run, False
        for _ in range(MAX_UPDATES):
            reply_state = await self._reply_states.of(interaction)
            digest = self._poster.digest(reply_state)
            if interaction.reply_ts is None or (digest == interaction.shown and not is_doubtful):
                return is_updated
            mark = f"update {token_hex(8)}"
            if await self._interactions.mark_shown(interaction, mark):
                await self._poster.renew(reply_state)
                if await self._interactions.mark_shown(replace(interaction, shown=mark), digest):
                    return True
                is_doubtful = is_updated = True
            interaction = await self._interactions.get(interaction.id)
        raise TryLaterError("other jobs keep changing the reply")
