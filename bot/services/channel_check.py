"""The channels that the bot cannot do without: whether it can still post there, and who hears of it if not."""

from collections.abc import Collection

from bot.domain.errors import TryLaterError
from bot.domain.ports import Attempt, Board, Channels, Jobs
from bot.services.announcing import PATIENCE_SECONDS

CHANNELS = "channels"
"""Kind of the job that looks at them. There is one, with the subject 0."""


class ChannelCheck:
    """Looks at the channels for cards and operators when one of them may be lost, until none is.

    `needed`: their ids.
    """

    def __init__(self, channels: Channels, jobs: Jobs, board: Board, needed: Collection[str]) -> None:
        self._channels = channels
        self._jobs = jobs
        self._board = board
        self._needed = needed

    async def suspect(self, channel: str) -> None:
        """Something has happened to a channel: it is looked at if we need it."""
        if channel in self._needed:
            await self._jobs.wake(CHANNELS, 0)

    async def moved(self, team: str, old: str, new: str) -> None:
        """A channel has another id."""
        await self._channels.move(team, old, new)
        await self.suspect(old)

    async def check(self, _: int, _attempt: Attempt) -> None:
        """The job: alert the operators once a day, until all channels are fine again."""
        if lost := await self._board.lost_channels():
            raise TryLaterError("; ".join(lost), PATIENCE_SECONDS, alert=True)
